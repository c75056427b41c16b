/** A lender bids on what a borrower asks for, and signs the agreement that takes the bid: a real browser on a real node. */
import type { Browser, Page } from 'playwright-core'
import { Borrower, Lab, type NodeProcess, Operator } from '#libs/lab'
import { accessibilityFaults, DESK, openPage, overflow, PHONE, startBrowser } from './browser.js'
import { LenderAtPage } from './driving/lender-at-page.js'

const DAY_MS = 86_400_000
const faults: string[] = []
const eur = (amount: number) => ({ amount, currency: 'EUR' })

let lab: Lab
let node: NodeProcess
let browser: Browser
let page: Page
let marta: LenderAtPage
let amara: Borrower
let request: string

beforeAll(async () => {
  lab = await Lab.open()
  node = await lab.startNode('lender')
  browser = await startBrowser()
  page = await openPage(browser, faults)
  marta = new LenderAtPage(page, node)
  await marta.setUp('marta', 'correct horse battery')
  await marta.createNetwork('Valle Verde', 'Marta')
  amara = await Borrower.register('Amara', node, new Operator(node.options.dataDir))
  const asked = await amara.app.post<{ id: string }>('/requests', {
    ...{ amount: eur(100_000), leastAmount: eur(50_000), instalments: 12, every: { count: 1, unit: 'month' } },
    ...{ method: 'annuity', highestRatePpm: 120_000, purpose: 'Bakery' },
    closesAt: new Date(lab.clock.now() + 10 * DAY_MS).toISOString(),
  })
  request = asked.id
}, 120_000)

afterAll(async () => {
  await browser?.close()
  await lab?.close()
}, 60_000)

it('finds requests that pay enough', async () => {
  await marta.goTo('Market')
  await page.getByRole('radiogroup', { name: 'Which side of the market' }).getByText('Requests').click()
  await marta.row('Requests', 'Bakery').waitFor()
  await page.getByLabel('Would pay at least').fill('12.5')
  await marta.reads('Nobody asks for a loan just now')
  await page.getByLabel('Would pay at least').fill('12')
  await marta.row('Requests', 'Bakery').waitFor()
  expect(await accessibilityFaults(page)).toEqual([])
})

it('shows what the loan would be, and what a bid would bring before it is placed', async () => {
  await marta.row('Requests', 'Bakery').getByRole('link').click()
  await marta.heading('Request for €1,000.00').waitFor()
  // 1,000 at 12 % a year in 12 equal months is 88.85 each, by the annuity formula.
  await page.getByText('€88.85').first().waitFor()
  await marta.button('Bid').click()
  await marta.dialog.getByLabel('You would lend').fill('600')
  await marta.dialog.getByLabel('At, a year').fill('12.1')
  await marta.dialog.getByRole('button', { name: 'Bid', exact: true }).click()
  await marta.dialog.getByText('The rate is higher than the request allows.').waitFor()
  await marta.dialog.getByLabel('At, a year').fill('9')
  await marta.dialog.getByText('Comes back in total').waitFor()
  expect(await accessibilityFaults(page)).toEqual([])
  await marta.dialog.getByRole('button', { name: 'Bid', exact: true }).click()
  await marta.dialog.waitFor({ state: 'hidden' })
  await marta.row('Your bids', '€600.00').getByText('Open').waitFor()
  await page.setViewportSize(PHONE)
  expect(await overflow(page)).toBe(0)
  await page.setViewportSize(DESK)
})

it('leads to the agreement that took the bid, which she signs', async () => {
  await amara.app.post(`/requests/${request}/take`, {})
  await marta.row('Your bids', 'Waits for signatures').getByRole('link').click()
  await marta.heading('Loan of €600.00').waitFor()
  await marta.button('Sign').click()
  await marta.dialog.getByRole('button', { name: 'Sign' }).click()
  await marta.dialog.waitFor({ state: 'hidden' })
  await marta.reads('Agreed')
  expect(faults).toEqual([])
})
