/**
 * What requests, bids and the agreements that take them promise, over random histories: people who know only part of what was
 * written act at random, rightly and wrongly.
 */
import fc from 'fast-check'
import { canonicalOrder, Rules, type FoldRecord } from '#libs/fold'
import type { LendingLimit } from '#libs/messages'
import { judgeLimit, offerRules, pledgedIn, type NewPledge, type Promised } from '#libs/offers'
import { fromText } from '#libs/record'
import { promisedBy as promisedByBid, requestRules, type BidState, type RequestState } from '#libs/requests'
import type { AgreementBody } from './agreement.js'
import type { LoanState } from './loan.js'
import { pledgeOfSigning, promisedBy } from './loan-pledge.js'
import { loanRules } from './rules.js'
import { RequestStory } from './testing/request-story.js'
import { digestsOf, foldAll, orderOf } from '../../offers/src/testing/any-order.js'
import { LogWriter } from '../../offers/src/testing/log-writer.js'

const rules = new Rules([offerRules, requestRules, loanRules])
const HOUR_MS = 3_600_000

/** One thing that someone does: who, what, on which of the possible objects, with how much, and whether it reads first. */
const step = fc.record({
  who: fc.nat(4),
  what: fc.nat(11),
  which: fc.nat(5),
  amount: fc.integer({ min: 1, max: 130_000 }),
  hours: fc.nat(60),
  reads: fc.boolean(),
})
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

/** What a lender's node lets its owner do, by what it knows; without one everyone does as the step says. */
interface Guard {
  maySign(signer: LogWriter, proposal: FoldRecord, known: FoldRecord[]): boolean
  mayBid(bidder: LogWriter, amount: number, known: FoldRecord[]): boolean
}

/** Bob (0) and Carl (1) ask; Lena (2), Lars (3) and Lotte (4) lend; all of them also try what is not theirs. */
function historyOf(steps: readonly Step[], guard?: Guard): FoldRecord[] {
  const story = new RequestStory()
  const { startedAt } = story
  const people = [story.borrower, ...['carl', 'lena', 'lars', 'lotte'].map((name) => new LogWriter(name, startedAt))]
  /** How much of each other log everyone has read. */
  const read = people.map(() => people.map(() => 0))
  const known = (who: number): FoldRecord[] =>
    people.flatMap(({ records }, of) => (of === who ? records : records.slice(0, read[who]![of])))
  for (const { who, what, which, amount, hours, reads } of steps) {
    const by = people[who]!
    by.now += hours * HOUR_MS
    if (reads) by.now = Math.max(by.now, ...people.map(({ records }) => records.at(-1)?.at ?? 0))
    if (reads) read[who] = people.map(({ records }) => records.length)
    const pick = (kind: string) => {
      const found = known(who).filter((record) => record.kind === kind)
      return found[which % Math.max(found.length, 1)]
    }
    const [request, bid, proposal] = [pick('request.published'), pick('bid.placed'), pick('agreement.proposed')]
    const write = (
      kind: string,
      subj: FoldRecord | undefined,
      refs: FoldRecord[] = [],
      body: FoldRecord['body'] = {},
    ) => {
      if (subj) by.write(kind, { subj, body, refs: refs.filter(({ author }) => author !== by.author) })
    }
    const acts: (() => unknown)[] = [
      () => story.publish({ amount: 60_000 + amount, leastAmount: 30_000 }, by),
      () => which === 0 && write('request.withdrawn', request),
      ...[1, 2].map(() => () => {
        if (!request || request.author === by.author || guard?.mayBid(by, amount, known(who)) === false) return
        const leastAmount = Math.max(1, amount - which * 10_000)
        story.bid(by, { amount, leastAmount, ratePpm: 60_000 + which * 15_000 }, request)
      }),
      () => write('bid.withdrawn', bid),
      ...[1, 2, 3].map(() => () => {
        const own = known(who).findLast(({ kind, author }) => kind === 'request.published' && author === by.author)
        const newest = new Map<string, FoldRecord>()
        for (const other of known(who))
          if (other.kind === 'bid.placed' && other.refs[0] === (own ?? request)?.id) newest.set(other.author, other)
        const taken = [...newest.values()].slice(0, 1 + (which % 3))
        const shares = taken.map((of) => [of, partOf(of, amount)] as const)
        const asked = own ?? request
        if (asked && shares.length > 0) propose(story, by, asked, shares)
      }),
      () => guard?.maySign(by, proposal!, known(who)) !== false && write('agreement.signed', proposal),
      () => write('agreement.declined', proposal, [], { reason: 'no' }),
      () => {
        const signed = known(who).filter((of) => of.kind === 'agreement.signed' && of.subj === proposal?.id)
        write('agreement.concluded', proposal, signed)
      },
      () => write('agreement.lapsed', proposal),
    ]
    acts[what]!()
  }
  return people.flatMap(({ records }) => records)
}

/** About so much of a bid, within what it says. */
const partOf = ({ body }: FoldRecord, amount: number): number =>
  Math.max(body['leastAmount'] as number, Math.min(amount, body['amount'] as number))

function propose(
  story: RequestStory,
  by: LogWriter,
  request: FoldRecord,
  shares: (readonly [FoldRecord, number])[],
): void {
  let body: AgreementBody
  try {
    body = story.agreement(shares, request, by)
  } catch {
    // No node would have made it: less than the least, or a bid that no longer stands.
    return
  }
  const refs = shares.map(([bid]) => bid).filter(({ author }) => author !== by.author)
  story.propose({ ...body, borrower: fromText(by.author) }, by, refs)
}

/** The usual way to a loan of two lenders; histories begin with some part of it. */
const usual: Step[] = (
  [
    { who: 2, what: 2, which: 2, amount: 70_000 },
    { who: 3, what: 3, which: 1, amount: 60_000 },
    { who: 0, what: 5, which: 1, amount: 60_000 },
    { who: 0, what: 8 },
    { who: 2, what: 8 },
    { who: 3, what: 8 },
    { who: 0, what: 10 },
  ] as Partial<Step>[]
).map((act) => ({ who: 0, what: 0, which: 0, amount: 1, hours: 1, reads: true, ...act }))

const anySteps = fc
  .tuple(fc.nat(usual.length), fc.array(step, { maxLength: 30 }))
  .map(([begun, steps]) => [...usual.slice(0, begun), ...steps])
const histories = anySteps.map((steps) => historyOf(steps))
const fold = (records: FoldRecord[]) => foldAll(rules, records, (of, causes) => canonicalOrder(of, causes))
const statesOf = <S>({ states }: ReturnType<typeof fold>, type: string): S[] =>
  [...states].flatMap(([key, state]) =>
    key.startsWith(`${type} `) && (state as { id: string }).id ? [state as S] : [],
  )

describe('requests and bids, over random histories', () => {
  it('end in the same state in every causal order, for every kind', () => {
    fc.assert(
      fc.property(histories, fc.array(fc.nat(), { minLength: 2, maxLength: 2 }), (records, seeds) => {
        const canonical = digestsOf(fold(records))
        for (const seed of seeds) expect(digestsOf(foldAll(rules, records, orderOf(seed)))).toEqual(canonical)
      }),
      { numRuns: 200 },
    )
  })

  it('reach every kind in force, and voids of all sorts', () => {
    const valid = new Set<string>()
    const voided = new Set<string>()
    for (const records of fc.sample(histories, { numRuns: 150, seed: 5 })) {
      const { voids } = fold(records)
      for (const { id, kind } of records) {
        const why = voids.get(id)
        if (why === undefined) valid.add(kind)
        else voided.add(why)
      }
    }
    expect(requestRules.kinds.filter(({ name }) => !valid.has(name))).toEqual([])
    expect([...valid]).toEqual(
      expect.arrayContaining(['agreement.proposed', 'agreement.concluded', 'agreement.lapsed']),
    )
    expect([...voided]).toEqual(
      expect.arrayContaining(['request_proposed', 'request_agreed', 'not_your_bid', 'not_your_request']),
    )
  })

  it('take a bid once at a time, within what it says, and conclude only what all have signed', () => {
    let shared = 0
    fc.assert(
      fc.property(histories, (records) => {
        const world = fold(records)
        const live = (proposals: { [loan: string]: string }) =>
          Object.values(proposals).filter((stage) => stage !== 'lapsed')
        for (const { proposals } of statesOf<RequestState>(world, 'request'))
          expect(live(proposals).length).toBeLessThanOrEqual(1)
        const bids = new Map(statesOf<BidState>(world, 'bid').map((bid) => [bid.id, bid]))
        for (const { proposals } of bids.values()) expect(live(proposals).length).toBeLessThanOrEqual(1)
        for (const loan of statesOf<LoanState>(world, 'loan')) {
          const { lenders, bids: taken, rates, terms, borrower } = loan.agreement!
          lenders.forEach(([lender, share], k) => {
            const bid = bids.get(taken![k]!)!
            expect(bid).toMatchObject({ lender, borrower })
            expect(share >= bid.leastAmount && share <= bid.amount).toBe(true)
            expect(rates?.[k] ?? terms.annualRatePpm).toBeGreaterThanOrEqual(bid.ratePpm)
          })
          if (loan.outcome?.stage !== 'concluded') continue
          if (lenders.length > 1) shared++
          for (const party of [borrower, ...lenders.map(([lender]) => lender)])
            expect(loan.signatures[party]).toBeDefined()
        }
      }),
      { numRuns: 300 },
    )
    expect(shared).toBeGreaterThan(10)
  })

  it('never bind a lender beyond the limit, when its node signs and bids by what it knows', () => {
    let refused = 0
    /** What the lender's node knows to be promised: folds of what it has read and its own log. */
    const promisedOf = (lender: string, known: FoldRecord[]): Promised[] => {
      const world = fold(known)
      const all = [
        ...statesOf<BidState>(world, 'bid').flatMap(promisedByBid),
        ...statesOf<LoanState>(world, 'loan').flatMap(promisedBy),
      ]
      return all.filter((of) => of.lender === lender)
    }
    /** A node accepts a record when it holds what that names. */
    const held = (known: FoldRecord[]) => {
      const ids = new Set(known.map(({ id }) => id))
      return known.filter(({ refs, subj }) => [...refs, ...(subj ? [subj] : [])].every((id) => ids.has(id)))
    }
    const guardBy = (limit: LendingLimit): Guard => {
      const allows = (by: LogWriter, pledge: NewPledge, known: FoldRecord[]) => {
        const stop = judgeLimit(limit, promisedOf(by.author, held(known)), pledge, by.now)
        if (stop) refused++
        return !stop
      }
      return {
        mayBid: (by, amount, known) => allows(by, { currency: 'EUR', amount, as: 'promised' }, known),
        maySign(by, proposal, known) {
          const loan = proposal && statesOf<LoanState>(fold(held(known)), 'loan').find(({ id }) => id === proposal.id)
          const pledge = loan && pledgeOfSigning(loan.agreement!, by.author)
          return pledge ? allows(by, pledge, known) : true
        },
      }
    }
    fc.assert(
      fc.property(anySteps, fc.constantFrom('signed', 'promised' as const), (steps, counts) => {
        const limit = { amount: 90_000, counts }
        const records = historyOf(steps, guardBy(limit))
        for (const lender of new Set(records.map(({ author }) => author)))
          expect(pledgedIn('EUR', promisedOf(lender, records), 0).signed).toBeLessThanOrEqual(limit.amount)
      }),
      { numRuns: 200 },
    )
    expect(refused).toBeGreaterThan(20)
  })
})
