import fc from 'fast-check'
import { isRefusal } from '#libs/fold'
import { addDays, foldLoan, outstanding, type InstalmentRow, type LoanEvent, type PlainDate } from '#libs/money'
import { plannedTable, tableTotal } from '#libs/offers'
import { agreementFault, followsFromTerms, termsInForce, type AgreementBody } from './agreement.js'
import { anyLoan } from '../../offers/src/testing/any-offer.js'
import { LogWriter } from '../../offers/src/testing/log-writer.js'

const [lender, borrower] = [new LogWriter('lena').key, new LogWriter('bob').key]
const besides = {
  ...{ offer: lender, application: borrower, purpose: '', expiresAt: 1 },
  ...{ railDays: 3, answerDays: 7, coolingOffDays: 0, defaultAfterDays: 90 },
  cost: {
    ...{ totalInterest: 0, totalFees: 0, amountReceived: 0, totalOfPayments: 0, costOfCredit: 0 },
    ...{ aprPpm: 0, aprMethod: '', aprcPpm: 0, aprcMethod: '' },
  },
}

/** An agreement as its proposer would make it; null where there is no such loan. What it costs is not looked at here. */
const anyAgreement = anyLoan.map(({ terms, tranches }): AgreementBody | null => {
  const instalments = plannedTable(terms, tranches)
  if (isRefusal(instalments)) return null
  const lenders: AgreementBody['lenders'] = [[lender, terms.principal]]
  const parts = tranches ? { tranches } : {}
  return { ...besides, borrower, lenders, terms, ...parts, instalments }
})

/** Rows that somebody wrote by hand: shares of the principal, days after the row before, interest and fees. */
const anyRows = fc.array(fc.tuple(fc.nat(50), fc.integer({ min: 1, max: 60 }), fc.nat(5_000), fc.nat(500)), {
  minLength: 1,
  maxLength: 12,
})

function written(principal: number, startDate: PlainDate, rows: [number, number, number, number][]): InstalmentRow[] {
  let [left, day] = [principal, startDate]
  return rows.map(([share, after, interest, fees], k) => {
    const part = k === rows.length - 1 ? left : Math.floor((left * share) / 100)
    left -= part
    day = addDays(day, after)
    return [day, part, interest, fees]
  })
}

describe('every agreement', () => {
  it('that follows from its terms is sound, and in force as agreed', () => {
    fc.assert(
      fc.property(anyAgreement, (body) => {
        if (!body) return
        expect(agreementFault(body, 0)).toBeNull()
        expect(followsFromTerms(body)).toBe(true)
        const { terms, payouts } = termsInForce(body)
        expect(terms).toEqual(body.terms)
        expect(payouts.map(({ date, amount }) => [date, amount])).toEqual(
          body.tranches ?? [[terms.startDate, terms.principal]],
        )
      }),
      { numRuns: 200 },
    )
  })

  it('with rows that somebody wrote beside its terms owes those rows, no more and no less', () => {
    fc.assert(
      fc.property(anyAgreement, anyRows, (made, rows) => {
        if (!made) return
        const { principal, startDate } = made.terms
        const body = { ...made, instalments: written(principal, startDate, rows) }
        expect(agreementFault(body, 0)).toBeNull()
        const { terms, startCharge } = termsInForce(body)
        if (followsFromTerms(body)) return
        expect(startCharge).toBe(0n)
        const payout: LoanEvent = { id: 'payout', type: 'disbursement', date: startDate, amount: principal }
        const owed = foldLoan(terms, [payout])
        expect(owed.refused).toEqual([])
        expect(outstanding(owed)).toBe(tableTotal(body.instalments))
        const payments = body.instalments
          .map(([date, ...parts], k): LoanEvent & { amount: number } => {
            const amount = parts[0] + parts[1] + parts[2]
            return { id: `payment ${k}`, type: 'repayment', date, amount }
          })
          .filter(({ amount }) => amount > 0)
        const paid = foldLoan(terms, [payout, ...payments])
        expect(paid.refused).toEqual([])
        expect([outstanding(paid), paid.state.overpaid]).toEqual([0n, 0n])
      }),
      { numRuns: 200 },
    )
  })
})
