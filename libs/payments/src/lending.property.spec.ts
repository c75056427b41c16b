/**
 * What the folds of lending promise, over random histories: people who know only part of what was written act at random, rightly
 * and wrongly, and every order that respects causality ends in the same states.
 */
import fc from 'fast-check'
import { canonicalOrder, Rules, type FoldRecord } from '#libs/fold'
import { accountParts, type JournalEntry } from '#libs/ledger'
import { loanRules, standing, unanswered, type AgreementBody, type LoanState } from '#libs/loans'
import { available, offerBody, offerRules, pledged, type OfferState } from '#libs/offers'
import { fromText } from '#libs/record'
import { requestRules } from '#libs/requests'
import { journalOf } from './books.js'
import { paymentRules } from './rules.js'
import { digestsOf, foldAll, orderOf } from '../../offers/src/testing/any-order.js'
import { LogWriter } from '../../offers/src/testing/log-writer.js'
import { AdoptedStory } from '../../loans/src/testing/adopted-story.js'
import { LoanStory, STORY_TERMS } from '../../loans/src/testing/loan-story.js'

const rules = new Rules([offerRules, requestRules, loanRules, paymentRules])
const DAY_MS = 86_400_000
/** Terms of some agreements. */
const LATE = { lateFee: { amount: 700 }, penaltyRatePpm: 100_000 }

/** One thing that someone does: who, what, on which of the possible objects, with how much, and whether it reads first. */
const step = fc.record({
  who: fc.constantFrom(0, 0, 0, 0, 1, 1, 1, 2, 3, 4),
  what: fc.nat(32),
  which: fc.nat(5),
  amount: fc.integer({ min: 1, max: 130_000 }),
  days: fc.nat(30),
  reads: fc.boolean(),
})
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

/** Charges, rights and an arbiter that agreements of the histories have. */
const besides = {
  ...{ coolingOffDays: 60, defaultAfterDays: 1 },
  eventCharges: [{ name: 'reminder', amount: 500 }],
}

/** Writes a history: Lena's offer, Bob's and Carl's applications, and what follows; Dora arbitrates, Mallory meddles. */
function historyOf(steps: readonly Step[]): FoldRecord[] {
  const small = { ...STORY_TERMS, capacity: 300_000, maxAmount: 300_000 }
  const story = new LoanStory({ instalments: 3, terms: small })
  const people = [
    story.lender,
    story.borrower,
    new LogWriter('carl', story.lender.now),
    new LogWriter('mallory', story.lender.now),
    new LogWriter('dora', story.lender.now),
  ]
  const all = (): FoldRecord[] => people.flatMap(({ records }) => records)
  /** How much of each other log everyone has read. */
  const read = people.map(() => people.map(() => 0))
  const known = (who: number): FoldRecord[] =>
    people.flatMap(({ records }, of) => (of === who ? records : records.slice(0, read[who]![of])))
  const others = (who: number) =>
    people.flatMap(({ records }, of) => (of === who ? [] : records.slice(0, read[who]![of]).slice(-2)))
  for (const { who, what, which, amount, days, reads } of steps) {
    const by = people[who]!
    by.now += (days * DAY_MS) / 4
    if (reads) by.now = Math.max(by.now, ...people.map(({ records }) => records.at(-1)?.at ?? 0))
    if (reads) read[who] = people.map(({ records }) => records.length)
    const pick = (...kinds: string[]) => {
      const found = known(who).filter(({ kind }) => kinds.includes(kind))
      return found[which % Math.max(found.length, 1)]
    }
    const day = new Date(by.now).toISOString().slice(0, 10)
    const application = pick('application.submitted')
    const proposal = pick('agreement.proposed', 'loan.adopted')
    const sent = pick('payment.sent')
    const write = (
      kind: string,
      subj: FoldRecord | undefined,
      body: FoldRecord['body'] = {},
      extra: FoldRecord[] = [],
    ) => {
      const refs = [...new Set([...extra, ...(reads ? others(who) : [])])]
      if (subj) by.write(kind, { subj, body, refs: refs.filter((ref) => ref.author !== by.author && ref !== subj) })
    }
    /** The id of an own record of this kind. */
    const own = (kind: string): Uint8Array | undefined => {
      const found = by.records.filter((record) => record.kind === kind)
      return found.length > 0 ? fromText(found[which % found.length]!.id) : undefined
    }
    /** Answers a record of someone else that the body names. */
    const naming = (kind: string, member: string, answered: FoldRecord | undefined, body: FoldRecord['body'] = {}) => {
      if (answered && answered.author !== by.author)
        write(kind, proposal, { ...body, [member]: fromText(answered.id) }, [answered])
    }
    const acts: (() => unknown)[] = [
      () =>
        void by.write('application.submitted', { refs: [story.offer], body: story.ask({ amount: 50_000 + amount }) }),
      () => write('application.withdrawn', application),
      () => write('application.declined', application, { reason: 'no' }),
      () => {
        if (!application || application.author === by.author) return
        const asked = application.body['amount'] as number
        const answer: Partial<AgreementBody> = {
          application: fromText(application.id),
          borrower: fromText(application.author),
          lenders: [[by.key, asked]],
          ...besides,
          arbiter: people[4]!.key,
          terms: { ...story.agreement().terms, principal: asked, ...(which === 1 ? LATE : {}) },
          instalments: [
            ['2026-02-15', asked - 1_000, 500, 10],
            ['2026-03-15', 1_000, 100, 0],
          ],
          expiresAt: by.now + 30 * DAY_MS,
        }
        story.propose(answer, [application], by)
      },
      () => write('agreement.signed', proposal),
      () => write('agreement.signed', proposal),
      () => {
        const signatures = known(who).filter(
          (record) => record.kind === 'agreement.signed' && record.subj === proposal?.id && record.author !== by.author,
        )
        if (proposal) by.write('agreement.concluded', { subj: proposal, refs: signatures })
      },
      () => write('agreement.lapsed', proposal),
      () => write('agreement.declined', proposal, { reason: 'no' }),
      () => write('payment.sent', proposal, { amount, valueDate: day, rail: 'bank', reference: '' }),
      () => write('payment.confirmed', proposal, { amount, receivedOn: day, rail: 'cash' }),
      () => {
        if (!sent || sent.author === by.author) return
        const all = sent.body['amount'] as number
        write(
          'payment.confirmed',
          proposal,
          { amount: all, receivedOn: day, rail: 'bank', payment: fromText(sent.id) },
          [sent],
        )
      },
      () => {
        if (sent && sent.author !== by.author)
          write('payment.refused', proposal, { payment: fromText(sent.id), reason: 'no' }, [sent])
      },
      () =>
        write(
          'offer.amended',
          story.offer,
          offerBody({ ...small, maxAmount: 100_000 + amount, capacity: 150_000 + amount }),
        ),
      () => which === 0 && write('offer.withdrawn', story.offer),
      () => write('payment.refunded', proposal, { amount: 1 + (amount % 500), valueDate: day }),
      () => {
        const part = which % 2 === 0 ? {} : { amount: 1 + (amount % 5_000) }
        const confirmation = own('payment.confirmed')
        if (confirmation) write('payment.reversed', proposal, { confirmation, reason: '', ...part })
      },
      () => naming('payment.reversalAccepted', 'reversal', pick('payment.reversed')),
      () =>
        naming('payment.established', 'payment', pick('payment.sent'), {
          ...{ amount: (pick('payment.sent')?.body['amount'] as number) ?? 1, receivedOn: day, reason: '' },
        }),
      () => {
        const credit = (['goodwill', 'merchantRefund', 'payoutRefund'] as const)[which % 3]!
        write('credit.granted', proposal, { credit, amount, date: day, reason: '' })
      },
      () => {
        const event = { charge: 'event', name: 'reminder', component: which % 2 ? 'fee' : 'penalty' }
        const late = { charge: 'lateFee', name: '', component: 'fee' }
        const said = which > 3 ? late : event
        write('charge.levied', proposal, { ...said, amount: 1 + (amount % 500), due: day, reason: '' })
      },
      () => {
        const charge = own('charge.levied')
        if (charge) write('charge.waived', proposal, { charge, reason: '' })
      },
      () => {
        const charge = own('charge.levied')
        if (charge) write('charge.adjusted', proposal, { charge, amount: 1 + (amount % 500), reason: '' })
      },
      () => {
        const body = { effectiveOn: day, table: [[day, 1, 0, 0]], reason: '', expiresAt: by.now + 30 * DAY_MS }
        const pause = { type: 'interestPause', from: day, to: '2027-01-01' }
        write('restructure.proposed', proposal, { ...body, change: which % 2 ? pause : { type: 'reamortise' } })
      },
      () => naming('restructure.signed', 'change', pick('restructure.proposed')),
      () => naming('restructure.declined', 'change', pick('restructure.proposed'), { reason: '' }),
      () => {
        const change = own('restructure.proposed')
        const signed = known(who).filter(
          ({ kind, author, body }) =>
            kind === 'restructure.signed' && author !== by.author && sameBytes(body['change'], change),
        )
        if (change && proposal) by.write('restructure.concluded', { subj: proposal, body: { change }, refs: signed })
      },
      () => {
        const change = own('restructure.proposed')
        if (change) write('restructure.lapsed', proposal, { change })
      },
      () => write('default.declared', proposal, { reason: '' }),
      () => which === 0 && write('note.writtenOff', proposal, { reason: '' }),
      () => which === 0 && write('agreement.cancelled', proposal, { reason: '' }),
      () => write('agreement.cancellationContested', proposal, { reason: '' }),
      () => {
        const [lender, borrower] = which % 2 ? [by, people[1]!] : [people[0]!, by]
        const on = new Date(by.now - (which % 3) * DAY_MS).toISOString().slice(0, 10)
        const paper = new AdoptedStory(
          [
            [on, amount, 300, 0],
            ['2026-09-15', 5_000, 0, 20],
          ],
          on,
        )
        const lenders: AgreementBody['lenders'] = [[lender.key, amount + 5_000]]
        const expiresAt = by.now + 30 * DAY_MS
        paper.propose({ borrower: borrower.key, lenders, arbiter: people[4]!.key, defaultAfterDays: 1, expiresAt }, by)
      },
    ]
    acts[what]!()
  }
  return all()
}

const sameBytes = (a: unknown, b: Uint8Array | undefined): boolean =>
  a instanceof Uint8Array && b !== undefined && Buffer.compare(a, b) === 0

/** The usual life of a loan; histories begin with some part of it, so that random steps find something to act on. */
const usual: Step[] = (
  [
    { who: 0, what: 3 },
    { who: 0, what: 4 },
    { who: 1, what: 4 },
    { who: 0, what: 6 },
    { who: 0, what: 9, amount: 120_000 },
    { who: 1, what: 11 },
    { who: 0, what: 10, amount: 30_000, days: 4 },
    { who: 1, what: 9, amount: 50 },
    { who: 0, what: 12, which: 1 },
    { who: 4, what: 18, which: 1 },
    { who: 0, what: 20, which: 1, amount: 300, days: 20 },
    { who: 0, what: 22, amount: 100 },
    { who: 0, what: 21 },
    { who: 0, what: 19 },
    { who: 0, what: 16, which: 1 },
    { who: 1, what: 17 },
    { who: 1, what: 23, days: 20 },
    { who: 0, what: 24 },
    { who: 1, what: 26 },
    { who: 1, what: 23, which: 1 },
    { who: 0, what: 25, which: 1 },
    { who: 1, what: 27, which: 1 },
    { who: 0, what: 28, days: 160 },
    { who: 1, what: 30 },
    { who: 0, what: 31 },
    { who: 0, what: 29 },
    { who: 0, what: 10, amount: 129_000 },
    { who: 0, what: 15 },
  ] as Partial<Step>[]
).map((act) => ({ who: 0, what: 0, which: 0, amount: 1, days: 1, reads: true, ...act }))
/** Some are over before they begin: the application is declined. */
const declined: Step[] = [{ who: 0, what: 2, which: 0, amount: 1, days: 1, reads: true }]
const begins = fc.oneof(
  { weight: 14, arbitrary: fc.nat(usual.length).map((begun) => usual.slice(0, begun)) },
  { weight: 1, arbitrary: fc.constant(declined) },
)
const histories = fc
  .tuple(begins, fc.array(step, { maxLength: 45 }))
  .map(([begun, steps]) => historyOf([...begun, ...steps]))

describe('the rules of lending, over random histories', () => {
  it('end in the same state in every causal order, for every kind', () => {
    fc.assert(
      fc.property(histories, fc.array(fc.nat(), { minLength: 3, maxLength: 3 }), (records, seeds) => {
        const canonical = digestsOf(foldAll(rules, records, canonicalOrder))
        for (const seed of seeds) expect(digestsOf(foldAll(rules, records, orderOf(seed)))).toEqual(canonical)
      }),
      { numRuns: 250 },
    )
  })

  it('reach what they are to test: every kind in force, and voids of all sorts', () => {
    const valid = new Set<string>()
    const voided = new Set<string>()
    for (const records of fc.sample(histories, { seed: 1, numRuns: 500 })) {
      const { voids } = foldAll(rules, records, canonicalOrder)
      for (const record of records) {
        const why = voids.get(record.id) ?? rules.checkAlone(record)
        if (why === null) valid.add(record.kind)
        else voided.add(why)
      }
    }
    const meant = [offerRules, loanRules, paymentRules].flatMap(({ kinds }) => kinds.map(({ name }) => name))
    expect(meant.filter((kind) => !valid.has(kind))).toEqual([])
    expect(voided.size).toBeGreaterThan(12)
  })

  it('never pledge more than the capacity, nor leave anything outstanding below zero', () => {
    let loansSeen = 0
    fc.assert(
      fc.property(histories, (records) => {
        const { states } = foldAll(rules, records, canonicalOrder)
        for (const [key, state] of states) {
          if (key.startsWith('offer')) {
            expect(available(state as OfferState)).toBeGreaterThanOrEqual(0)
            expect(pledged(state as OfferState)).toBeLessThanOrEqual((state as OfferState).terms!.capacity)
          }
          const loan = state as LoanState
          if (!key.startsWith('loan') || !loan.agreement) continue
          loansSeen++
          for (const asOf of ['2026-01-20', '2026-02-20', '2026-12-31', '2030-01-01']) {
            const { disbursed, outstanding, paid, overpaid, instalments, allocations, principalOwed } = standing(
              loan,
              asOf,
            )
            expect(principalOwed).toBeGreaterThanOrEqual(0)
            expect(disbursed).toBeLessThanOrEqual(loan.agreement.terms.principal)
            for (const left of [...Object.values(outstanding), ...Object.values(paid), overpaid])
              expect(left).toBeGreaterThanOrEqual(0)
            for (const row of instalments) expect(row.paid + row.outstanding).toBe(row.total)
            const rows = instalments.reduce((sum, { total }) => sum + total, 0)
            if (outstanding.total + paid.total > 0) expect(outstanding.total + paid.total).toBe(rows)
            for (const { payment, principal, interest, fees, penalties, overpaid: beyond } of allocations)
              expect(principal + interest + fees + penalties + beyond).toBe(loan.confirmed[payment]!.amount)
          }
        }
      }),
      { numRuns: 200 },
    )
    expect(loansSeen).toBeGreaterThan(100)
  })

  it('make books that balance, mirror each other every day, and account for every confirmed payment', () => {
    let entriesSeen = 0
    fc.assert(
      fc.property(histories, (records) => {
        const { states } = foldAll(rules, records, canonicalOrder)
        for (const [key, state] of states) {
          const loan = state as LoanState
          if (!key.startsWith('loan') || !loan.agreement) continue
          const entries = journalOf(loan)
          entriesSeen += entries.length
          for (const { postings } of entries) expect(postings.reduce((sum, { amount }) => sum + amount, 0n)).toBe(0n)
          expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length)
          for (const day of new Set(entries.map(({ valueDate }) => valueDate))) {
            const balance = balancesOn(entries, day)
            expect(balance('principal-receivable')).toBe(-balance('principal-payable'))
            expect(balance('overpayment-receivable')).toBe(-balance('overpayment-payable'))
            expect(balance('principal-receivable')).toBeGreaterThanOrEqual(0n)
            expect(balance('overpayment-receivable')).toBeGreaterThanOrEqual(0n)
          }
          const { overpaid, principalOwed } = standing(loan, '9999-12-31')
          const balance = balancesOn(entries, '9999-12-31')
          expect(balance('principal-receivable')).toBe(BigInt(principalOwed))
          expect(balance('overpayment-receivable')).toBe(BigInt(overpaid))
          for (const detail of ['interest', 'fees', 'penalties', 'goodwill'])
            expect(balance(detail, 'income')).toBe(-balance(detail, 'expense'))
          const waiting = unanswered(loan).reduce((sum, [, { amount }]) => sum + BigInt(amount), 0n)
          expect(balance('in-transit')).toBe(waiting)
        }
      }),
      { numRuns: 200 },
    )
    expect(entriesSeen).toBeGreaterThan(150)
  })
})

/** What all accounts of a sort add up to at the end of a day, debits minus credits, in both parties' books. */
function balancesOn(entries: readonly JournalEntry[], day: string) {
  const lines = entries.filter(({ valueDate }) => valueDate <= day).flatMap(({ postings }) => postings)
  return (detail: string, accountClass?: string): bigint =>
    lines
      .filter(({ account }) => {
        const parts = accountParts(account)!
        return parts.detail === detail && (accountClass === undefined || parts.class === accountClass)
      })
      .reduce((sum, { amount }) => sum + amount, 0n)
}
