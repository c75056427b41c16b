import fc from 'fast-check'
import { foldWorld, Rules } from '#libs/fold'
import { guaranteeRules } from '#libs/guarantees'
import { loanRules, standing, type LoanState } from '#libs/loans'
import { addDays } from '#libs/money'
import { offerRules } from '#libs/offers'
import { paymentRules } from '#libs/payments'
import { requestRules } from '#libs/requests'
import { GuaranteedLoan } from '../../../guarantees/src/testing/guaranteed-loan.js'
import { anyLife, BOB, LENA, loanOf } from '../testing/loan-life.js'
import { FIGURES, TrackRecord } from './track-record.js'

const END = '2040-01-01'

function trackOf(identity: string, loans: readonly LoanState[], asOf = END): TrackRecord {
  const track = new TrackRecord(identity, asOf)
  for (const loan of loans) track.add(loan)
  return track
}

const anyLoans = fc.array(anyLife, { minLength: 1, maxLength: 3 }).map((lives) => lives.map(loanOf))

describe('a track record', () => {
  it('is what the folds of the loans say, figure by figure', () => {
    let late = 0
    fc.assert(
      fc.property(anyLoans, fc.integer({ min: 0, max: 900 }), (loans, days) => {
        const asOf = addDays(loans[0]!.agreement!.terms.startDate, days)
        const track = trackOf(BOB, loans, asOf)
        const repaid = track.evidence('repaid').reduce((sum, { amount }) => sum + amount, 0)
        const folded = loans.map((loan) => standing(loan, asOf))
        const allocated = folded.flatMap(({ allocations }) => allocations.map(({ principal }) => principal))
        expect(repaid).toBe(allocated.reduce((sum, principal) => sum + principal, 0))
        const { due, onTime, onTimePpm, worstDelayDays } = track.punctuality()
        expect(onTime).toBeLessThanOrEqual(due)
        expect(onTimePpm).toBe(due === 0 ? null : Math.floor((onTime * 1_000_000) / due))
        // Whoever is late now has been late for as long as the loan is past due, at least.
        const pastDue = Math.max(0, ...folded.map(({ daysPastDue }) => daysPastDue))
        expect(worstDelayDays).toBeGreaterThanOrEqual(pastDue)
        late += Number(worstDelayDays > 0)
        const lent = trackOf(LENA, loans, asOf).evidence('lent')
        expect(lent.map(({ loan }) => loan)).toEqual(track.evidence('borrowed').map(({ loan }) => loan))
      }),
      { numRuns: 200 },
    )
    expect(late).toBeGreaterThan(20)
  })

  it('has every sum from its evidence, which only grows as time goes on', () => {
    fc.assert(
      fc.property(anyLoans, fc.nat(600), fc.nat(600), (loans, some, more) => {
        const start = loans[0]!.agreement!.terms.startDate
        const [before, after] = [addDays(start, some), addDays(start, some + more)]
        const [early, late] = [trackOf(BOB, loans, before), trackOf(BOB, loans, after)]
        for (const figure of FIGURES) {
          const sums = late.sums().filter((sum) => sum.figure === figure)
          const evidence = late.evidence(figure)
          expect(sums.reduce((all, { count }) => all + count, 0)).toBe(evidence.length)
          expect(sums.reduce((all, { amount }) => all + amount, 0)).toBe(
            evidence.reduce((all, { amount }) => all + amount, 0),
          )
          const known = new Set(evidence.map(({ record, date }) => `${record} ${date}`))
          for (const { record, date } of early.evidence(figure)) expect(known).toContain(`${record} ${date}`)
        }
      }),
      { numRuns: 200 },
    )
  })

  it('says of a guarantor what was signed, called and paid', () => {
    const loan = new GuaranteedLoan()
    const [guarantee] = loan.paidOut([loan.gina, 50_000])
    loan.declareDefault('2027-06-01')
    const call = loan.call(guarantee!, 20_000, '2027-06-02')
    loan.payCall(loan.gina, call, 20_000, '2027-06-10')
    const rules = new Rules([offerRules, requestRules, loanRules, guaranteeRules, paymentRules])
    const { folded, voids } = foldWorld(loan.records, rules)
    expect([...voids.values()]).toEqual([])
    const state = folded.get(`${loan.story.proposal.id} loan`)!.state as LoanState
    const sum = (figure: string, count: number, amount: number) => ({ figure, currency: 'EUR', count, amount })
    expect(trackOf(loan.gina.author, [state]).sums()).toEqual([
      sum('guaranteed', 1, 50_000),
      sum('called', 1, 20_000),
      sum('honoured', 1, 20_000),
    ])
    expect(trackOf(loan.gina.author, [state], '2027-06-05').sums()).toHaveLength(2)
    const borrower = trackOf(loan.story.borrower.author, [state])
    expect(borrower.evidence('defaults')).toHaveLength(1)
    expect(borrower.evidence('guaranteed')).toEqual([])
  })
})
