/**
 * A borrower who pays the former owner of a note, not knowing of its sale, has paid: within bounds that keep seller and borrower
 * from robbing the buyer. Such a payment was sent at most `NOTICE_DAYS` after the sale, and counts up to what fell due by then.
 */
import type { Refusal } from '#libs/fold'
import { addDays, openOf, type PlainDate } from '#libs/money'
import { accountAt } from '../account.js'
import type { LoanState } from '../loan.js'
import { countedPayments } from '../movement.js'
import { isOneAccount, noteLoans } from './note-loan.js'
import { isServiced } from './title.js'

const DAY_MS = 86_400_000
/** So many days a borrower has to learn of a sale. */
export const NOTICE_DAYS = 3

/**
 * The most that the borrower can still pay to the owner of a note after its sale on a day: what is unpaid of what falls due until
 * the notice is over. Minor units; 0 where a servicer collects, whom a sale does not change.
 */
export function exposureOf(loan: LoanState, note: string, on: PlainDate): number {
  if (isServiced(loan)) return 0
  const account = isOneAccount(loan) ? loan : noteLoans(loan).find((of) => of.note.name === note)?.loan
  if (!account) return 0
  const { rows } = accountAt(account, on).loan.state
  const last = addDays(on, NOTICE_DAYS)
  return Number(rows.reduce((sum, row) => (row.due <= last ? sum + openOf(row) : sum), 0n))
}

/** Whether the former owner `author` may confirm a payment that was sent to it before its payer knew of the sale. */
export function judgeGoodFaith(
  loan: LoanState,
  author: string,
  payment: { sale: string; sent: string | null; amount: number },
): Refusal | null {
  const sale = loan.sales[payment.sale]
  if (!sale || sale.seller !== author) return { refused: 'sale_unknown' }
  const sent = payment.sent === null ? undefined : loan.sent[payment.sent]
  if (!sent || (sent.note ?? '0') !== sale.note) return { refused: 'not_the_owner' }
  if (sent.at > sale.at + NOTICE_DAYS * DAY_MS) return { refused: 'sent_after_notice', days: NOTICE_DAYS }
  const before = countedPayments(loan).reduce(
    (sum, { goodFaith, amount }) => (goodFaith === payment.sale ? sum + amount : sum),
    0,
  )
  const most = Math.max(0, exposureOf(loan, sale.note, sale.on) - before)
  return payment.amount > most ? { refused: 'beyond_good_faith', most } : null
}
