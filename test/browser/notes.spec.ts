/** A lender sells a note at its page, and a lender of another node buys it at hers: two real nodes, a real browser at each. */
import type { Browser } from 'playwright-core'
import { Borrower, Lab, Lender, type NodeProcess, Operator, until } from '#libs/lab'
import type { NetworkView } from '#libs/messages'
import { accessibilityFaults, DESK, openPage, overflow, PHONE, startBrowser } from './browser.js'
import { LenderAtPage } from './driving/lender-at-page.js'
import { storyOn } from './driving/story.js'

const PASSWORD = 'correct horse battery'
const faults: string[] = []

let lab: Lab
let browser: Browser
let marta: LenderAtPage
let rosa: LenderAtPage
/** Whose page is kept as a picture when a step fails. */
let acting: LenderAtPage

beforeAll(async () => {
  lab = await Lab.open()
  const nodes = await Promise.all(['seller', 'buyer'].map((name) => lab.startNode(name)))
  const [first, second] = nodes as [NodeProcess, NodeProcess]
  browser = await startBrowser()
  marta = new LenderAtPage(await openPage(browser, faults), first)
  rosa = new LenderAtPage(await openPage(browser, faults), second)
  await marta.setUp('marta', PASSWORD)
  await marta.createNetwork('Valle Verde', 'Marta')
  await rosa.setUp('rosa', PASSWORD)
  await rosa.heading('Your lending network').waitFor()
  const lender = new Lender(first)
  await lender.logIn('marta', PASSWORD)
  const { invite } = await lender.page.post<{ invite: string }>('/network/invites', { validHours: 1 })
  const atSecond = new Operator(second.options.dataDir)
  await atSecond.json('network', 'join', invite, '--alias', 'Rosa')
  const isIn = async () => (await atSecond.json<NetworkView>('network', 'show')).self.admitted
  await until('Rosa to be admitted', 60_000, isIn)
  await lends(lender, await Borrower.register('Amara', first, new Operator(first.options.dataDir)))
}, 180_000)

afterAll(async () => {
  await browser?.close()
  await lab?.close()
}, 60_000)

/** A loan of €600 in three months, paid out; and where Marta is paid. */
async function lends(lender: Lender, amara: Borrower): Promise<void> {
  await lender.page.put('/payees/own', {
    ways: [{ type: 'iban', iban: 'DE89370400440532013000', name: 'Marta Meier' }],
  })
  const offer = await lender.publish({
    ...{ currency: 'EUR', capacity: 100_000, minAmount: 10_000, maxAmount: 100_000 },
    ...{ minInstalments: 1, maxInstalments: 12, every: { count: 1, unit: 'month' } },
    ...{ annualRatePpm: 80_000, method: 'annuity', dayCount: 'ACT/365F' },
  })
  const { id: application } = await amara.apply(offer, 60_000, 3, 'Saw')
  await lender.receives(application)
  const { id: loan } = await lender.propose(application)
  await amara.sign(loan)
  await lender.sees('a final conclusion', loan, ({ conclusion }) => conclusion?.final === true)
  await amara.confirm(loan, (await lender.disburse(loan, 60_000)).id)
  await lender.sees('an active loan', loan, ({ status }) => status === 'active')
}

describe('a note', () => {
  const step = storyOn(() => acting.page)

  step('is worth its principal on the first day, and is put up for sale with the yield in view', async () => {
    acting = marta
    await marta.goTo('My notes')
    await marta.row('My notes', 'note 0').getByText('€600.00').first().waitFor()
    await marta.row('My notes', 'note 0').getByRole('link').click()
    await marta.heading('Note of €600.00').waitFor()
    await marta.button('Sell').click()
    await marta.dialog.getByLabel('Only so much of the principal').fill('700')
    await marta.dialog.getByText('A part is less than the principal that is owed.').first().waitFor()
    await marta.dialog.getByLabel('Only so much of the principal').fill('')
    await marta.dialog.getByLabel('Clean price').fill('590')
    await marta.dialog.getByText('€590.00').first().waitFor()
    await marta.dialog.getByText('Yield to the buyer, a year').waitFor()
    expect(await accessibilityFaults(marta.page)).toEqual([])
    await marta.dialog.getByRole('button', { name: 'Put up for sale' }).click()
    await marta.dialog.waitFor({ state: 'hidden' })
    await marta.button('Take off the market').waitFor()
  })

  step('is found on the market of another node, and ordered; the seller’s account is shown with it', async () => {
    acting = rosa
    await rosa.page.reload()
    await rosa.goTo('Market')
    await rosa.page.getByRole('radiogroup', { name: 'Which side of the market' }).getByText('Notes').click()
    await rosa.row('Notes', 'Marta').getByText('€590.00').waitFor()
    expect(await accessibilityFaults(rosa.page)).toEqual([])
    await rosa.row('Notes', 'Marta').getByRole('link').click()
    await rosa.heading('Note of €600.00').waitFor()
    await rosa.reads('Track record')
    await rosa.button('Order').click()
    await rosa.dialog.getByRole('button', { name: 'Order', exact: true }).click()
    await rosa.dialog.waitFor({ state: 'hidden' })
    await rosa.page.setViewportSize(PHONE)
    expect(await overflow(rosa.page)).toBe(0)
    await rosa.page.setViewportSize(DESK)
    await rosa.button('I have paid').click()
    await rosa.dialog.getByText('DE89 3704 0044 0532 0130 00').waitFor()
    await rosa.dialog.getByRole('button', { name: 'I have paid' }).click()
    await rosa.dialog.waitFor({ state: 'hidden' })
    await rosa.row('Orders', 'Rosa').getByText('Said to be sent').waitFor()
  })

  step('changes hands by the seller’s word that the money came', async () => {
    acting = marta
    await marta.button('Money came, transfer').click()
    await marta.dialog.getByText('€590.00').waitFor()
    await marta.dialog.getByRole('button', { name: 'Money came, transfer' }).click()
    await marta.dialog.waitFor({ state: 'hidden' })
    await marta.row('Chain of title', 'Rosa').waitFor()
    await marta.goTo('My notes')
    await marta.reads('You own no notes')
  })

  step('is among the buyer’s notes, with both titles and the record of each', async () => {
    acting = rosa
    await rosa.goTo('My notes')
    await rosa.row('My notes', 'note 0').getByRole('link').click()
    await rosa.row('Chain of title', 'Marta').getByRole('link', { name: 'Agreement concluded' }).waitFor()
    await rosa.row('Chain of title', 'Rosa').getByRole('link', { name: 'Note sold' }).waitFor()
    await rosa.row('Chain of title', 'Rosa').getByText('Confirmed by one witness').waitFor()
    expect(await accessibilityFaults(rosa.page)).toEqual([])
    expect(faults).toEqual([])
  })
})
