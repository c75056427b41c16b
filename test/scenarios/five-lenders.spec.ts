/**
 * One loan of five lenders, whose identities are on three nodes, with a servicer. A note is sold in mid-life, the loan goes into default, the
 * guarantor is called and stands in, the borrower pays the lenders off and then the guarantor. All three nodes say the same all the way:
 * who owns what, who owes whom, in both books of everyone.
 */
import { audit, type Community, found, Lab, Narrator, until } from '#libs/lab'
import type { LedgerAccountView } from '#libs/messages'
import { Person } from './person.js'

const dayMs = 86_400_000
const PRINCIPAL = 100_000

/** What each of the lenders bids: amount, ppm a year. The sixth asks too much. */
const BIDS = [
  ['marta', 30_001, 60_000],
  ['office', 25_000, 64_000],
  ['rosa', 19_999, 70_000],
  ['witness', 15_000, 72_000],
  ['tomas', 10_000, 76_000],
  ['bea', 20_000, 110_000],
] as const

/** What one owes and the other claims, account by account. */
const MIRRORED = [
  ['asset:principal-receivable', 'liability:principal-payable'],
  ['asset:due-from-collector', 'liability:owed-to-note-owner'],
  ['asset:paid-for-note', 'liability:received-for-note'],
  ['asset:recourse-receivable', 'liability:recourse-payable'],
] as const

describe('a loan by five lenders on three nodes', () => {
  let lab: Lab
  let community: Community
  let people: Record<(typeof BIDS)[number][0] | 'paula' | 'gustav', Person>
  /** One of each node, who may read all books. */
  let desks: Person[]
  let loan: string
  let guarantee: string

  beforeAll(async () => {
    lab = await Lab.open()
    lab.clock.startAt('2026-01-05')
    community = await found(lab, new Narrator(true))
    const [first, second, third] = community.nodes
    const [marta, office, witness] = await Promise.all([
      Person.at(first!, 'Marta'),
      Person.at(second!, 'Village office'),
      Person.at(third!, 'Witness'),
    ])
    desks = [marta, office, witness]
    const [bea, paula, rosa, tomas, gustav] = await Promise.all([
      marta.holds('Bea'),
      office.holds('Paula'),
      office.holds('Rosa'),
      witness.holds('Tomas'),
      witness.holds('Gustav'),
    ])
    people = { marta, office, witness, bea, paula, rosa, tomas, gustav }
  }, 120_000)

  afterAll(async () => {
    for (const desk of desks ?? []) desk.leave()
    await lab?.close()
  }, 60_000)

  // After each step: the same accounts at all nodes, in which what one claims the other owes.
  afterEach(async () => {
    let books: LedgerAccountView[][] = []
    await until('the same books at all nodes', 60_000, async () => {
      books = await Promise.all(desks.map(balances))
      return books.every((of) => JSON.stringify(of) === JSON.stringify(books[0]))
    })
    for (const [claim, debt] of MIRRORED) expect(apart(books[0]!, claim, debt)).toEqual([])
  }, 120_000)

  const lenders = () => BIDS.slice(0, 5).map(([who]) => people[who])
  const noteOf = async (who: Person) => {
    const { items } = await who.ask('notes.list', { loan })
    return items.find(({ owner }) => owner === who.key)!
  }
  /** `payer` says that money was sent, and `payee` that it came. */
  const pays = async (payer: Person, payee: Person, amount: number, about: object = {}) => {
    const { id } = await payer.ask('payments.send', { loan, amount, rail: 'bank', ...about })
    await payee.sees('a payment', 'payments.list', { loan }, ({ items }) => items.some((of) => of.id === id))
    await payee.ask('payments.confirm', { payment: id, amount })
  }

  it('is the cheapest of six bids, concluded when all five have signed, and guaranteed up to a cap', async () => {
    const { paula, office, gustav } = people
    const request = await paula.ask('requests.publish', {
      terms: {
        ...{ currency: 'EUR', amount: PRINCIPAL, leastAmount: 50_000, instalments: 4, purpose: 'Bakery' },
        ...{ every: { count: 1, unit: 'month' }, method: 'annuity', dayCount: 'ACT/365F', highestRatePpm: 120_000 },
        ...{ closesAt: lab.clock.now() + 10 * dayMs, servicer: office.key, defaultAfterDays: 30 },
      },
    })
    const placed = BIDS.map(async ([who, amount, ratePpm]) => {
      await people[who].sees('the request', 'requests.show', { request: request.id })
      const said = { amount, leastAmount: 1_000, ratePpm, validUntilMs: lab.clock.now() + 10 * dayMs }
      return people[who].ask('bids.place', { request: request.id, ...said })
    })
    await Promise.all(placed)
    await paula.sees('six bids', 'requests.show', { request: request.id }, ({ bids }) => bids === 6)
    ;({ id: loan } = await paula.ask('requests.take', { request: request.id }))
    for (const lender of lenders()) {
      const before = await paula.ask('loans.show', { loan })
      expect(before.conclusion).toBeNull()
      await lender.sees('the proposal', 'loans.show', { loan })
      await lender.ask('loans.sign', { loan })
    }
    const isFinal = ({ conclusion }: { conclusion: { final: boolean } | null }) => conclusion?.final === true
    const views = await Promise.all(
      desks.map((desk) => desk.sees('a final conclusion', 'loans.show', { loan }, isFinal)),
    )
    const chosen = BIDS.slice(0, 5).map(([who, amount, ratePpm]) => [people[who].key, amount, ratePpm])
    for (const view of views)
      expect(view.lenders.map(({ identity, share, ratePpm }) => [identity, share, ratePpm]).sort()).toEqual(
        chosen.sort(),
      )
    await gustav.sees('the loan', 'loans.show', { loan }, isFinal)
    guarantee = (await gustav.ask('guarantees.sign', { loan, cap: 40_000 })).id!
  }, 120_000)

  it('is paid out by each of them, paid back to the servicer once, and passed on to each', async () => {
    const { paula, office } = people
    for (const [who, amount] of BIDS.slice(0, 5)) {
      await people[who].sees('the loan', 'loans.show', { loan }, ({ conclusion }) => conclusion?.final === true)
      await pays(people[who], paula, amount)
    }
    await office.sees('an active loan', 'loans.show', { loan }, ({ status }) => status === 'active')
    lab.clock.moveDays(31)
    const { total } = (await paula.ask('loans.show', { loan })).schedule[0]!
    await pays(paula, office, total)
    await passedOn(office)
  }, 120_000)

  it('has a note sold in mid-life: listed, ordered, paid, and the title goes over on every node', async () => {
    const { tomas, bea } = people
    const { note, principal } = await noteOf(tomas)
    expect(principal).toBeLessThan(10_000)
    const listed = await tomas.ask('notes.sell', { loan, note, cleanPrice: 7_000 })
    const market = await bea.sees('the listing', 'notes.market', { loan }, ({ items }) => items[0]?.final === true)
    expect(market.items[0]).toMatchObject({ id: listed.id, status: 'open', exposure: 0, cleanPrice: 7_000 })
    const { orders } = await bea.ask('notes.order', { listing: listed.id })
    const { id: order, price } = orders[0]!
    const early = await tomas.sees('the order', 'notes.market', { loan }, ({ items }) => items[0]?.orders.length === 1)
    expect(early.items[0]!.orders[0]!.may).not.toContain('notes.transfer')
    await bea.ask('notes.pay', { order, rail: 'bank' })
    await tomas.sees('the price', 'notes.market', { loan }, ({ items }) =>
      items[0]!.orders[0]!.may.includes('notes.transfer'),
    )
    await tomas.ask('notes.transfer', { order })
    for (const desk of desks) {
      const { titles, owner } = await desk.sees(
        'the sale, final',
        'notes.show',
        { loan, note },
        (view) => view.titles.length === 2 && view.titles.every(({ final }) => final),
      )
      expect(owner).toBe(bea.key)
      expect(titles.map((title) => [title.owner, title.price])).toEqual([
        [tomas.key, null],
        [bea.key, price],
      ])
    }
    expect(await tomas.refusalOf('notes.sell', { loan, note, cleanPrice: 7_000 })).toBe('not_the_owner')
  }, 120_000)

  it('goes into default; the guarantor is called up to the cap, and stands in for the borrower', async () => {
    const { office, gustav } = people
    lab.clock.moveDays(75)
    await office.ask('loans.declareDefault', { loan, reason: 'two months without a payment' })
    expect(await office.refusalOf('guarantees.call', { guarantee, amount: 40_001, reason: 'default' })).toBe(
      'call_exceeds_guarantee',
    )
    const { calls } = await office.ask('guarantees.call', { guarantee, reason: 'in default' })
    expect(calls[0]).toMatchObject({ amount: 40_000 })
    await gustav.sees('the call', 'guarantees.show', { guarantee }, ({ status }) => status === 'called')
    expect(await gustav.refusalOf('payments.send', { loan, amount: 40_001, rail: 'bank', call: calls[0]!.id })).toBe(
      'call_already_paid',
    )
    await pays(gustav, office, 40_000, { call: calls[0]!.id })
    await passedOn(office)
    for (const desk of desks) {
      const view = await desk.sees('the receipt', 'guarantees.show', { guarantee }, ({ paid }) => paid === 40_000)
      expect(view).toMatchObject({ called: 40_000, owed: 40_000, recovered: 0 })
    }
  }, 120_000)

  it('is paid off to the lenders first; what the guarantor paid is owed to him then, and paid back', async () => {
    const { paula, office, gustav } = people
    const recourse = { loan, amount: 40_000, rail: 'bank', guarantee } as const
    await paula.sees('what was paid', 'loans.show', { loan }, ({ status }) => status === 'recovering')
    expect(await paula.refusalOf('payments.send', recourse)).toBe('creditor_first')
    const { outstanding } = await paula.ask('loans.show', { loan })
    await pays(paula, office, outstanding)
    await passedOn(office)
    await paula.sees('the end', 'loans.show', { loan }, ({ status }) => status === 'closed')
    await pays(paula, gustav, 40_000, { guarantee })
    for (const desk of desks) {
      await desk.sees(
        'all paid',
        'guarantees.show',
        { guarantee },
        ({ owed, recovered }) => owed === 0 && recovered === 40_000,
      )
      const { items } = await desk.ask('notes.list', { loan })
      expect(items.map(({ outstanding: left }) => left)).toEqual([0, 0, 0, 0, 0])
    }
  }, 120_000)

  it('leaves equal books at all nodes, in which nobody owes anybody anything', async () => {
    const checked = await audit(community, lab.folder('exports'), new Narrator(true))
    expect(checked).toMatchObject({ ok: true, problems: [], booksEqual: true, nodes: 3 })
    for (const desk of desks) {
      const of = (await balances(desk)).filter(({ account }) => !/asset:cash|income|expense/.test(account))
      expect(of.filter(({ balance }) => balance !== 0)).toEqual([])
    }
    await reportsAgree()
    const { totals } = await people.gustav.ask('reports.guarantees', {})
    expect(totals).toMatchObject([{ cap: 40_000, drawn: 40_000, received: 40_000, owed: 0, exposure: 0 }])
  }, 120_000)

  /** All accounts of everyone, as one node books them. */
  const balances = async (desk: Person): Promise<LedgerAccountView[]> =>
    (await desk.ask('ledger.trialBalance', {})).accounts

  /** The servicer passes on to the owner of each note what it owes, which all nodes say alike; then it owes nothing. */
  async function passedOn(servicer: Person): Promise<void> {
    const owed = () =>
      servicer
        .ask('ledger.trialBalance', {})
        .then(({ accounts }) =>
          accounts.filter(({ account }) => account.startsWith(`${servicer.key}:liability:owed-to-note`)),
        )
    for (const { account, balance } of await owed()) {
      const note = account.split('/').at(-1)!
      const { owner } = await servicer.ask('notes.show', { loan, note })
      const payee = Object.values(people).find(({ key }) => key === owner)!
      if (payee === servicer || balance === 0) continue
      await pays(servicer, payee, Math.abs(balance), { note, passOn: true })
    }
    await servicer.sees('nothing left to pass on', 'ledger.trialBalance', {}, ({ accounts }) =>
      accounts.every(
        ({ account, balance }) => balance === 0 || !account.startsWith(`${servicer.key}:liability:owed-to-note`),
      ),
    )
  }

  /** Reports of each person, on each node: the same, and what the books say. */
  async function reportsAgree(): Promise<void> {
    for (const { key } of Object.values(people)) {
      const answers = await Promise.all(
        desks.map(async (desk) => [
          await desk.ask('reports.portfolio', { owner: key, side: 'lender' }),
          await desk.ask('reports.arrears', { owner: key, side: 'lender' }),
          await desk.ask('reports.interest', { owner: key, year: 2026 }),
          await desk.ask('reports.cashFlow', { owner: key }),
          await desk.ask('reports.guarantees', { owner: key }),
        ]),
      )
      expect(answers[1]).toEqual(answers[0])
      expect(answers[2]).toEqual(answers[0])
    }
  }
})

/** The loans and notes of which claims and debts differ, and by how much. */
function apart(accounts: readonly LedgerAccountView[], claim: string, debt: string): [thing: string, by: number][] {
  const sums = new Map<string, number>()
  for (const { account, balance } of accounts) {
    const [, accountClass, detail, thing] = account.split(':')
    if ([claim, debt].includes(`${accountClass}:${detail}`)) sums.set(thing!, (sums.get(thing!) ?? 0) + balance)
  }
  return [...sums].filter(([, by]) => by !== 0)
}
