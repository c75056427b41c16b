/** The largest agreement: sixty lenders, a servicer, six hundred rows. */
import { canonicalOrder, Rules, type Body } from '#libs/fold'
import { offerRules } from '#libs/offers'
import { encodeBody, fromText, MAX_BODY_BYTES, MAX_REFS } from '#libs/record'
import { requestRules } from '#libs/requests'
import { proposalBody } from './agreement.js'
import type { LoanState } from './loan.js'
import { noteTables } from './note-tables.js'
import { loanRules } from './rules.js'
import { RequestStory } from './testing/request-story.js'
import { foldAll } from '../../offers/src/testing/any-order.js'
import { LogWriter } from '../../offers/src/testing/log-writer.js'

const rules = new Rules([offerRules, requestRules, loanRules])

function signedBySixty() {
  const servicer = new LogWriter('sam', Date.UTC(2026, 0, 2))
  const story = new RequestStory({
    ...{ amount: 6_000_000, leastAmount: 6_000_000, instalments: 600, every: { count: 1, unit: 'week' } },
    servicer: servicer.author,
  })
  const lenders = Array.from({ length: 60 }, (_, k) => new LogWriter(`lender ${k}`, story.startedAt))
  const bids = lenders.map((lender, k) => story.bid(lender, { amount: 100_000, ratePpm: 50_000 + 7 * k }))
  const body = story.agreement(bids.map((bid) => [bid, 100_000] as const))
  const proposal = story.propose(body)
  const signatures = [...lenders, servicer].map((by) => {
    by.now = Math.max(by.now, proposal.at)
    return by.write('agreement.signed', { subj: proposal })
  })
  const { borrower } = story
  borrower.write('agreement.signed', { subj: proposal })
  const concluded = borrower.write('agreement.concluded', { subj: proposal, refs: signatures })
  const records = [borrower, servicer, ...lenders].flatMap((of) => of.records)
  return { body, proposal, concluded, records }
}

it('fits in a record with its table and is concluded by every signature', () => {
  const { body, proposal, concluded, records } = signedBySixty()
  expect(encodeBody(new Uint8Array(16), proposalBody(body)).length).toBeLessThan(MAX_BODY_BYTES)
  expect(concluded.refs).toHaveLength(61)
  expect(concluded.refs.length).toBeLessThanOrEqual(MAX_REFS)
  const { states, voids } = foldAll(rules, records, (of, causes) => canonicalOrder(of, causes))
  expect([...voids]).toEqual([])
  const loan = states.get(`loan ${proposal.id}`) as LoanState
  expect(loan.outcome).toMatchObject({ stage: 'concluded', id: concluded.id })
  expect(loan.agreement!.terms.annualRatePpm).toBe(Math.ceil(50_000 + (7 * 59) / 2))
})

it('gives each lender a table that ends at the share', () => {
  const { body } = signedBySixty()
  const tables = noteTables(body)
  expect(tables).toHaveLength(60)
  for (const table of tables) expect(table.reduce((sum, [, principal]) => sum + principal, 0)).toBe(100_000)
})

it('is void without one of the bids, or with a sixty-first lender', () => {
  const { body, proposal } = signedBySixty()
  const why = (changes: Body, refs = proposal.refs) =>
    rules.checkAlone({ ...proposal, refs, body: { ...proposal.body, ...changes } })
  expect(why({})).toBeNull()
  expect(why({}, proposal.refs.slice(1))).toBe('bids_not_referenced')
  const more = fromText(proposal.id)
  expect(why({ lenders: [...body.lenders, [more, 1]], bids: [...body.bids!, more] })).toBe('body_malformed')
  expect(why({ bids: body.bids!.slice(1) })).toBe('bids_misnamed')
  expect(why({ offer: more })).toBe('origin_unclear')
  expect(why({ rates: body.rates!.map((rate) => rate + 1) })).toBe('rates_do_not_blend')
})
