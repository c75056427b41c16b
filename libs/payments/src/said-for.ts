/** What a command says a payment is for, as records say it: notes and payees that follow from the loan need not be named. */
import type { Body } from '#libs/fold'
import { collectorOf, endsOf, findNote, isOneAccount, isServiced, ownerOf, type LoanState } from '#libs/loans'
import { fromText } from '#libs/record'
import type { About } from './payment.js'

/** As messages have it. */
export interface SaidFor {
  note?: string
  order?: string
  passOn?: boolean
}

/** What the payer says. */
export function sentFor(loan: LoanState, payer: string, { note, order, passOn }: SaidFor): About {
  if (order !== undefined) return { purpose: 'purchase', order }
  if (passOn) {
    const found = findNote(loan, note ?? '0')
    return { purpose: 'passOn', note: note ?? '0', ...(found ? { to: ownerOf(found) } : {}) }
  }
  const { borrower, lenders } = loan.agreement!
  if (payer !== borrower) {
    const own = lenders.findIndex(([lender]) => lender === payer)
    return lenders.length > 1 && own >= 0 ? { note: note ?? String(own) } : {}
  }
  const named = note === undefined ? {} : { note }
  if (isServiced(loan)) return named
  const owner = collectorOf(loan, note)
  const first = lenders[Number.parseInt(note ?? '0')]?.[0]
  return owner === '' || owner === first ? named : { ...named, to: owner }
}

/** What the payee says of a payment that came without a word. */
export function receivedFor(loan: LoanState, payee: string, said: SaidFor): About {
  const { note, order, passOn } = said
  if (order !== undefined) return { purpose: 'purchase', order }
  if (passOn) return { purpose: 'passOn', note: note ?? '0' }
  if (note !== undefined) return { note }
  // The only note that this one collects for.
  const own = isOneAccount(loan) || payee === loan.agreement!.borrower ? undefined : soleNote(loan, payee)
  return own === undefined ? {} : { note: own }
}

function soleNote(loan: LoanState, payee: string): string | undefined {
  const names = loan.agreement!.lenders.map((_, k) => String(k)).filter((name) => collectorOf(loan, name) === payee)
  return names.length === 1 ? names[0] : undefined
}

/** In a body. */
export function aboutBody({ purpose, note, to, order, goodFaith }: About): Body {
  return {
    ...(purpose === undefined ? {} : { purpose }),
    ...(note === undefined ? {} : { note }),
    ...(to === undefined ? {} : { to: fromText(to) }),
    ...(order === undefined ? {} : { order: fromText(order) }),
    ...(goodFaith === undefined ? {} : { goodFaith: fromText(goodFaith) }),
  }
}

/**
 * The sale by which the payee of a sent payment was owner no longer, if there is one: the payer did not know of it. Undefined for
 * everyone who owns what is paid for.
 */
export function soldBefore(loan: LoanState, payee: string, sent: string): string | undefined {
  const payment = loan.sent[sent]
  if (payment?.purpose !== 'repayment' || isServiced(loan)) return undefined
  if (collectorOf(loan, payment.note) === payee || endsOf(loan, 'disbursement').payee === payee) return undefined
  const sales = Object.entries(loan.sales).filter(
    ([, { seller, note }]) => seller === payee && note === (payment.note ?? '0'),
  )
  return sales.sort(([, a], [, b]) => b.at - a.at)[0]?.[0]
}
