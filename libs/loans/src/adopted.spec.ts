import { foldWorld, Rules } from '#libs/fold'
import { offerRules } from '#libs/offers'
import { requestRules } from '#libs/requests'
import { balanceOf } from './adopted.js'
import type { AgreementBody } from './agreement.js'
import type { LoanState } from './loan.js'
import { promisedBy } from './loan-pledge.js'
import { loanRules } from './rules.js'
import { standing } from './standing.js'
import { AdoptedStory } from './testing/adopted-story.js'
import { timelineOf } from './timeline.js'
import { LogWriter } from '../../offers/src/testing/log-writer.js'

const rules = new Rules([offerRules, requestRules, loanRules])

function fold(story: AdoptedStory): { loan: LoanState; voids: ReadonlyMap<string, string> } {
  const { folded, voids } = foldWorld(story.records, rules)
  return { loan: folded.get(`${story.proposal.id} loan`)?.state as LoanState, voids }
}

describe('a loan that ran before', () => {
  it.each(['lender', 'borrower'] as const)('is proposed by the %s, and runs once both signed it', (side) => {
    const story = new AdoptedStory()
    story.agreed(story[side])
    const { loan, voids } = fold(story)
    expect([...voids]).toEqual([])
    expect(standing(loan, '2026-01-19')).toMatchObject({ status: 'agreed', outstanding: { total: 0 } })
    expect(standing(loan, '2026-01-20')).toMatchObject({
      ...{ status: 'in_arrears', principalOwed: 100_000, daysPastDue: 36, overdue: 31_650 },
      outstanding: { principal: 100_000, interest: 2_200, fees: 250, total: 102_450 },
    })
    expect(timelineOf(loan).map(({ kind }) => kind)).toEqual([
      ...['loan.adopted', 'agreement.signed', 'agreement.signed', 'agreement.concluded'],
    ])
  })

  it('owes nothing, and promises nothing of the lender, before it is concluded', () => {
    const story = new AdoptedStory()
    story.propose()
    story.lender.write('agreement.signed', { subj: story.proposal })
    const { loan } = fold(story)
    expect(standing(loan, '2026-02-01')).toMatchObject({ status: 'proposed', principalOwed: 0 })
    expect(promisedBy(loan)).toEqual([])
  })

  it('is not late when nothing was, and no row is owed before it falls due', () => {
    const story = new AdoptedStory([['2026-02-15', 30_000, 500, 0]], '2026-02-15')
    story.agreed()
    const { loan } = fold(story)
    expect(loan.agreement!.adopted).toEqual({
      ...{ on: '2026-02-15', principal: 30_000, interest: 500, fees: 0, paper: 'loan book, page 14' },
    })
    expect(standing(loan, '2026-02-15')).toMatchObject({ status: 'active', overdue: 0, daysPastDue: 0 })
  })

  it('names the oldest row that is late, and what is owed of it', () => {
    const { rows } = new AdoptedStory()
    expect(balanceOf(rows, '2025-12-15')).toMatchObject({ interest: 800, fees: 0 })
    expect(balanceOf(rows, '2025-12-15').lateSince).toBeUndefined()
    expect(balanceOf(rows, '2025-12-16')).toMatchObject({ interest: 800, lateSince: '2025-12-15' })
    expect(balanceOf(rows, '2026-01-20')).toMatchObject({ principal: 100_000, interest: 1_400, fees: 250 })
  })

  const story = new AdoptedStory()
  const { adopted, terms } = story.agreement()
  it.each<[why: string, changes: Partial<AgreementBody>]>([
    ['balance_differs_from_table', { adopted: { ...adopted!, principal: 99_999 } }],
    ['balance_differs_from_table', { adopted: { ...adopted!, interest: 1_399 } }],
    ['balance_differs_from_table', { adopted: { ...adopted!, fees: 0 } }],
    ['arrears_differ_from_table', { adopted: { ...adopted!, lateSince: '2026-01-15' } }],
    ['balance_day_out_of_range', { adopted: { ...adopted!, on: '2026-01-22' } }],
    ['balance_day_out_of_range', { adopted: { ...adopted!, on: '2025-11-14' } }],
    ['balance_day_out_of_range', { adopted: { ...adopted!, on: '2026-01-32' } }],
    ['late_charges_counted_twice', { terms: { ...terms, lateFee: { amount: 500 } } }],
    ['late_charges_counted_twice', { terms: { ...terms, penaltyRatePpm: 10_000 } }],
    ['table_not_own', { instalments: story.rows.map(([date, ...cells]) => [date, cells[0], cells[1] + 1, cells[2]]) }],
    ['table_starts_too_early', { terms: { ...terms, startDate: '2025-12-15' } }],
    ['body_malformed', { coolingOffDays: 14 }],
    ['body_malformed', { offer: story.lender.key }],
    ['borrower_lends', { borrower: story.lender.key }],
    ['arbiter_is_party', { arbiter: story.borrower.key }],
    ['expiry_in_the_past', { expiresAt: 1 }],
  ])('is void when it contradicts itself: %s', (why, changes) => {
    const broken = new AdoptedStory()
    expect(rules.checkAlone(broken.propose(changes))).toBe(why)
  })

  it('is proposed by nobody but its parties, and signed by nobody else', () => {
    const broken = new AdoptedStory()
    expect(rules.checkAlone(broken.propose({}, new LogWriter('mallory', broken.lender.now)))).toBe('not_a_party')
    const sound = new AdoptedStory()
    sound.propose()
    const mallory = new LogWriter('mallory', sound.lender.now)
    const signature = mallory.write('agreement.signed', { subj: sound.proposal })
    const { voids } = foldWorld([...sound.records, signature], rules)
    expect(voids.get(signature.id)).toBe('not_a_party')
  })

  it('may charge for being late where nothing is late yet', () => {
    const inTime = new AdoptedStory([['2026-02-15', 30_000, 500, 0]])
    expect(rules.checkAlone(inTime.propose({ terms: { ...inTime.terms, lateFee: { amount: 500 } } }))).toBeNull()
  })
})
