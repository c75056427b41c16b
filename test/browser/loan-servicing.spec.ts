/**
 * A loan that does not go as planned, as its lender sees it: paid out in two parts, late, charged for it, the charge waived, the
 * table changed by both, and settled before its end. Every figure of the reports then leads to the records it follows from.
 */
import type { Browser, Page } from 'playwright-core'
import { type AppPayment, Borrower, Lab, type NodeProcess, Operator, until } from '#libs/lab'
import type { Money, Page as PageOf } from '#libs/messages'
import { accessibilityFaults, openPage, startBrowser } from './browser.js'
import { LenderAtPage } from './driving/lender-at-page.js'
import { storyOn } from './driving/story.js'

const faults: string[] = []
const eur = (amount: number): Money => ({ amount, currency: 'EUR' })

let lab: Lab
let node: NodeProcess
let browser: Browser
let page: Page
let marta: LenderAtPage
let amara: Borrower
let loan: string

beforeAll(async () => {
  lab = await Lab.open()
  lab.clock.startAt('2030-03-04')
  node = await lab.startNode('lender')
  browser = await startBrowser()
  page = await openPage(browser, faults)
  marta = new LenderAtPage(page, node)
}, 120_000)

afterAll(async () => {
  await browser?.close()
  await lab?.close()
}, 60_000)

/** Another day at the node; the browser's own clock stays where it is. */
async function onTheDay(day: string): Promise<void> {
  lab.clock.moveTo(day)
  await page.goto(`${node.addresses.web}/loans/${loan}`)
  await marta.heading('Loan of €900.00').waitFor()
}

/** Does what a button offers, in its dialog; `fill` is what one types there before. */
async function done(button: string, go: string, fill: () => Promise<void> = () => Promise.resolve()): Promise<void> {
  await marta.button(button).click()
  await marta.dialog.waitFor()
  await fill()
  await marta.dialog.getByRole('button', { name: go, exact: true }).click()
  await marta.dialog.waitFor({ state: 'hidden' })
}

/** Amara confirms what is on its way to her. */
async function arrives(): Promise<void> {
  const open = async () =>
    (await amara.app.get<PageOf<AppPayment>>(`/loans/${loan}/payments`)).items.find(({ status }) => status === 'sent')
  await until('word of the money at Amara', 20_000, async () => (await open()) !== undefined)
  await amara.confirm(loan, (await open())!.id)
}

describe('a loan that does not go as planned', () => {
  const step = storyOn(() => page)
  /** The field of a label; a list that it opens has the same. */
  const field = (label: string) => page.getByLabel(label).and(page.locator('input')).first()

  step('is offered with a fee that is kept back, a charge for reminders and a late fee', async () => {
    await marta.setUp('Marta', 'correct horse battery')
    await marta.createNetwork('Valle Verde', 'Marta')
    await marta.goTo('My offers')
    await marta.link('Make an offer').click()
    await field('Interest a year').fill('12')
    await field('Most instalments').fill('6')
    await field('Example amount').fill('900')
    await marta.button(/^Charges/).click()
    await marta.button('Add a fee').click()
    await page.getByRole('switch', { name: 'Kept back from the payout' }).check()
    await marta.button('Add a charge').click()
    await marta.button(/^Late and early/).click()
    await field('Fee for each late instalment').click()
    await page.getByRole('option', { name: 'A fixed amount' }).click()
    await field('Fee for each late instalment: Amount').fill('10')
    // 1 % of 900 is kept back: 891 arrives.
    await page.getByRole('row', { name: /900\.00 9\.00 891\.00/ }).waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
  })

  step('names terms that do not go together at their field', async () => {
    await marta.button(/^Repayment/).click()
    await field('Without principal').fill('6')
    await page
      .getByRole('group', { name: 'Lighter instalments' })
      .getByText('There are not so many instalments.')
      .waitFor()
    await field('Without principal').fill('')
    await page.getByRole('row', { name: /900\.00 9\.00 891\.00/ }).waitFor()
    await marta.button('Publish the offer').click()
    await marta.link(/12% a year/).waitFor()
  })

  step('is asked for; a proposal with an own table is declined, and the application is open again', async () => {
    amara = await Borrower.register('Amara', node, new Operator(node.options.dataDir))
    const { items } = await amara.app.get<PageOf<{ id: string }>>('/offers')
    await amara.app.post('/applications', {
      offer: items[0]!.id,
      amount: eur(90_000),
      instalments: 3,
      purpose: 'A loom',
    })
    await marta.goTo('Applications')
    await marta.link('Amara').click()
    await page.getByText('Own table').click()
    await marta.button('Begin with the table of the offer').click()
    const table = await page.getByLabel('Own table').and(page.locator('textarea')).inputValue()
    expect(table.split('\n')).toHaveLength(3)
    await page.getByLabel('Own table').and(page.locator('textarea')).fill('2030-04-31; 900; 9')
    await marta.reads('Line 1: this is no date')
    await page.getByLabel('Own table').and(page.locator('textarea')).fill('2030-04-04; 900; 9')
    await page.getByText('€909.00').first().waitFor()
    await marta.button('Propose and sign').click()
    await marta.heading('Loan of €900.00').waitFor()
    await amara.decline(page.url().split('/').at(-1)!, 'Not all at once')
    await marta.goTo('Applications')
    await marta.link('Amara').click()
    await marta.reads('The borrower declined your proposal')
    await page.getByText('Not all at once').waitFor()
  })

  step('is proposed again, in two parts', async () => {
    await page.getByText('Paid out in parts').click()
    await field('Amount of part 1').fill('600')
    await field('Amount of part 2').fill('300')
    await field('Part 2 on').fill('2030-03-18')
    await page.getByRole('row', { name: /18 Mar 2030 300\.00/ }).waitFor()
    await marta.button('Propose and sign').click()
    await marta.heading('Loan of €900.00').waitFor()
    loan = page.url().split('/').at(-1)!
    await amara.sign(loan)
    await marta.reads('Agreed and final: send the money')
  })

  step('is paid out part by part, less what is kept back', async () => {
    await done('I sent the money', 'Yes, it is sent', async () => {
      expect(await marta.dialog.getByLabel('Amount').inputValue()).toBe('591.00')
    })
    await arrives()
    await marta.reads('Running')
    await onTheDay('2030-03-18')
    await done('I sent the money', 'Yes, it is sent', async () => {
      expect(await marta.dialog.getByLabel('Amount').inputValue()).toBe('300.00')
      // The day of the node, whatever the browser's clock says.
      expect(await marta.dialog.getByLabel('Date').inputValue()).toBe('2030-03-18')
    })
    await arrives()
  })

  step('is late; a late fee is levied as far as the terms allow, and waived', async () => {
    await onTheDay('2030-04-20')
    await marta.reads('Late')
    await marta.openTab('Charges')
    await done('Levy a charge', 'Levy a charge', async () => {
      await marta.dialog.getByText('At most €10.00').waitFor()
      await marta.dialog.getByLabel('Amount').fill('11')
      await marta.dialog.getByRole('button', { name: 'Levy a charge', exact: true }).click()
      await marta.dialog.getByRole('alert').getByText('The terms do not allow so much today.').waitFor()
      await marta.dialog.getByLabel('Amount').fill('10')
      await marta.dialog.getByLabel('Reason').fill('Eleven days')
    })
    await marta.row('Charges', 'Late fee').getByText('10.00').first().waitFor()
    await done('Waive', 'Waive', () => marta.dialog.getByLabel('Reason').fill('Hospital'))
    await marta.row('Charges', 'Late fee').getByRole('button', { name: 'Waive' }).waitFor({ state: 'hidden' })
  })

  step('has its table changed, once both have signed the new one', async () => {
    await marta.openTab('Changes')
    await done('Propose a change', 'Propose and sign', async () => {
      await marta.dialog.getByLabel('More instalments').fill('2')
      await marta.dialog.getByText('changed').first().waitFor()
      await marta.dialog.getByLabel('Reason').fill('Lost harvest')
    })
    await marta.reads('Proposed')
    const { items } = await amara.app.get<PageOf<{ id: string }>>(`/loans/${loan}/restructurings`)
    await amara.app.post(`/loans/${loan}/restructurings/${items[0]!.id}/sign`)
    await marta.reads('In force')
    await marta.openTab('Schedule')
    await page.getByRole('heading', { name: 'As signed', exact: true }).waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
  })

  step('is settled early, to the cent, and is closed', async () => {
    await onTheDay('2030-05-02')
    await done('Settle early', 'This money came', async () => {
      await marta.dialog.getByText(/The same amount holds until/).waitFor()
    })
    await marta.reads('Repaid')
    await marta.openTab('Records')
    for (const kind of ['Charge levied', 'Charge waived', 'Change proposed', 'Change in force'])
      await marta.link(kind).waitFor()
  })

  step('is in every report, and a figure there leads to records that are signed and confirmed', async () => {
    await marta.goTo('Reports')
    await page
      .getByRole('table', { name: /Loans in EUR/ })
      .getByText('Repaid')
      .waitFor()
    for (const [tab, seen] of [
      ['Arrears', 'Nobody is late'],
      ['Cash flow', 'How late payments have been'],
      ['Returns', 'Net of losses'],
    ] as const) {
      await marta.openTab(tab)
      await page.getByText(seen).first().waitFor()
    }
    await marta.openTab('Interest of a year')
    await marta.row(`Interest and fees of 2030 in EUR`, 'Amara').getByRole('link').click()
    await page.getByText('Money confirmed').first().waitFor()
    await page.getByText('Confirmed by one witness').first().waitFor()
    await marta.link('Interest earned').first().click()
    await marta.heading('Interest earned').waitFor()
    await page.getByRole('table', { name: 'Account statement' }).getByRole('link').first().click()
    await marta.heading('Money confirmed').waitFor()
    await page.getByText('Ed25519 signature').waitFor()
  })

  step('is handed out as files', async () => {
    const of = async (path: string) => (await page.request.get(`${node.addresses.web}/lender/${path}`)).text()
    expect(await of('reports/interest?year=2030&format=csv')).toMatch(/^year,counterparty,name,loan,currency,/)
    await marta.goTo('Ledger')
    const [download] = await Promise.all([page.waitForEvent('download'), marta.link('hledger').click()])
    expect(download.suggestedFilename()).toBe('journal.hledger')
    await marta.reads('Balanced')
    expect(faults).toEqual([])
  })
})
