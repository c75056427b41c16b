/** A lender's first weeks with the page: a real browser on a real node, a borrower with the app's API on the same node. */
import type { Browser, Page } from 'playwright-core'
import { type AppPayment, Borrower, Lab, type NodeProcess, Operator, until } from '#libs/lab'
import type { ApplicationView, OfferView, Page as PageOf } from '#libs/messages'
import { accessibilityFaults, DESK, openPage, overflow, PHONE, startBrowser } from './browser.js'

const PASSWORD = 'correct horse battery'
const faults: string[] = []

let lab: Lab
let node: NodeProcess
let browser: Browser
let page: Page
let amara: Borrower

beforeAll(async () => {
  lab = await Lab.open()
  node = await lab.startNode('lender')
  browser = await startBrowser()
  page = await openPage(browser, faults)
}, 120_000)

afterAll(async () => {
  await browser?.close()
  await lab?.close()
}, 60_000)

const heading = (name: string | RegExp) => page.getByRole('heading', { level: 1, name })
const button = (name: string | RegExp) => page.getByRole('button', { name })
const link = (name: string | RegExp) => page.getByRole('link', { name })
const goTo = (place: string) =>
  page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: place }).click()
const dialog = () => page.getByRole('dialog')

/** Asks the node what the page asks it, with the page's session. */
async function asked<Answer>(path: string): Promise<Answer> {
  const response = await page.request.get(`${node.addresses.web}/lender/${path}`)
  return (await response.json()) as Answer
}

describe('the first run', () => {
  it('takes the setup token from the address and forgets it there', async () => {
    await page.goto(`${node.addresses.web}/#setup=${node.addresses.setupToken}`)
    await heading('Welcome').waitFor()
    expect(page.url()).toBe(`${node.addresses.web}/`)
  })

  it('says what is missing before anything is sent', async () => {
    await page.getByLabel('Name').fill('Marta')
    await page.getByLabel(/^Password(?! again)/).fill('short')
    await button('Make the account').click()
    await page.getByText('At least 10 characters', { exact: true }).waitFor()
    await page.getByText('The two passwords differ').waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
  })

  it('makes the account, then the network', async () => {
    await page.getByLabel(/^Password(?! again)/).fill(PASSWORD)
    await page.getByLabel('Password again').fill(PASSWORD)
    await button('Make the account').click()

    await heading('Your lending network').waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    await page.getByLabel('Name of the network').fill('Valle Verde')
    await page.getByLabel('Your alias').fill('Marta')
    await button('Start the network').click()
    await heading('Overview').waitFor()
    await page.getByText('Nothing. Everything is answered.').waitFor()
    await page.getByText('No loan yet').waitFor()
  })
})

describe('an offer', () => {
  it('shows at once what the borrower would see', async () => {
    await goTo('My offers')
    await page.getByText('No offers yet').waitFor()
    await link('Make an offer').click()
    await heading('New offer').waitFor()
    await page.getByLabel('Interest a year').fill('0')
    await page.getByText('0.00%').first().waitFor()

    // 1,200 at 12 % a year in 12 equal months is 106.62 each, by the annuity formula.
    await page.getByLabel('Interest a year').fill('12')
    await page.getByLabel('Largest loan').fill('1,200')
    await page.getByLabel('Example amount').fill('1200.00')
    await page.getByText('€106.62').first().waitFor()
    await page.getByText('12.00%').first().waitFor()
  })

  it('shows the same schedule as a table', async () => {
    await page.getByRole('radiogroup', { name: 'Show the schedule as' }).getByText('Table').click()
    const rows = page.getByRole('table', { name: 'Schedule' }).getByRole('row')
    await rows.nth(12).waitFor()
    expect(await rows.count()).toBe(13)
    expect(await rows.nth(12).innerText()).toMatch(/0\.00$/)
  })

  it('refuses terms that make no sense, in words, beside the field', async () => {
    await page.getByLabel('Smallest loan').fill('5000')
    await button('Publish the offer').click()
    await page.getByText('Must not be less than the smallest').waitFor()
    await page.getByLabel('Smallest loan').fill('lots')
    await page.getByText('This is not a number that fits here').waitFor()
    await page.getByLabel('Smallest loan').fill('100')
  })

  it('is published with exactly what was typed, in minor units', async () => {
    await button('Publish the offer').click()
    await heading('My offers').waitFor()
    await link(/12% a year · up to €1,200\.00 · 3 to 12 instalments/).waitFor()
    const { items } = await asked<PageOf<OfferView>>('offers?mine=true')
    expect(items.map(({ terms }) => terms)).toEqual([
      {
        currency: 'EUR',
        capacity: 1_000_000,
        minAmount: 10_000,
        maxAmount: 120_000,
        minInstalments: 3,
        maxInstalments: 12,
        every: { count: 1, unit: 'month' },
        annualRatePpm: 120_000,
        method: 'annuity',
        dayCount: '30/360 BOND',
        arrears: { graceDays: 5 },
      },
    ])
  })

  it('can be amended', async () => {
    await link(/12% a year/).click()
    await page.getByLabel('A word to borrowers').fill('For tools and training')
    await button('Save the new terms').click()
    await page.getByText('The new terms hold for new applications').waitFor()
    const { items } = await asked<PageOf<OfferView>>('offers?mine=true')
    expect(items[0]?.terms.note).toBe('For tools and training')
  })
})

describe('other people', () => {
  it('are invited by a text to copy, shown once', async () => {
    await goTo('Network')
    await button('Invite someone').click()
    await dialog().getByRole('button', { name: 'Invite someone' }).click()
    const text = await dialog().getByRole('textbox').inputValue()
    expect(text).toMatch(/^[a-km-uw-z13-9]{100,}$/)
    await dialog().getByRole('button', { name: 'Done' }).click()
    await page.getByRole('tab', { name: 'Invites' }).click()
    await page.getByRole('table', { name: 'Invites' }).getByText('Open').waitFor()
  })

  it('apply, and the page shows it without being asked', async () => {
    await goTo('Applications')
    await page.getByText('No applications').waitFor()
    amara = await Borrower.register('Amara', node, new Operator(node.options.dataDir))
    const { items } = await asked<PageOf<OfferView>>('offers?mine=true')
    await amara.apply(items[0]!, 120_000, 12, 'A sewing machine')
    await link('Amara').waitFor()
    await page.getByLabel('1 waits').waitFor()
  })
})

describe('a loan', () => {
  let loan: string

  it('is proposed from an application, after looking at every instalment', async () => {
    await link('Amara').click()
    await heading('Application for €1,200.00').waitFor()
    await page.getByText('A sewing machine').waitFor()
    await page.getByText('€106.62').first().waitFor()
    await button('Propose and sign').click()
    await heading('Loan of €1,200.00').waitFor()
    await page.getByText('Waiting for the other signature').waitFor()
    loan = page.url().split('/').at(-1)!
    const { items } = await asked<PageOf<ApplicationView>>('applications')
    expect(items[0]).toMatchObject({ status: 'proposed', loan })
  })

  it('is agreed when the borrower signs, and the page says when the money may go', async () => {
    await amara.sign(loan)
    await page.getByText('Agreed and final: send the money').waitFor()
    await page.getByText('Confirmed by one witness').first().waitFor()
  })

  it('runs once the borrower has confirmed the money', async () => {
    await button('I sent the money').click()
    await dialog().getByRole('button', { name: 'Yes, it is sent' }).click()
    await dialog().waitFor({ state: 'hidden' })
    const { items } = await amara.app.get<PageOf<AppPayment>>(`/loans/${loan}/payments`)
    await amara.confirm(loan, items[0]!.id)
    await page.getByText('Running', { exact: true }).waitFor()
  })

  it('is paid back as the lender confirms, not as the borrower says', async () => {
    await amara.pay(loan, { amount: 10_662, currency: 'EUR' }, 'first instalment')
    await goTo('Overview')
    await link('Did €106.62 arrive?').click()
    await page.getByRole('tab', { name: 'Payments' }).click()
    await button('Confirm').click()
    await dialog().getByLabel('Amount that arrived').fill('100.00')
    await dialog().getByRole('button', { name: 'Confirm' }).click()
    await page.getByText('Confirmed and booked').waitFor()
    await page.getByText(/Interest €12\.00/).waitFor()
    const seen = await amara.sees('the confirmation', loan, ({ paid }) => paid.principal.amount > 0)
    expect(seen.paid).toMatchObject({ principal: { amount: 8_800 }, interest: { amount: 1_200 } })
  })

  it('shows where to pay: one’s own is said in the settings, the other’s beside the payments', async () => {
    await goTo('Settings')
    await page.getByLabel('Account holder').fill('Marta Rossi')
    await page.getByLabel('IBAN').fill('DE89 3704 0044 0532 0130 01')
    await button('Save').click()
    await page.getByText('iban_checksum').waitFor()
    await page.getByLabel('IBAN').fill('de89 3704 0044 0532 0130 00')
    await button('Save').click()
    await page.getByText('Where you are paid was saved').waitFor()
    const { account } = await asked<{ account: { identity: string } }>('session')
    const seen = await amara.app.get<{ ways: object[] }>(`/payees/${account.identity}`)
    expect(seen.ways).toMatchObject([{ iban: 'DE89370400440532013000', name: 'Marta Rossi' }])

    await page.goto(`${node.addresses.web}/loans/${loan}?tab=payments`)
    await page.getByText('Not said yet where to pay.').waitFor()
    const ways = (number: string) => ({ ways: [{ type: 'mobileMoney', provider: 'M-Pesa', number, name: 'Amara' }] })
    await amara.app.put('/payee-details', ways('+254700000001'))
    await page.getByText('+254700000001').waitFor()
    expect(await page.getByText('A swapped account number').count()).toBe(0)
    await amara.app.put('/payee-details', ways('+254700000002'))
    await page.getByText('A swapped account number').waitFor()
    await page.getByText('+254700000002').waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
  })

  it('has books that balance, and every figure leads to a signed record', async () => {
    await goTo('Ledger')
    await page.getByText('Balanced').waitFor()
    await link('Interest earned').click()
    await heading('Interest earned').waitFor()
    await page.getByRole('table', { name: 'Account statement' }).getByRole('link').first().click()
    await heading('Money confirmed').waitFor()
    await page.getByText('Ed25519 signature').waitFor()
    await page.getByRole('heading', { name: 'All records about it' }).waitFor()
    await link('Agreement concluded').waitFor()
  })
})

describe('by keyboard alone', () => {
  it('one signs out and in again, and a wrong password is said in words', async () => {
    await goTo('Settings')
    await button('Sign out').focus()
    await page.keyboard.press('Enter')
    await heading('Sign in').waitFor()
    await page.getByLabel('Name').focus()
    await page.keyboard.type('Marta')
    await page.keyboard.press('Tab')
    await page.keyboard.type('not the password')
    await page.keyboard.press('Enter')
    await page.getByRole('alert').getByText('Name or password is wrong.').waitFor()
    await page.getByLabel('Password', { exact: false }).first().focus()
    await page.keyboard.press('ControlOrMeta+A')
    await page.keyboard.type(PASSWORD)
    await page.keyboard.press('Enter')
    await heading(/Settings|Overview/).waitFor()
  })

  it('one skips to the content, walks the menu and opens a loan', async () => {
    await page.goto(node.addresses.web)
    await heading('Overview').waitFor()
    await page.keyboard.press('Tab')
    expect(await focused()).toBe('Skip to the content')
    for (let tabs = 0; tabs < 20 && (await focused()) !== 'Loans'; tabs++) await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await heading('Loans').waitFor()
    await link('Amara').waitFor()
    expect(await page.evaluate('document.activeElement.id')).toBe('screen')
    for (let tabs = 0; tabs < 20 && !(await onLinkTo('Amara')); tabs++) await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await heading('Loan of €1,200.00').waitFor()
  })

  it('one opens a dialog, which holds the focus and gives it back', async () => {
    await button('Money arrived').focus()
    await page.keyboard.press('Enter')
    await dialog().waitFor()
    for (let tabs = 0; tabs < 12; tabs++) {
      await page.keyboard.press('Tab')
      expect(await page.evaluate('document.querySelector("[role=dialog]").contains(document.activeElement)')).toBe(true)
    }
    await page.keyboard.press('Escape')
    await dialog().waitFor({ state: 'hidden' })
    // Focus goes back when the dialog has faded out.
    await until('focus on the button', 5_000, async () => (await focused()) === 'Money arrived')
  })

  const onLinkTo = async (name: string) =>
    (await page.evaluate<boolean>('document.activeElement.matches("a")')) && (await focused()).includes(name)
  const focused = () => page.evaluate<string>('document.activeElement.innerText ?? ""').then((text) => text.trim())
})

describe('every screen', () => {
  const screens = async (): Promise<string[]> => {
    const of = async (path: string) => (await asked<PageOf<{ id: string }>>(path)).items[0]!.id
    const [offer, application, loan] = await Promise.all([of('offers'), of('applications'), of('loans')])
    const lists = ['', 'market', 'offers', 'applications', 'loans', 'ledger', 'network', 'settings', 'nowhere']
    return [
      ...lists,
      'offers/new',
      `offers/${offer}`,
      `applications/${application}`,
      ...['schedule', 'payments', 'charges', 'changes', 'terms', 'records', 'ledger'].map(
        (tab) => `loans/${loan}?tab=${tab}`,
      ),
      ...['portfolio', 'arrears', 'cash-flow', 'returns', 'interest'].map((report) => `reports/${report}`),
      `records/${loan}`,
    ]
  }

  const LOOKS = [
    ['light', [DESK, PHONE]],
    ['dark', [DESK]],
  ] as const

  it('is accessible and fits its window: light, dark, and on a phone', async () => {
    const found: Record<string, unknown> = {}
    for (const [colorScheme, viewports] of LOOKS) {
      await page.emulateMedia({ colorScheme })
      for (const screen of await screens()) {
        await page.goto(`${node.addresses.web}/${screen}`)
        await page.getByRole('heading', { level: 1 }).waitFor()
        await page.waitForLoadState('load')
        for (const viewport of viewports) {
          await page.setViewportSize(viewport)
          const wrong = await accessibilityFaults(page)
          const wide = await overflow(page)
          if (wrong.length > 0 || wide > 0) found[`/${screen} ${colorScheme} ${viewport.width}`] = { wrong, wide }
        }
      }
    }
    expect(found).toEqual({})
  }, 240_000)

  it('speaks German, too', async () => {
    await page.emulateMedia({ colorScheme: 'light' })
    await page.setViewportSize(DESK)
    await page.goto(`${node.addresses.web}/settings`)
    await page.getByText('Deutsch').click()
    await heading('Einstellungen').waitFor()
    expect(await page.evaluate('document.documentElement.lang')).toBe('de')
    await page.goto(`${node.addresses.web}/loans`)
    await heading('Darlehen').waitFor()
    await page.getByText('1.200,00 €').first().waitFor()
  })

  it('breaks no policy and throws nothing on the way', () => {
    expect(faults).toEqual([])
  })
})
