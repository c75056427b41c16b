/** Lending on a real store: what people do through the services, and what the database then says. */
import { isRefusal, type Refusal } from '#libs/fold'
import { Ledger, ledgerMigrations, ledgerVerifySteps, replaceJournal, type JournalEntry } from '#libs/ledger'
import { findLoan, loanMigrations, loanProjections, loanRules, Loans, ProposerDuty, type LoanState } from '#libs/loans'
import type { Actor, LoanView, OfferTerms } from '#libs/messages'
import {
  Configurations,
  DEFAULT_POLICY,
  type IdentityKeys,
  networkMigrations,
  networkProjections,
  networkRules,
} from '#libs/network'
import {
  Applications,
  LendingLimits,
  NewcomerLimits,
  offerMigrations,
  offerProjections,
  offerRules,
  Offers,
} from '#libs/offers'
import { fromText } from '#libs/record'
import { requestMigrations, requestProjections, requestRules } from '#libs/requests'
import { startTestStore, type Draft, type TestStore } from '#libs/store'
import {
  journalOf,
  paymentMigrations,
  paymentProjections,
  paymentRules,
  Payments,
  paymentVerifySteps,
} from './index.js'
import { STORY_TERMS } from '../../loans/src/testing/loan-story.js'

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000

const openStore = () =>
  startTestStore({
    features: [networkRules, offerRules, requestRules, loanRules, paymentRules],
    projections: [
      ...networkProjections,
      ...offerProjections,
      ...requestProjections,
      ...loanProjections,
      ...paymentProjections,
    ],
    migrations: [
      ...networkMigrations,
      ...offerMigrations,
      ...requestMigrations,
      ...ledgerMigrations,
      ...loanMigrations,
      ...paymentMigrations,
    ],
    verifySteps: [...ledgerVerifySteps, ...paymentVerifySteps],
  })

/** A store with a network of a lender (key 1) and two borrowers (2 and 3), and the services on it. */
async function startNode() {
  const store = await openStore()
  const { records, database, clock, keys } = store
  const lena = keys.key(1)
  const { net } = await store.createNetwork(1, {
    name: 'Friends',
    steward: fromText(lena),
    witnesses: [fromText(lena)],
    quorum: 1,
    rules: 1,
    policy: { ...DEFAULT_POLICY },
    next: new Uint8Array(32),
  })
  for (const n of [2, 3]) await admit(store, net, keys.key(n))
  const limits = new LendingLimits(database, clock)
  const newcomers = new NewcomerLimits(new Configurations(records, database))
  const identityKeys = { here: [lena] } as Pick<IdentityKeys, 'here'> as IdentityKeys
  return {
    store,
    net,
    offers: new Offers(records, database, clock, limits),
    applications: new Applications(records, database, newcomers),
    loans: new Loans(records, database, clock, limits, newcomers),
    payments: new Payments(records, database, clock),
    ledger: new Ledger(database, clock),
    duty: new ProposerDuty(records, database, identityKeys, clock),
    lender: actor('lender', lena),
    bob: actor('borrower', keys.key(2)),
    carl: actor('borrower', keys.key(3)),
  }
}

const actor = (role: Actor['role'], identity: string): Actor => ({ account: role, role, identity })

/** The author of key 1 invites and admits an identity. */
async function admit({ records, keys, clock }: TestStore, net: string, identity: string): Promise<void> {
  const write = async (author: string, draft: Draft) =>
    (await ok(records.append(net, author, () => [draft]))).records[0]!.id
  const next = new Uint8Array(32)
  const newcomer = await write(identity, { kind: 'identity.created', subj: null, refs: [], body: { next } })
  const expiresAt = clock.now() + DAY_MS
  const invite = await write(keys.key(1), {
    kind: 'invite.created',
    subj: net,
    refs: [],
    body: { keyHash: fromText(identity), expiresAt },
  })
  await write(keys.key(1), {
    kind: 'member.admitted',
    subj: net,
    refs: [newcomer],
    body: { invite: fromText(invite) },
  })
}

/** The answer, which must be none of refusal. */
async function ok<T>(answer: Promise<T | Refusal>): Promise<T> {
  const value = await answer
  if (isRefusal(value)) throw new Error(`refused: ${JSON.stringify(value)}`)
  return value
}

describe('lending on a node', () => {
  let node: Awaited<ReturnType<typeof startNode>>
  beforeAll(async () => {
    node = await startNode()
  })
  afterAll(() => node.store.close())

  const today = () => new Date(node.store.clock.now()).toISOString().slice(0, 10)
  const dayIn = (days: number) => new Date(node.store.clock.now() + days * DAY_MS).toISOString().slice(0, 10)
  const publish = (changes: Partial<OfferTerms> = {}) =>
    ok(node.offers.publish(node.lender, { ...STORY_TERMS, ...changes }))
  const apply = (offer: string, by = node.bob, amount = 120_000, instalments = 3) =>
    ok(node.applications.submit({ actor: by, offer, amount, instalments, purpose: 'a bicycle' }))
  const refusal = async (answer: Promise<unknown>) => ((await answer) as Refusal).refused

  /** An agreed loan of Bob's. */
  async function agreed(amount = 120_000): Promise<LoanView> {
    const application = await apply((await publish()).id, node.bob, amount)
    const { id } = await ok(node.loans.propose({ actor: node.lender, application: application.id }))
    await ok(node.loans.sign(node.bob, id))
    await node.duty.look()
    return ok(node.loans.show(node.bob, id))
  }

  /** An active one: paid out and confirmed today. */
  async function active(): Promise<LoanView> {
    const { id, principal } = await agreed()
    const sent = await ok(
      node.payments.send({
        actor: node.lender,
        loan: id,
        amount: principal.amount,
        rail: 'bank',
        acceptNotFinal: true,
      }),
    )
    await ok(node.payments.confirm({ actor: node.bob, payment: sent.id, amount: principal.amount }))
    return ok(node.loans.show(node.lender, id))
  }
  const repay = async (loan: string, amount: number, valueDate = today()) => {
    const sent = await ok(node.payments.send({ actor: node.bob, loan, amount, valueDate, rail: 'bank' }))
    return ok(node.payments.confirm({ actor: node.lender, payment: sent.id, amount, receivedOn: valueDate }))
  }

  it('publishes, amends, shows and withdraws an offer', async () => {
    const offer = await publish()
    expect(offer).toMatchObject({ status: 'open', available: 1_000_000, mine: true, final: false, applications: 0 })
    const amended = await ok(node.offers.amend(node.lender, offer.id, { ...STORY_TERMS, annualRatePpm: 50_000 }))
    expect(amended.terms.annualRatePpm).toBe(50_000)
    expect(await refusal(node.offers.amend(node.bob, offer.id, STORY_TERMS))).toBe('not_your_offer')
    expect(await refusal(node.offers.amend(node.lender, offer.id, { ...STORY_TERMS, currency: 'CHF' }))).toBe(
      'currency_fixed',
    )
    expect(await refusal(node.offers.publish(node.lender, { ...STORY_TERMS, currency: 'EUX' }))).toBe(
      'currency_unknown',
    )
    expect(await refusal(node.offers.publish({ ...node.lender, identity: null }, STORY_TERMS))).toBe('no_identity')
    expect((await ok(node.offers.withdraw(node.lender, offer.id))).status).toBe('withdrawn')
    expect(await refusal(node.offers.withdraw(node.lender, offer.id))).toBe('offer_withdrawn')
    expect(
      await refusal(
        node.applications.submit({ actor: node.bob, offer: offer.id, amount: 50_000, instalments: 3, purpose: '' }),
      ),
    ).toBe('offer_withdrawn')
    expect(await refusal(node.offers.show(node.lender, node.net))).toBe('offer_not_found')
  })

  it('lists offers newest first, page by page', async () => {
    const published: string[] = []
    for (let i = 0; i < 3; i++) {
      node.store.clock.advance(1000)
      published.unshift((await publish({ currency: 'NOK' })).id)
    }
    const first = await ok(node.offers.list(node.bob, { currency: 'NOK', limit: 2 }))
    const second = await ok(node.offers.list(node.bob, { currency: 'NOK', limit: 2, cursor: first.next! }))
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(published)
    expect(second.next).toBeUndefined()
    expect(await refusal(node.offers.list(node.bob, { cursor: 'nonsense' }))).toBe('cursor_malformed')
  })

  it('quotes what a proposal then writes out', async () => {
    const offer = await publish()
    const asked = { amount: 120_000, instalments: 3, startDate: today() }
    const quoted = await ok(node.offers.quote({ offer: offer.id, ...asked }))
    const application = await apply(offer.id)
    expect(await ok(node.loans.preview({ actor: node.lender, application: application.id }))).toEqual(quoted)
    const proposed = await ok(node.loans.propose({ actor: node.lender, application: application.id }))
    expect(proposed.schedule.map(({ total }) => total)).toEqual(quoted.rows.map(({ total }) => total))
    expect(proposed.cost).toEqual(quoted.cost)
    expect(proposed.cost.aprcPpm).toBeGreaterThan(STORY_TERMS.annualRatePpm)
    expect(proposed).toMatchObject({ status: 'proposed', side: 'lender', conclusion: null, may: [] })
    expect(proposed.signatures.map(({ signedAtMs }) => signedAtMs !== null)).toEqual([false, true])
    expect((await ok(node.loans.show(node.bob, proposed.id))).may).toEqual(['loans.sign', 'loans.decline'])
  })

  it('refuses to whoever is not the one to do it', async () => {
    const offer = await publish()
    const application = await apply(offer.id)
    expect(await refusal(node.loans.propose({ actor: node.bob, application: application.id }))).toBe('not_your_offer')
    expect(await refusal(node.applications.decline(node.bob, application.id, ''))).toBe('not_your_offer')
    expect(await refusal(node.applications.withdraw(node.carl, application.id))).toBe('not_your_application')
    const { id } = await ok(node.loans.propose({ actor: node.lender, application: application.id }))
    expect(await refusal(node.loans.sign(node.carl, id))).toBe('not_a_party')
    expect(await refusal(node.loans.sign(node.lender, id))).toBe('already_signed')
    expect(await refusal(node.loans.propose({ actor: node.lender, application: application.id }))).toBe(
      'application_closed',
    )
    expect(await refusal(node.payments.send({ actor: node.lender, loan: id, amount: 1, rail: 'cash' }))).toBe(
      'loan_not_agreed',
    )
    expect(await refusal(node.payments.send({ actor: node.carl, loan: id, amount: 1, rail: 'cash' }))).toBe(
      'not_a_party',
    )
    expect(await refusal(node.loans.sign(node.bob, offer.id))).toBe('loan_not_found')
  })

  it('lets one of two borrowers have the last of an offer, however they race', async () => {
    const offer = await publish({ capacity: 300_000, maxAmount: 300_000 })
    const [bobs, carls] = await Promise.all([apply(offer.id, node.bob, 200_000), apply(offer.id, node.carl, 200_000)])
    const answers = await Promise.all(
      [bobs, carls].map(({ id }) => node.loans.propose({ actor: node.lender, application: id })),
    )
    expect(answers.filter((answer) => !isRefusal(answer))).toHaveLength(1)
    expect(answers.find(isRefusal)).toEqual({ refused: 'offer_capacity_exceeded', available: 100_000 })
    expect((await ok(node.offers.show(node.bob, offer.id))).available).toBe(100_000)
    expect(
      await refusal(
        node.applications.submit({ actor: node.carl, offer: offer.id, amount: 100_001, instalments: 3, purpose: '' }),
      ),
    ).toBe('offer_capacity_exceeded')
    expect(
      await refusal(
        node.offers.amend(node.lender, offer.id, { ...offer.terms, capacity: 199_999, maxAmount: 100_000 }),
      ),
    ).toBe('capacity_below_pledged')
  })

  it('concludes by itself once all have signed', async () => {
    const loan = await agreed()
    expect(loan).toMatchObject({
      status: 'agreed',
      conclusion: { final: false },
      side: 'borrower',
      may: ['payments.confirm'],
    })
    expect((await ok(node.applications.show(loan.application!))).status).toBe('agreed')
    expect((await ok(node.applications.show(loan.application!))).loan).toBe(loan.id)
    await node.duty.look()
    expect(
      (await node.store.records.timeline(loan.id)).filter(({ kind }) => kind === 'agreement.concluded'),
    ).toHaveLength(1)
  })

  it('concludes and lapses on its own as soon as it hears of a reason', async () => {
    const settled = async (id: string) => {
      for (let tries = 0; tries < 100; tries++) {
        const kinds = (await node.store.records.timeline(id)).map(({ kind }) => kind)
        const { status } = await ok(node.loans.show(node.bob, id))
        const closed = kinds.includes('agreement.concluded') || kinds.includes('agreement.lapsed')
        if (closed && status !== 'proposed') return status
        await new Promise((resolve) => setTimeout(resolve, 100))
      }
      throw new Error('nothing was settled within ten seconds')
    }
    const propose = async () => {
      const application = await apply((await publish()).id)
      return ok(node.loans.propose({ actor: node.lender, application: application.id, expiresInHours: 1 }))
    }
    const [signed, declined, expired] = [await propose(), await propose(), await propose()]
    node.duty.onApplicationBootstrap()
    try {
      await ok(node.loans.sign(node.bob, signed.id))
      await ok(node.loans.decline(node.bob, declined.id, 'no'))
      expect([await settled(signed.id), await settled(declined.id)]).toEqual(['agreed', 'declined'])
      node.store.clock.advance(HOUR_MS + 1)
      expect(await settled(expired.id)).toBe('lapsed')
    } finally {
      await node.duty.onModuleDestroy()
    }
  })

  it('signs nothing whose application the borrower took back', async () => {
    const application = await apply((await publish()).id)
    const { id } = await ok(node.loans.propose({ actor: node.lender, application: application.id }))
    expect((await ok(node.applications.withdraw(node.bob, application.id))).status).toBe('withdrawn')
    expect(await refusal(node.loans.sign(node.bob, id))).toBe('application_closed')
  })

  it('lapses what expired: a borrower who signs at that moment has no loan, and the capacity is free', async () => {
    const offer = await publish({ capacity: 120_000, maxAmount: 120_000 })
    const application = await apply(offer.id)
    const { id } = await ok(node.loans.propose({ actor: node.lender, application: application.id, expiresInHours: 1 }))
    node.store.clock.advance(HOUR_MS + 1)
    const [, signed] = await Promise.all([node.duty.look(), node.loans.sign(node.bob, id)])
    expect(isRefusal(signed) && ['proposal_expired', 'proposal_closed'].includes(signed.refused)).toBe(true)
    expect((await ok(node.loans.show(node.bob, id))).status).toBe('lapsed')
    expect((await ok(node.offers.show(node.bob, offer.id))).available).toBe(120_000)
    expect((await ok(node.applications.show(application.id))).status).toBe('submitted')
    expect(isRefusal(await node.loans.propose({ actor: node.lender, application: application.id }))).toBe(false)
  })

  it('lapses what was declined', async () => {
    const application = await apply((await publish()).id)
    const { id } = await ok(node.loans.propose({ actor: node.lender, application: application.id }))
    const declined = await ok(node.loans.decline(node.bob, id, 'too dear'))
    expect([declined.status, declined.may]).toEqual(['declined', []])
    await node.duty.look()
    const timeline = await node.store.records.timeline(id)
    expect(timeline.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['agreement.declined', 'agreement.lapsed']))
    expect(await refusal(node.loans.sign(node.bob, id))).toBe('proposal_closed')
  })

  it('sends no money before the conclusion is final, unless told so, and no more than the principal', async () => {
    const { id } = await agreed()
    const send = (amount: number, acceptNotFinal: boolean) =>
      node.payments.send({ actor: node.lender, loan: id, amount, rail: 'bank', acceptNotFinal })
    expect(await refusal(send(120_000, false))).toBe('conclusion_not_final')
    expect(await refusal(send(120_001, true))).toBe('amount_out_of_range')
    expect((await ok(send(100_000, true))).may).toEqual([])
    expect(await refusal(send(20_001, true))).toBe('amount_out_of_range')
    expect(await refusal(node.payments.send({ actor: node.bob, loan: id, amount: 1, rail: 'bank' }))).toBe(
      'loan_not_active',
    )
    const [waiting] = (await ok(node.payments.list({ actor: node.bob, loan: id, status: 'sent' }))).items
    expect(waiting).toMatchObject({ purpose: 'disbursement', may: ['payments.confirm', 'payments.refuse'] })
  })

  it('lives from paying out to closing, with part payment, refusal, overpayment and giving back', async () => {
    const loan = await active()
    expect(loan).toMatchObject({ status: 'active', disbursed: 120_000 })
    expect(loan.may).toEqual([
      ...['payments.confirm', 'loans.settlement', 'loans.levyCharge', 'loans.grantCredit'],
      ...['loans.proposeChange', 'loans.writeOff'],
    ])
    expect(
      await refusal(
        node.payments.send({ actor: node.lender, loan: loan.id, amount: 1, rail: 'bank', acceptNotFinal: true }),
      ),
    ).toBe('already_disbursed')
    const [one, two, three] = loan.schedule as [
      LoanView['schedule'][0],
      LoanView['schedule'][0],
      LoanView['schedule'][0],
    ]

    node.store.clock.advance(31 * DAY_MS)
    const instructions = await ok(node.payments.instructions({ actor: node.bob, loan: loan.id }))
    expect(instructions).toMatchObject({
      payee: node.lender.identity,
      dueDate: one.dueDate,
      amount: { amount: one.total },
    })
    const part = await repay(loan.id, 20_000)
    expect(part.allocation).toEqual({
      principal: 20_000 - one.interest - one.fees,
      interest: one.interest,
      fees: one.fees,
      penalties: 0,
      overpaid: 0,
    })
    expect((await ok(node.loans.show(node.bob, loan.id))).schedule[0]).toMatchObject({
      paid: 20_000,
      state: 'partly_paid',
    })

    const lost = await ok(
      node.payments.send({ actor: node.bob, loan: loan.id, amount: one.total - 20_000, rail: 'bank' }),
    )
    const refused = await ok(node.payments.refuse({ actor: node.lender, payment: lost.id, reason: 'nothing came' }))
    expect(refused).toMatchObject({ status: 'refused', refusedBecause: 'nothing came', confirmedAmount: null })
    expect(await refusal(node.payments.confirm({ actor: node.lender, payment: lost.id, amount: 1 }))).toBe(
      'payment_already_answered',
    )
    node.store.clock.advance(10 * DAY_MS)
    const late = await ok(node.loans.show(node.lender, loan.id))
    expect(late).toMatchObject({ status: 'in_arrears', overdue: one.total - 20_000 })
    expect(late.daysPastDue).toBeGreaterThan(0)
    expect(
      (await ok(node.loans.list({ actor: node.lender, side: 'lender', status: 'in_arrears' }))).items.map(
        ({ id }) => id,
      ),
    ).toEqual([loan.id])
    await repay(loan.id, one.total - 20_000)
    expect((await ok(node.loans.show(node.bob, loan.id))).status).toBe('active')

    node.store.clock.advance(20 * DAY_MS)
    const last = await repay(loan.id, two.total + three.total + 321)
    expect(last.allocation?.overpaid).toBe(321)
    expect(await ok(node.loans.show(node.lender, loan.id))).toMatchObject({
      status: 'closed',
      overpaid: 321,
      outstanding: 0,
      may: ['payments.refund'],
    })
    expect(await refusal(node.payments.send({ actor: node.bob, loan: loan.id, amount: 1, rail: 'bank' }))).toBe(
      'amount_out_of_range',
    )
    expect(await ok(node.payments.refund({ actor: node.lender, loan: loan.id, amount: 321 }))).toMatchObject({
      overpaid: 0,
    })

    const { accounts } = await ok(node.ledger.trialBalance(today()))
    const of = (owner: Actor, detail: string) =>
      accounts.find(({ account }) => account === `${owner.identity}:${detail}:${loan.id}`)?.balance ?? 0
    const interest = one.interest + two.interest + three.interest
    expect([of(node.lender, 'asset:principal-receivable'), of(node.bob, 'liability:principal-payable')]).toEqual([0, 0])
    expect([of(node.lender, 'income:interest'), of(node.bob, 'expense:interest')]).toEqual([-interest, interest])
    expect([of(node.lender, 'asset:cash'), of(node.bob, 'asset:cash')]).toEqual([
      interest + one.fees,
      -interest - one.fees,
    ])
    expect([of(node.bob, 'asset:in-transit'), of(node.lender, 'liability:overpayment-payable')]).toEqual([0, 0])
  })

  it('replays what came after when a payment of an earlier day becomes known', async () => {
    const { id, schedule } = await active()
    const [{ fees, interest }] = schedule as [LoanView['schedule'][0]]
    node.store.clock.advance(20 * DAY_MS)
    const confirm = (amount: number, receivedOn: string) =>
      ok(node.payments.confirm({ actor: node.lender, loan: id, amount, receivedOn }))
    const late = await confirm(fees + interest, dayIn(-1))
    expect(late.allocation).toEqual({ principal: 0, interest, fees, penalties: 0, overpaid: 0 })
    const early = await confirm(fees, dayIn(-10))
    expect(early.allocation).toEqual({ principal: 0, interest: 0, fees, penalties: 0, overpaid: 0 })
    const { items } = await ok(node.payments.list({ actor: node.bob, loan: id }))
    const replayed = items.find((payment) => payment.id === late.id)
    expect(replayed?.allocation).toEqual({ principal: fees, interest, fees: 0, penalties: 0, overpaid: 0 })
    const journal = await ok(node.ledger.journal({ loan: id, owner: node.lender.identity! }))
    const earned = journal.items
      .filter(({ record }) => record === late.id)
      .flatMap(({ postings }) => postings.map(({ account, credit }) => [account.split(':')[2], credit]))
    expect(earned).toEqual(
      expect.arrayContaining([
        ['principal-receivable', fees],
        ['interest', interest],
      ]),
    )
    expect(earned).not.toContainEqual(['fees', fees])
  })

  it('counts days past due until a silent lender’s answer is overdue', async () => {
    const loan = await active()
    node.store.clock.advance(41 * DAY_MS)
    await ok(node.payments.send({ actor: node.bob, loan: loan.id, amount: loan.schedule[0]!.total, rail: 'bank' }))
    expect((await ok(node.loans.show(node.bob, loan.id))).status).toBe('in_arrears')
    expect((await ok(node.loans.show(node.bob, loan.id, dayIn(6)))).status).toBe('in_arrears')
    expect((await ok(node.loans.show(node.bob, loan.id, dayIn(7)))).status).toBe('active')
  })

  it('lists loans by side and status, and sums them up', async () => {
    const all = await ok(node.loans.list({ actor: node.lender, limit: 200 }))
    for (const status of ['proposed', 'lapsed', 'agreed', 'active', 'in_arrears', 'closed'] as const) {
      const { items } = await ok(node.loans.list({ actor: node.lender, side: 'lender', status, limit: 200 }))
      expect(items.map(({ id }) => id)).toEqual(all.items.filter((loan) => loan.status === status).map(({ id }) => id))
    }
    const paged: string[] = []
    for (let cursor: string | undefined; ;) {
      const page = await ok(
        node.loans.list({ actor: node.bob, side: 'borrower', limit: 2, ...(cursor ? { cursor } : {}) }),
      )
      paged.push(...page.items.map(({ id }) => id))
      if (!(cursor = page.next)) break
    }
    expect(paged).toEqual(all.items.filter(({ borrower }) => borrower === node.bob.identity).map(({ id }) => id))
    const { items } = await ok(node.loans.portfolio(node.lender, 'lender'))
    expect(items.reduce((sum, { loans }) => sum + loans, 0)).toBe(all.items.length)
    expect((await ok(node.loans.list({ actor: node.carl, side: 'lender' }))).items).toEqual([])
  })

  it('shows the journal and any account’s statement, page by page', async () => {
    const { accounts, totals } = await ok(node.ledger.trialBalance())
    for (const { debit, credit } of totals) expect(debit).toBe(credit)
    expect(accounts.length).toBeGreaterThan(10)
    const entries = []
    for (let cursor: string | undefined; ;) {
      const page = await ok(node.ledger.journal({ limit: 3, ...(cursor ? { cursor } : {}) }))
      entries.push(...page.items)
      if (!(cursor = page.next)) break
    }
    expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length)
    expect(entries).toEqual((await ok(node.ledger.journal({ limit: 200 }))).items)
    for (const { account, balance } of accounts) {
      const { items } = await ok(node.ledger.statement(account, { limit: 200 }))
      expect(items.at(-1)!.balance).toBe(balance)
      expect(items.reduce((sum, { debit, credit }) => sum + debit - credit, 0)).toBe(balance)
    }
    expect(await refusal(node.ledger.statement('no:such:account:here', {}))).toBe('account_not_found')
  })

  it('gives another node that reads the same logs, however often, the same states and the same books', async () => {
    const { records } = node.store
    const other = await openStore()
    other.clock.set(node.store.clock.now())
    try {
      const net = fromText(node.net)
      const runs = await Promise.all(
        (await records.entries(net)).map(async ({ author, length }) => ({
          net,
          author,
          records: await records.readRange(net, author, 0, length, Number.MAX_SAFE_INTEGER),
        })),
      )
      const total = runs.reduce((sum, run) => sum + run.records.length, 0)
      const first = await other.records.ingest(net, runs)
      expect(first).toMatchObject({ accepted: total, staged: 0, refused: [], forks: [] })
      expect(await other.records.ingest(net, runs)).toMatchObject({ accepted: 0, known: total })
      for await (const item of other.records.verify())
        if ('done' in item) expect(item).toMatchObject({ ok: true, problems: [] })
      expect(await other.records.digests()).toEqual(await records.digests())
      const books = (store: TestStore) => new Ledger(store.database, node.store.clock).trialBalance()
      expect(await books(other)).toEqual(await books(node.store))
      expect((await ok(books(other))).accounts.length).toBeGreaterThan(10)
    } finally {
      await other.close()
    }
  })

  it('refuses an entry that does not balance, in the database itself', async () => {
    const { database } = node.store
    const [{ entry }] = await database.query(`select entry from posting limit 1`)
    const posted = (of: string, amount: number) =>
      `insert into posting values ('${of}', 'account ${amount}', 'EUR', ${amount})`
    const alone = `insert into journal_entry values ('x', 'o', 'l', 'r', 'k', '2026-01-01', 'd', '')`
    await expect(database.query(posted(entry, 5))).rejects.toThrow('does not balance')
    await expect(database.query(`${posted('x', 5)}, ('x', 'other', 'USD', -5)`)).rejects.toThrow('does not balance')
    await expect(database.query(`${posted('x', 5)}, ('x', 'other', 'EUR', -5)`)).rejects.toThrow(
      'there is no journal entry',
    )
    await expect(database.query(alone)).rejects.toThrow('does not balance')
    await expect(database.query(`delete from posting where entry = $1 and amount > 0`, [entry])).rejects.toThrow(
      'does not balance without',
    )
    for (const change of [`update posting set amount = -amount`, `update journal_entry set owner = 'o'`])
      await expect(database.query(change)).rejects.toThrow('never changed')
  })

  it('writes what changed of the books, and leaves alone what did not', async () => {
    const { database } = node.store
    const { id: loan } = await active()
    const entries = journalOf((await findLoan(database.manager, loan))!)
    const [first, second] = entries
    const write = (all: JournalEntry[]) => database.transaction((manager) => replaceJournal(manager, [loan], all))
    const rows = async (): Promise<Map<string, string>> => {
      const found: { id: string; version: string }[] = await database.query(
        `select id, xmin || e.description || (select string_agg(p.account || p.amount, ' ') from posting p where p.entry = e.id) as version
         from journal_entry e where loan = $1`,
        [loan],
      )
      return new Map(found.map(({ id, version }) => [id, version]))
    }
    const before = await rows()
    expect(before.size).toBe(entries.length)
    await write(entries.toReversed())
    expect(await rows()).toEqual(before)

    await write([{ ...first!, description: 'said otherwise' }, ...entries.slice(2)])
    const after = await rows()
    expect(after.get(first!.id)).toContain('said otherwise')
    expect([...after].filter(([id]) => id !== first!.id)).toEqual(
      [...before].filter(([id]) => id !== first!.id && id !== second!.id),
    )
    expect(await database.query(`select 1 from posting where entry = $1`, [second!.id])).toEqual([])
    await write(entries)
    expect([...(await rows()).keys()].sort()).toEqual([...before.keys()].sort())
  })

  it('verifies: every row follows from the records, entries balance, books mirror', async () => {
    const steps = new Map<string, number>()
    for await (const item of node.store.records.verify()) {
      if ('step' in item) steps.set(item.step, item.checked)
      else expect(item).toMatchObject({ done: true, ok: true, problems: [] })
    }
    expect([...steps.keys()]).toEqual(
      expect.arrayContaining(['journal entries balance', 'receivable equals payable', 'paid equals confirmed']),
    )
    for (const checked of steps.values()) expect(checked).toBeGreaterThan(0)
  })

  it('finds books that were tampered with', async () => {
    await node.store.database.query(
      `update payment set confirmed_amount = confirmed_amount + 1 where purpose = 'repayment'`,
    )
    const problems: string[] = []
    for await (const item of node.store.records.verify()) if ('done' in item) problems.push(...item.problems)
    expect(problems.some((problem) => problem.startsWith('paid equals confirmed'))).toBe(true)
    let last: unknown
    for await (const item of node.store.records.rebuild()) last = item
    expect(last).toMatchObject({ done: true })
    for await (const item of node.store.records.verify()) if ('done' in item) expect(item.ok).toBe(true)
  })

  it('journals are the same whoever derives them', async () => {
    const { items } = await ok(node.loans.list({ actor: node.lender, status: 'closed' }))
    const folded = (await node.store.records.fold<LoanState>('loan', items[0]!.id))!
    const derived = journalOf(folded.state)
    const stored = await ok(node.ledger.journal({ loan: items[0]!.id, limit: 200 }))
    expect(derived.map(({ id }) => id).sort()).toEqual(stored.items.map(({ id }) => id).sort())
  })
})
