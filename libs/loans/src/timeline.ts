/** The records of a loan in the order of their writing. */
import type { TimelineItem } from '#libs/messages'
import type { LoanState } from './loan.js'
import { byText, payeeOf } from './movement.js'

/** One item for each record that has an effect, oldest first. */
export function timelineOf(loan: LoanState): TimelineItem[] {
  const { proposer, proposedAt, borrower, terms, adopted } = loan.agreement!
  const items: TimelineItem[] = []
  const add = (record: string, kind: string, by: string, atMs: number, said: Partial<TimelineItem> = {}) =>
    items.push({ record, kind, by, atMs, date: null, amount: null, text: '', ...said })

  add(loan.id, adopted ? 'loan.adopted' : 'agreement.proposed', proposer, proposedAt, { amount: terms.principal })
  for (const [by, { id, at }] of Object.entries(loan.signatures)) add(id, 'agreement.signed', by, at)
  for (const [by, { id, at, reason }] of Object.entries(loan.declines))
    add(id, 'agreement.declined', by, at, { text: reason })
  if (loan.outcome) add(loan.outcome.id, `agreement.${loan.outcome.stage}`, proposer, loan.outcome.at)
  for (const [id, { payer, at, amount, valueDate, reference }] of Object.entries(loan.sent))
    add(id, 'payment.sent', payer, at, { date: valueDate, amount, text: reference })
  for (const [id, { payee, at, amount, valueDate, established, opening }] of Object.entries(loan.confirmed)) {
    if (opening) continue
    const said = { date: valueDate, amount, text: established ?? '' }
    if (established === null) add(id, 'payment.confirmed', payee, at, said)
    else add(id, 'payment.established', loan.agreement!.arbiter!, at, said)
  }
  for (const [sent, { id, at, reason }] of Object.entries(loan.refused))
    add(id, 'payment.refused', payeeOf(loan, loan.sent[sent]!), at, { text: reason })
  for (const [id, { by, at, amount, valueDate }] of Object.entries(loan.refunds))
    add(id, 'payment.refunded', by, at, { date: valueDate, amount })
  for (const [id, { by, at, amount, reason }] of Object.entries(loan.reversals))
    add(id, 'payment.reversed', by, at, { amount, text: reason })
  for (const [id, { by, at }] of Object.entries(loan.reversalsAccepted)) add(id, 'payment.reversalAccepted', by, at)
  for (const [id, { by, at, amount, date, reason }] of Object.entries(loan.credits))
    add(id, 'credit.granted', by, at, { date, amount, text: reason })
  for (const [id, { by, at, amount, due, name, reason }] of Object.entries(loan.charges))
    add(id, 'charge.levied', by, at, { date: due, amount, text: name || reason })
  for (const [id, { by, at, reason }] of Object.entries(loan.waivers))
    add(id, 'charge.waived', by, at, { text: reason })
  for (const [id, { by, at, amount, reason }] of Object.entries(loan.adjustments))
    add(id, 'charge.adjusted', by, at, { amount, text: reason })
  for (const [id, { by, at, effectiveOn, reason }] of Object.entries(loan.changes))
    add(id, 'restructure.proposed', by, at, { date: effectiveOn, text: reason })
  for (const [id, { by, at }] of Object.entries(loan.changesSigned)) add(id, 'restructure.signed', by, at)
  for (const [id, { by, at, reason }] of Object.entries(loan.changesDeclined))
    add(id, 'restructure.declined', by, at, { text: reason })
  for (const [change, { stage, id, at }] of Object.entries(loan.changesSettled))
    add(id, `restructure.${stage}`, loan.changes[change]!.by, at)
  for (const [id, { by, at, reason }] of Object.entries(loan.defaults))
    add(id, 'default.declared', by, at, { text: reason })
  for (const [id, { by, at, reason }] of Object.entries(loan.writeOffs))
    add(id, 'note.writtenOff', by, at, { text: reason })
  for (const [id, { at, reason }] of Object.entries(loan.cancellations))
    add(id, 'agreement.cancelled', borrower, at, { text: reason })
  for (const [id, { by, at, reason }] of Object.entries(loan.contests))
    add(id, 'agreement.cancellationContested', by, at, { text: reason })
  for (const [id, { guarantor, at, cap }] of Object.entries(loan.guarantees?.signed ?? {}))
    add(id, 'guarantee.signed', guarantor, at, { amount: cap })
  for (const [id, { by, at, amount, reason }] of Object.entries(loan.guarantees?.called ?? {}))
    add(id, 'guarantee.called', by, at, { amount, text: reason })
  for (const [id, { owner, at, what }] of Object.entries(loan.collateral?.pledged ?? {}))
    add(id, 'collateral.pledged', owner, at, { text: what })
  for (const [id, { by, at, amount, date, method }] of Object.entries(loan.collateral?.valued ?? {}))
    add(id, 'collateral.valued', by, at, { date, amount, text: method })
  for (const [id, { by, at, reason }] of Object.entries(loan.collateral?.released ?? {}))
    add(id, 'collateral.released', by, at, { text: reason })
  for (const [id, { by, at, text }] of Object.entries(loan.disputes?.opened ?? {}))
    add(id, 'dispute.opened', by, at, { text })
  for (const [id, { by, at, text }] of Object.entries(loan.disputes?.answered ?? {}))
    add(id, 'dispute.answered', by, at, { text })
  for (const [id, { by, at, reason }] of Object.entries(loan.disputes?.resolved ?? {}))
    add(id, 'dispute.resolved', by, at, { text: reason })
  for (const [id, { by, at, part, cleanPrice, note }] of Object.entries(loan.listings))
    add(id, 'note.listed', by, at, { amount: cleanPrice, text: part === null ? note : `${note}: ${part}` })
  for (const [listing, { id, at }] of Object.entries(loan.delistings))
    add(id, 'note.delisted', loan.listings[listing]!.by, at, { text: loan.listings[listing]!.note })
  for (const [id, { by, at, price, settleOn, listing }] of Object.entries(loan.orders))
    add(id, 'note.ordered', by, at, { date: settleOn, amount: price, text: loan.listings[listing]!.note })
  for (const [order, { id, at, reason }] of Object.entries(loan.orderLapses))
    add(id, 'note.orderLapsed', loan.listings[loan.orders[order]!.listing]!.by, at, { text: reason })
  for (const [id, { seller, at, on, price, note }] of Object.entries(loan.sales))
    add(id, 'note.sold', seller, at, { date: on, amount: price, text: note })
  // What was written in one instant is told in the order of a loan's life.
  const kinds = [...new Set(items.map(({ kind }) => kind))]
  const place = ({ kind }: TimelineItem) => kinds.indexOf(kind)
  // A ruling may establish, waive or take back something: it is told once.
  const isRuling = ({ record, kind }: TimelineItem) => kind !== 'dispute.resolved' && loan.disputes?.resolved[record]
  return items
    .filter((item) => !isRuling(item))
    .sort((a, b) => a.atMs - b.atMs || place(a) - place(b) || byText(a.record, b.record))
}
