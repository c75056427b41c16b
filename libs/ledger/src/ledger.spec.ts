import { accountName, accountParts } from './account.js'
import { entryOf, type BookedLoan, type Cause, type JournalEntry } from './entry.js'
import { disbursementConfirmed } from './movements/disbursement-confirmed.js'
import { disbursementSent } from './movements/disbursement-sent.js'
import { overpaymentRefunded } from './movements/overpayment-refunded.js'
import { paymentRefused } from './movements/payment-refused.js'
import { repaymentConfirmed } from './movements/repayment-confirmed.js'
import { repaymentSent } from './movements/repayment-sent.js'

const loan: BookedLoan = { id: 'loan', currency: 'EUR', lender: 'lena', borrower: 'bob' }
const cause = (record: string): Cause => ({ record, kind: 'payment.confirmed', valueDate: '2026-02-15' })

/** Balances by `owner class:detail`, as an accountant would write them down. */
function balances(...entries: JournalEntry[][]): { [account: string]: bigint } {
  const sums: { [account: string]: bigint } = {}
  for (const { postings } of entries.flat())
    for (const { account, amount } of postings) {
      const { owner, class: accountClass, detail } = accountParts(account)!
      const name = `${owner} ${accountClass}:${detail}`
      sums[name] = (sums[name] ?? 0n) + amount
    }
  return Object.fromEntries(Object.entries(sums).filter(([, amount]) => amount !== 0n))
}

describe('the posting rules', () => {
  it('put sent principal in transit in the lender’s books alone', () => {
    const entries = disbursementSent(loan, cause('sent'), 1000n)
    expect(entries.map(({ id, owner, record }) => [id, owner, record])).toEqual([['sent/lender', 'lena', 'sent']])
    expect(balances(entries)).toEqual({ 'lena asset:in-transit': 1000n, 'lena asset:cash': -1000n })
  })

  it('make confirmed principal receivable and payable', () => {
    const paidOut = { 'lena asset:cash': -1000n, 'lena asset:principal-receivable': 1000n }
    const received = { 'bob asset:cash': 1000n, 'bob liability:principal-payable': -1000n }
    const alone = disbursementConfirmed(loan, cause('c'), 1000n, null)
    expect(balances(alone)).toEqual({ ...paidOut, ...received })
    const answered = [disbursementSent(loan, cause('s'), 1000n), disbursementConfirmed(loan, cause('c'), 1000n, 1000n)]
    expect(balances(...answered)).toEqual({ ...paidOut, ...received })
  })

  it.each([
    ['less', 990n, { 'bob expense:lost-in-transit': 10n, 'bob asset:cash': -1000n }],
    ['more', 1010n, { 'bob asset:cash': -1010n }],
  ])('leave nothing in transit when %s arrived than was sent', (_, arrived, payer) => {
    const parts = { principal: arrived, interest: 0n, fees: 0n, overpaid: 0n }
    const entries = [repaymentSent(loan, cause('s'), 1000n), repaymentConfirmed(loan, cause('c'), parts, 1000n)]
    expect(balances(...entries)).toEqual({
      ...payer,
      'bob liability:principal-payable': arrived,
      'lena asset:cash': arrived,
      'lena asset:principal-receivable': -arrived,
    })
  })

  it('split a repayment into principal, interest, fees and what was overpaid, mirrored', () => {
    const parts = { principal: 700n, interest: 200n, fees: 50n, overpaid: 50n }
    expect(balances(repaymentConfirmed(loan, cause('c'), parts, null))).toEqual({
      'lena asset:cash': 1000n,
      'lena asset:principal-receivable': -700n,
      'lena income:interest': -200n,
      'lena income:fees': -50n,
      'lena liability:overpayment-payable': -50n,
      'bob asset:cash': -1000n,
      'bob liability:principal-payable': 700n,
      'bob expense:interest': 200n,
      'bob expense:fees': 50n,
      'bob asset:overpayment-receivable': 50n,
    })
  })

  it('undo a refused payment, and settle an overpayment that is given back', () => {
    expect(balances(repaymentSent(loan, cause('s'), 9n), paymentRefused(loan, cause('r'), 'borrower', 9n))).toEqual({})
    const overpaid = { principal: 0n, interest: 0n, fees: 0n, overpaid: 7n }
    const entries = [repaymentConfirmed(loan, cause('c'), overpaid, null), overpaymentRefunded(loan, cause('b'), 7n)]
    expect(balances(...entries)).toEqual({})
  })
})

describe('an entry', () => {
  it('is none when nothing moves, and a mistake in a rule when it does not balance', () => {
    expect(entryOf(loan, 'lender', cause('c'), 'nothing', { 'asset:cash': 0n })).toEqual([])
    expect(() => entryOf(loan, 'lender', cause('c'), 'wrong', { 'asset:cash': 1n })).toThrow('wrong')
  })
})

describe('an account’s name', () => {
  it('says whose it is, of which class, what for, and of which loan', () => {
    const name = accountName('lena', 'asset:in-transit', 'loan')
    expect(accountParts(name)).toEqual({ owner: 'lena', class: 'asset', detail: 'in-transit', loan: 'loan' })
    expect(accountParts('lena:asset')).toBeNull()
    expect(accountParts(`${name}:more`)).toBeNull()
  })
})
