import { canonicalOrder, Rules, type FoldRecord } from '#libs/fold'
import type { RequestTerms } from '#libs/messages'
import { offerRules } from '#libs/offers'
import { fromText } from '#libs/record'
import type { BidState } from './bid.js'
import { bidStatus, judgeTaking } from './bid.js'
import { requestBody } from './request-body.js'
import { requestStatus, type RequestState } from './request.js'
import { requestRules } from './rules.js'
import { foldAll } from '../../offers/src/testing/any-order.js'
import { LogWriter } from '../../offers/src/testing/log-writer.js'

const rules = new Rules([offerRules, requestRules])
const DAY_MS = 86_400_000
const START = Date.UTC(2026, 0, 1)

const TERMS: RequestTerms = {
  ...{ currency: 'EUR', amount: 100_000, leastAmount: 50_000, instalments: 6, every: { count: 1, unit: 'month' } },
  ...{ method: 'annuity', highestRatePpm: 90_000, purpose: 'seed', closesAt: START + 10 * DAY_MS },
}

/** Bob asks, Lena bids, Mallory meddles. */
function people() {
  const [bob, lena, mallory] = ['bob', 'lena', 'mallory'].map((name) => new LogWriter(name, START)) as [
    LogWriter,
    LogWriter,
    LogWriter,
  ]
  const publish = (changes: Partial<RequestTerms> = {}, at?: number) =>
    bob.write('request.published', { body: requestBody({ ...TERMS, ...changes }), ...(at === undefined ? {} : { at }) })
  const place = (request: FoldRecord, changes: FoldRecord['body'] = {}, by = lena) => {
    const named = { request: fromText(request.id), borrower: fromText(request.author) }
    const said = { currency: 'EUR', amount: 60_000, leastAmount: 10_000, ratePpm: 80_000 }
    const body = { ...named, ...said, validUntil: START + 20 * DAY_MS, ...changes }
    return by.write('bid.placed', { refs: [request], body })
  }
  const fold = () => {
    const records = [bob, lena, mallory].flatMap((of) => of.records)
    return foldAll(rules, records, (of, causes) => canonicalOrder(of, causes))
  }
  const why = (record: FoldRecord) => rules.checkAlone(record) ?? fold().voids.get(record.id) ?? null
  return { bob, lena, mallory, publish, place, fold, why }
}

describe('a request', () => {
  it('is open with its terms until its borrower withdraws it, once', () => {
    const { bob, publish, fold, why, mallory } = people()
    const request = publish({ arbiter: mallory.author })
    const state = () => fold().states.get(`request ${request.id}`) as RequestState
    expect(state()).toMatchObject({ borrower: bob.author, terms: { ...TERMS, arbiter: mallory.author } })
    expect(requestStatus(state())).toBe('open')
    expect(why(mallory.write('request.withdrawn', { subj: request }))).toBe('not_your_request')
    expect(why(bob.write('request.withdrawn', { subj: request }))).toBeNull()
    expect(requestStatus(state())).toBe('withdrawn')
    expect(why(bob.write('request.withdrawn', { subj: request }))).toBe('request_withdrawn')
  })

  it.each<[string, (bob: LogWriter) => Partial<RequestTerms>]>([
    ['amount_range_empty', () => ({ leastAmount: 100_001 })],
    ['closes_in_the_past', () => ({ closesAt: START })],
    ['own_table_unexpected', () => ({ method: 'ownTable' })],
    ['currency_unknown', () => ({ currency: 'XXQ' })],
    ['arbiter_is_party', (bob) => ({ arbiter: bob.author })],
    ['servicer_is_borrower', (bob) => ({ servicer: bob.author })],
    ['body_malformed', () => ({ majorityPpm: 500_000 })],
    ['body_malformed', () => ({ instalments: 0 })],
    ['terms_contradictory', () => ({ allocation: { inAdvance: 'reduceInstalment' } })],
  ])('is void: %s', (reason, changes) => {
    const { bob, publish, why } = people()
    expect(why(publish(changes(bob)))).toBe(reason)
  })
})

describe('a bid', () => {
  it('stands until it expires, is withdrawn, or is agreed', () => {
    const { lena, mallory, publish, place, fold, why } = people()
    const bid = place(publish())
    const state = () => fold().states.get(`bid ${bid.id}`) as BidState
    expect(state()).toMatchObject({ lender: lena.author, amount: 60_000, ratePpm: 80_000 })
    expect(bidStatus(state(), START + 20 * DAY_MS)).toBe('open')
    expect(bidStatus(state(), START + 20 * DAY_MS + 1)).toBe('expired')
    expect(why(mallory.write('bid.withdrawn', { subj: bid, refs: [] }))).toBe('not_your_bid')
    expect(why(lena.write('bid.withdrawn', { subj: bid }))).toBeNull()
    expect(bidStatus(state(), START)).toBe('withdrawn')
    expect(why(lena.write('bid.withdrawn', { subj: bid }))).toBe('bid_withdrawn')
  })

  it.each<[string, FoldRecord['body']]>([
    ['amount_range_empty', { leastAmount: 60_001 }],
    ['expiry_in_the_past', { validUntil: START }],
    ['amount_out_of_range', { amount: 100_001 }],
    ['rate_above_highest', { ratePpm: 90_001 }],
    ['currency_differs', { currency: 'CHF' }],
    ['borrower_misnamed', { borrower: new Uint8Array(32) }],
    ['request_not_referenced', { request: new Uint8Array(32) }],
  ])('is void: %s', (reason, changes) => {
    const { publish, place, why } = people()
    expect(why(place(publish(), changes))).toBe(reason)
  })

  it('is void on an own request, one that is over, and by its arbiter', () => {
    const { bob, lena, mallory, publish, place, why } = people()
    const request = publish({ arbiter: mallory.author })
    expect(why(place(request, {}, bob))).toBe('own_request')
    expect(why(place(request, {}, mallory))).toBe('arbiter_is_party')
    lena.now = TERMS.closesAt + 1
    expect(why(place(request))).toBe('request_closed')
    const other = publish({ closesAt: TERMS.closesAt + 20 * DAY_MS })
    bob.write('request.withdrawn', { subj: other })
    // What Lena has not read does not make her bid void; what she has read does.
    expect(why(place(other, { validUntil: lena.now + DAY_MS }))).toBeNull()
    const named = { request: fromText(other.id), borrower: bob.key, validUntil: lena.now + DAY_MS }
    const said = { currency: 'EUR', amount: 60_000, leastAmount: 10_000, ratePpm: 80_000 }
    const refs = [other, bob.records.at(-1)!]
    expect(why(lena.write('bid.placed', { refs, body: { ...named, ...said } }))).toBe('request_not_referenced')
  })

  it('is taken by its request alone, within what it says, at its rate or more', () => {
    const { bob, publish, place, fold } = people()
    const request = publish()
    const bid = place(request)
    const state = fold().states.get(`bid ${bid.id}`) as BidState
    const taking = {
      ...{ request: request.id, proposer: bob.author, currency: 'EUR', lender: bid.author },
      ...{ share: 60_000, ratePpm: 80_000, at: START + DAY_MS },
    }
    expect(judgeTaking(state, taking)).toBeNull()
    const refusals = [
      { request: bid.id },
      { proposer: bid.author },
      { lender: bob.author },
      { currency: 'CHF' },
      { share: 60_001 },
      { share: 9_999 },
      { ratePpm: 79_999 },
      { at: START + 21 * DAY_MS },
    ].map((changes) => judgeTaking(state, { ...taking, ...changes })?.refused)
    expect(refusals).toEqual([
      ...['request_misnamed', 'not_your_request', 'bid_misnamed', 'currency_differs'],
      ...['share_outside_bid', 'share_outside_bid', 'rate_below_bid', 'bid_expired'],
    ])
    expect(judgeTaking({ ...state, proposals: { loan: 'open' } }, taking)).toEqual({
      refused: 'bid_taken',
      loan: 'loan',
    })
    expect(judgeTaking({ ...state, proposals: { loan: 'lapsed' } }, taking)).toBeNull()
  })
})
