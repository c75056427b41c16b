/**
 * The whole life of a loan, as its people live it: Marta lends by the page in a browser, Amara borrows by an app that calls
 * the API of another node, operators work at their terminals, a third node witnesses. In between a node loses its power,
 * another is away, and an instalment is late. At the end three nodes hold the same, and a file proves it to anyone.
 */
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import {
  type AppLoan,
  type AppPayment,
  audit,
  Borrower,
  Lab,
  mutuo,
  Narrator,
  type NodeProcess,
  Operator,
  until,
} from '#libs/lab'
import type { LoanView, MemberView, Money, NetworkView, Page as PageOf } from '#libs/messages'
import { openPage, startBrowser } from './browser.js'
import { LenderAtPage } from './driving/lender-at-page.js'
import { storyOn } from './driving/story.js'

const FIRST_DAY = '2030-03-04'
const faults: string[] = []
const eur = (amount: number): Money => ({ amount, currency: 'EUR' })

let lab: Lab
let browser: Browser
let page: Page
let marta: LenderAtPage
let amara: Borrower
let nodes: NodeProcess[]
let operators: Operator[]
/** The loan's id. */
let loan: string

beforeAll(async () => {
  lab = await Lab.open()
  lab.clock.startAt(FIRST_DAY)
  nodes = await Promise.all(['lender', 'borrower', 'witness'].map((name) => lab.startNode(name)))
  operators = nodes.map((node) => new Operator(node.options.dataDir))
  browser = await startBrowser()
  page = await openPage(browser, faults)
  await page.clock.setSystemTime(lab.clock.now())
  marta = new LenderAtPage(page, nodes[0]!)
}, 120_000)

afterAll(async () => {
  await browser?.close()
  await lab?.close()
}, 60_000)

/** It is noon of another day, on all nodes and on Marta's own computer; she opens the page. */
async function onTheDay(day: string): Promise<void> {
  lab.clock.moveTo(day)
  await page.clock.setSystemTime(lab.clock.now())
  await page.goto(nodes[0]!.addresses.web)
  await marta.heading('Overview').waitFor()
}

/** The loan as every operator sees it at a terminal. */
const atEveryTerminal = () => Promise.all(operators.map((operator) => operator.json<LoanView>('loan', 'show', loan)))
const networkAt = (operator: Operator) => operator.json<NetworkView>('network', 'show')

describe('the life of a loan', () => {
  const step = storyOn(() => page)

  step('Marta makes her account and a network, by the page that her new node serves', async () => {
    await marta.setUp('Marta', 'correct horse battery')
    await marta.createNetwork('Valle Verde', 'Marta')
    await marta.reads('No loan yet')
  })

  step('she invites two nodes, whose operators join at their terminals', async () => {
    await marta.goTo('Network')
    for (const [operator, alias] of [
      [operators[1]!, 'Village office'],
      [operators[2]!, 'Parish'],
    ] as const) {
      await operator.json('network', 'join', await marta.invite(), '--alias', alias)
      await until(`${alias} to be admitted`, 30_000, async () => (await networkAt(operator)).self.admitted)
      await marta.row('Members', alias).waitFor()
    }
  })

  step('all three countersign from now on: two of them make a record final', async () => {
    const { items } = await operators[0]!.json<{ items: MemberView[] }>('members')
    const witnesses = items.map(({ identity }) => identity)
    expect(witnesses).toHaveLength(3)
    await operators[0]!.json('network', 'amend', ...witnesses.flatMap((key) => ['--witness', key]), '--quorum', '2')
    await until('the new witnesses to be in force', 30_000, async () => {
      const views = await Promise.all(operators.map(networkAt))
      return views.every((view) => view.witnesses.length === 3 && view.quorum === 2)
    })
    await marta.reads('2 of 3 witnesses')
    await marta.row('Members', 'Parish').getByText('Witness').waitFor()
  })

  step('Marta publishes an offer, and sees before what a borrower would', async () => {
    await marta.goTo('My offers')
    await marta.link('Make an offer').click()
    await page.getByLabel('Interest a year').fill('12')
    await page.getByLabel('Most instalments').fill('6')
    await page.getByLabel('Example amount').fill('900.00')
    await page.getByLabel('Instalments', { exact: true }).fill('3')
    // 900 at 1 % a month in 3 equal instalments: 9 / (1 − 1.01⁻³) = 306.02, of which 18.06 is interest.
    await marta.reads('€306.02')
    await marta.reads('€18.06')
    await marta.button('Publish the offer').click()
    await marta.link(/12% a year/).waitFor()
  })

  step('Amara gets a code from her node’s operator, finds the offer on her phone and applies', async () => {
    amara = await Borrower.register('Amara', nodes[1]!, operators[1]!)
    const offers = async () => (await amara.app.get<PageOf<{ id: string }>>('/offers')).items
    await until('the offer at Amara', 30_000, async () => (await offers()).length === 1)
    const [offer] = await offers()
    await amara.app.post('/applications', { offer: offer!.id, amount: eur(90_000), instalments: 3, purpose: 'A loom' })

    await page.getByLabel('1 waits').waitFor()
    await marta.goTo('Overview')
    await marta.link('Amara asks for a loan').click()
    await marta.heading('Application for €900.00').waitFor()
    await marta.reads('A loom')
  })

  step('Marta proposes what she has looked at, and Amara signs', async () => {
    await marta.reads('€306.02')
    await marta.button('Propose and sign').click()
    await marta.heading('Loan of €900.00').waitFor()
    await marta.reads('Waiting for the other signature')
    loan = page.url().split('/').at(-1)!
    await amara.sign(loan)
    await marta.reads('Agreed')
  })

  step('at that moment Marta’s node loses its power; started again, it has lost nothing', async () => {
    await nodes[0]!.kill()
    await marta.reads('Connection to the node lost')
    await nodes[0]!.start()
    await page.getByText('Connection to the node lost').waitFor({ state: 'hidden' })
    await marta.reads('Agreed and final: send the money')
    await page.reload()
    await marta.heading('Loan of €900.00').waitFor()
    await marta.reads('Agreed and final: send the money')
    const views = await atEveryTerminal()
    expect(views.map(({ status }) => status)).toEqual(['agreed', 'agreed', 'agreed'])
  })

  step('Marta sends the money outside and says so; it counts when Amara says that it came', async () => {
    await marta.button('I sent the money').click()
    await marta.dialog.getByRole('button', { name: 'Yes, it is sent' }).click()
    await marta.dialog.waitFor({ state: 'hidden' })
    await amara.sees('word of the money', loan, () => true)
    const sent = async () => (await amara.app.get<PageOf<AppPayment>>(`/loans/${loan}/payments`)).items
    await until('word of the money at Amara', 30_000, async () => (await sent()).length === 1)
    await amara.confirm(loan, (await sent())[0]!.id)
    await marta.reads('Running')
  })

  step('six weeks later the first instalment is late, by as many days on the page as on the phone', async () => {
    // Due on 4 April, five days of grace, now the 17th.
    await onTheDay('2030-04-17')
    await marta.link('Amara is 8 days late').click()
    await marta.reads('8 days late')
    await marta.reads('Late')
    expect(await amara.loan(loan)).toMatchObject({ status: 'in_arrears', daysPastDue: 8 })
    for (const view of await atEveryTerminal())
      expect(view).toMatchObject({ status: 'in_arrears', daysPastDue: 8, overdue: 30_602 })
  })

  step('Amara pays it, Marta confirms, and nobody is late any more', async () => {
    await amara.pay(loan, eur(30_602), 'sorry')
    await marta.confirmArrival('€306.02')
    await marta.row('Payments', 'sorry').getByText('Principal €297.02 · Interest €9.00').waitFor()
    await marta.reads('Not late')
    const seen = await amara.sees('her payment booked', loan, ({ daysPastDue }) => daysPastDue === 0)
    expect(seen.schedule.map(({ state }) => state)).toEqual(['paid', 'upcoming', 'upcoming'])
  })

  step('Amara pays a part of the second; her node is away while Marta confirms, and catches up', async () => {
    await onTheDay('2030-05-04')
    await amara.pay(loan, eur(20_000), 'the rest will follow')
    await marta.link('Did €200.00 arrive?').waitFor()
    await nodes[1]!.stop()
    await marta.confirmArrival('€200.00')
    await marta.row('Payments', 'the rest').getByText('Principal €193.97 · Interest €6.03').waitFor()
    await marta.openTab('Schedule')
    await marta.row('Schedule', 'Partly paid').getByText('200.00').waitFor()

    lab.clock.moveTo('2030-05-06')
    await nodes[1]!.start()
    const partPaid = ({ schedule }: AppLoan) => schedule[1]!.outstanding.amount === 10_602
    const seen = await amara.sees('her part payment booked', loan, partPaid)
    expect(seen).toMatchObject({ status: 'active', outstanding: eur(41_204), daysPastDue: 0 })
  })

  step('on the last day she pays more than she owes, and the loan is closed', async () => {
    await onTheDay('2030-06-04')
    // The rest of the second was due on 4 May: late since 9 May, by 26 days.
    await marta.link('Amara is 26 days late').waitFor()
    expect(await amara.loan(loan)).toMatchObject({ daysPastDue: 26, outstanding: eur(41_204) })
    await amara.pay(loan, eur(42_000), 'all of it')
    await marta.confirmArrival('€420.00')
    await marta.row('Payments', 'all of it').getByText('Principal €409.01 · Interest €3.03 · Overpaid €7.96').waitFor()
    await marta.reads('Repaid')
    await marta.reads('Nothing more is due')
    const seen = await amara.sees('the loan closed', loan, ({ status }) => status === 'closed')
    expect(seen).toMatchObject({ outstanding: eur(0), overpaid: eur(796), daysPastDue: 0 })
  })

  step('the page shows every record of it, signed and final, from the proposal to the last payment', async () => {
    await marta.openTab('Records')
    const kinds = ['Agreement proposed', 'Agreement signed', 'Agreement signed', 'Agreement concluded']
    const payments = Array.from({ length: 4 }, () => ['Money sent', 'Money confirmed']).flat()
    const story = page.getByRole('tabpanel')
    await story
      .getByText('Final', { exact: true })
      .nth(kinds.length + payments.length - 1)
      .waitFor()
    expect(await story.getByRole('link').allInnerTexts()).toEqual([...kinds, ...payments])
    expect(await story.getByText('Stored', { exact: true }).count()).toBe(0)

    await story.getByRole('link', { name: 'Agreement concluded' }).click()
    await marta.heading('Agreement concluded').waitFor()
    await marta.reads('Ed25519 signature')
  })

  step('behind it the books balance: what was earned, and what is to be given back', async () => {
    await marta.goTo('Ledger')
    await marta.reads('Balanced')
    await marta.row('Trial balance in EUR', 'Interest earned').getByText('18.06').waitFor()
    await marta.row('Trial balance in EUR', 'Overpayment to give back').getByText('7.96').waitFor()
    await marta.link('Interest earned').click()
    await marta.row('Account statement', '6.03').getByText('15.03').waitFor()
    expect(faults).toEqual([])
  })

  step('three nodes hold the same records, states and books, and verify them', async () => {
    const checked = await audit({ nodes, operators }, lab.folder('exports'), new Narrator(true))
    expect(checked).toMatchObject({ ok: true, nodes: 3, booksEqual: true, loans: { closed: 1 } })
    expect(new Set(checked.stateDigests).size).toBe(1)
    expect(checked.finalRecords).toBe(checked.records)
  })

  step('the exported file proves itself, alone in a folder, without node or database', async () => {
    const folder = withTheBookOnly('alone')
    const { code, stdout } = await mutuo(['verify', '--car', 'book.car', '--json'], {}, folder)
    expect([code, JSON.parse(stdout)]).toEqual([0, expect.objectContaining({ ok: true, problems: [] })])
    expect(readdirSync(folder)).toEqual(['book.car'])
  })

  step('one changed byte, wherever it is, is found and named', async () => {
    const folder = withTheBookOnly('changed')
    const path = join(folder, 'book.car')
    const honest = readFileSync(path)
    for (const share of [0.1, 0.5, 0.9]) {
      const changed = Buffer.from(honest)
      changed[Math.floor(honest.length * share)]! ^= 1
      writeFileSync(path, changed)
      const { code, stdout } = await mutuo(['verify', '--car', 'book.car', '--json'], {}, folder)
      const verdict = JSON.parse(stdout) as { ok: boolean; problems: string[] }
      expect([code, verdict.ok]).toEqual([1, false])
      expect(verdict.problems).toEqual([expect.stringMatching(/^the file is malformed: car_[a-z_]+$/)])
    }
  })
})

/** A new folder with nothing but the lender's exported book in it. */
function withTheBookOnly(name: string): string {
  const folder = join(lab.dir, name)
  mkdirSync(folder)
  copyFileSync(join(lab.folder('exports'), 'lender.car'), join(folder, 'book.car'))
  return folder
}
