import { accountName, accountParts, noteThing } from './account.js'
import { entriesOf, type BookedLoan, type BookedMovement, type Cause } from './entry.js'
import { chargeAdjusted, unearnedInterestCredited, withdrawalCredited } from './movements/given-up.js'
import { chargeDeducted } from './movements/charge-deducted.js'
import type { MovedParts } from './movements/claims.js'
import { corrected } from './movements/corrected.js'
import { disbursementConfirmed } from './movements/disbursement-confirmed.js'
import { downPayment } from './movements/down-payment.js'
import { overpaymentRefunded, paymentChargedBack } from './movements/given-back.js'
import { goodwillCredited } from './movements/goodwill-credited.js'
import { paymentRefused } from './movements/payment-refused.js'
import { paymentSent } from './movements/payment-sent.js'
import { repaymentConfirmed } from './movements/repayment-confirmed.js'
import { writtenOff } from './movements/written-off.js'

const loan: BookedLoan = { id: 'loan', currency: 'EUR', lender: 'lena', borrower: 'bob' }
const cause = (record: string): Cause => ({ record, kind: 'payment.confirmed', valueDate: '2026-02-15' })

/** Minor units by what they went to. */
const parts = (of: Partial<MovedParts>): MovedParts => ({
  ...{ principal: 0n, interest: 0n, fees: 0n, penalties: 0n, overpaid: 0n, writtenOff: false },
  ...of,
})

/** Balances by `owner class:detail`, as an accountant would write them down. */
function balances(...movements: BookedMovement[]): { [account: string]: bigint } {
  const sums: { [account: string]: bigint } = {}
  for (const { postings } of movements.flatMap((movement) => entriesOf(loan, cause('record'), movement)))
    for (const { account, amount } of postings) {
      const { owner, class: accountClass, detail } = accountParts(account)!
      const name = `${owner} ${accountClass}:${detail}`
      sums[name] = (sums[name] ?? 0n) + amount
    }
  return Object.fromEntries(Object.entries(sums).filter(([, amount]) => amount !== 0n))
}

describe('the posting rules', () => {
  it('put sent principal in transit in the lender’s books alone', () => {
    const entries = entriesOf(loan, cause('sent'), paymentSent('lender', 1000n))
    expect(entries.map(({ id, owner, record }) => [id, owner, record])).toEqual([['sent/lender', 'lena', 'sent']])
    expect(balances(paymentSent('lender', 1000n))).toEqual({
      'lena asset:in-transit': 1000n,
      'lena asset:cash': -1000n,
    })
  })

  it('make confirmed principal receivable and payable', () => {
    const paidOut = { 'lena asset:cash': -1000n, 'lena asset:principal-receivable': 1000n }
    const received = { 'bob asset:cash': 1000n, 'bob liability:principal-payable': -1000n }
    expect(balances(disbursementConfirmed(1000n, null))).toEqual({ ...paidOut, ...received })
    const answered = [paymentSent('lender', 1000n), disbursementConfirmed(1000n, 1000n)]
    expect(balances(...answered)).toEqual({ ...paidOut, ...received })
  })

  it('owe the whole principal when a charge is kept back of it, and nothing more for a down payment', () => {
    expect(balances(disbursementConfirmed(880n, null), chargeDeducted(20n), ...downPayment(100n))).toEqual({
      'lena asset:cash': -880n,
      'lena asset:principal-receivable': 900n,
      'lena income:fees': -20n,
      'bob asset:cash': 880n,
      'bob liability:principal-payable': -900n,
      'bob expense:fees': 20n,
    })
  })

  it.each([
    ['less', 990n, { 'bob expense:lost-in-transit': 10n, 'bob asset:cash': -1000n }],
    ['more', 1010n, { 'bob asset:cash': -1010n }],
  ])('leave nothing in transit when %s arrived than was sent', (_, arrived, payer) => {
    const movements = [paymentSent('borrower', 1000n), repaymentConfirmed(parts({ principal: arrived }), 1000n)]
    expect(balances(...movements)).toEqual({
      ...payer,
      'bob liability:principal-payable': arrived,
      'lena asset:cash': arrived,
      'lena asset:principal-receivable': -arrived,
    })
  })

  it('split a repayment into principal, interest, fees, penalties and what was overpaid, mirrored', () => {
    const paid = parts({ principal: 700n, interest: 200n, fees: 50n, penalties: 10n, overpaid: 40n })
    expect(balances(repaymentConfirmed(paid, null))).toEqual({
      'lena asset:cash': 1000n,
      'lena asset:principal-receivable': -700n,
      'lena income:interest': -200n,
      'lena income:fees': -50n,
      'lena income:penalties': -10n,
      'lena liability:overpayment-payable': -40n,
      'bob asset:cash': -1000n,
      'bob liability:principal-payable': 700n,
      'bob expense:interest': 200n,
      'bob expense:fees': 50n,
      'bob expense:penalties': 10n,
      'bob asset:overpayment-receivable': 40n,
    })
  })

  it('undo a refused payment, and settle an overpayment that is given back', () => {
    expect(balances(paymentSent('borrower', 9n), paymentRefused('borrower', 9n))).toEqual({})
    const overpaid = parts({ overpaid: 7n })
    expect(balances(repaymentConfirmed(overpaid, null), overpaymentRefunded(overpaid))).toEqual({})
  })

  it('owe again what is charged back beyond what was overpaid', () => {
    const paid = repaymentConfirmed(parts({ principal: 100n, overpaid: 20n }), null)
    expect(balances(paid, paymentChargedBack(parts({ principal: 30n, overpaid: 20n })))).toEqual({
      'lena asset:cash': 70n,
      'lena asset:principal-receivable': -70n,
      'bob asset:cash': -70n,
      'bob liability:principal-payable': 70n,
    })
  })

  it('leave the receivable as it is when it is written off, and recover what still comes', () => {
    const lent = disbursementConfirmed(1000n, null)
    expect(balances(lent, writtenOff(1000n))).toMatchObject({
      'lena asset:principal-receivable': 1000n,
      'lena asset:loss-allowance': -1000n,
      'lena expense:write-offs': 1000n,
      'bob liability:principal-payable': -1000n,
    })
    const recovered = repaymentConfirmed(parts({ principal: 400n, interest: 50n, writtenOff: true }), null)
    expect(balances(lent, writtenOff(1000n), recovered)).toEqual({
      'lena asset:cash': -550n,
      'lena asset:principal-receivable': 600n,
      'lena asset:loss-allowance': -600n,
      'lena expense:write-offs': 1000n,
      'lena income:recovery': -400n,
      'lena income:interest': -50n,
      'bob asset:cash': 550n,
      'bob liability:principal-payable': -600n,
      'bob expense:interest': 50n,
    })
  })

  it('book goodwill as the lender’s expense and the borrower’s income', () => {
    expect(balances(goodwillCredited(parts({ principal: 80n, interest: 20n })))).toEqual({
      'lena expense:goodwill': 100n,
      'lena asset:principal-receivable': -80n,
      'lena income:interest': -20n,
      'bob income:goodwill': -100n,
      'bob liability:principal-payable': 80n,
      'bob expense:interest': 20n,
    })
  })

  it('take back a charge for what it pays instead', () => {
    const given = chargeAdjusted(parts({ fees: 10n, principal: 15n }), { fees: 25n, penalties: 0n })
    expect(balances(given)).toEqual({
      'lena income:fees': 15n,
      'lena asset:principal-receivable': -15n,
      'bob expense:fees': -15n,
      'bob liability:principal-payable': 15n,
    })
    const withdrawn = withdrawalCredited(parts({ interest: 5n, principal: 4n }), {
      fees: 6n,
      penalties: 3n,
      interest: 0n,
    })
    expect(balances(withdrawn)).toMatchObject({ 'lena income:penalties': 3n, 'lena income:interest': -5n })
    expect(balances(unearnedInterestCredited(parts({ principal: 7n }), 7n))).toEqual({
      'lena income:interest': 7n,
      'lena asset:principal-receivable': -7n,
      'bob expense:interest': -7n,
      'bob liability:principal-payable': 7n,
    })
  })

  it('correct an entry by the difference to what holds now', () => {
    const [before, after] = [parts({ principal: 90n, interest: 10n }), parts({ principal: 80n, interest: 20n })]
    const [was, is] = [repaymentConfirmed(before, null), repaymentConfirmed(after, null)]
    expect(balances(was, corrected(was, is))).toEqual(balances(is))
    expect(balances(was, corrected(was, null))).toEqual({})
    expect(corrected(was, is).says.lender).toBe('corrected: repayment received')
    expect(corrected(was, null).says.borrower).toBe('reversed: repayment made')
  })
})

describe('an entry', () => {
  const movement = (amount: bigint): BookedMovement => ({
    says: { lender: 'wrong', borrower: '' },
    lender: { 'asset:cash': amount },
    borrower: {},
  })

  it('is none when nothing moves, and a mistake in a rule when it does not balance', () => {
    expect(entriesOf(loan, cause('c'), movement(0n))).toEqual([])
    expect(() => entriesOf(loan, cause('c'), movement(1n))).toThrow('wrong')
  })

  it('has an id of its own for each movement of its record', () => {
    const ids = [1, 2].map((nth) => entriesOf(loan, cause('c'), paymentSent('lender', 1n), nth)[0]!.id)
    expect(ids).toEqual(['c/lender', 'c/lender/2'])
  })
})

describe('an account’s name', () => {
  it('says whose it is, of which class, what for, and of which loan', () => {
    const name = accountName('lena', 'asset:in-transit', 'loan')
    expect(accountParts(name)).toEqual({
      ...{ owner: 'lena', class: 'asset', detail: 'in-transit' },
      ...{ loan: 'loan', note: null },
    })
    expect(accountParts(accountName('lena', 'asset:in-transit', noteThing('loan', '2.1')))).toMatchObject({
      loan: 'loan',
      note: '2.1',
    })
    expect(accountParts('lena:asset')).toBeNull()
    expect(accountParts(`${name}:more`)).toBeNull()
  })
})
