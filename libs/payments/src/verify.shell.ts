/** What must hold between payments and books, checked by `verify` from the rows alone. */
import type { VerifyStep } from '#libs/store'

/** What repayments brought in the books of who was paid, less what was taken back of them, is what was confirmed of them. */
const paidEqualsConfirmed: VerifyStep = {
  name: 'paid equals confirmed',
  async *run(manager) {
    const rows: { loan: string; confirmed: number; booked: number }[] = await manager.query(`
      select loan, sum(confirmed)::bigint as confirmed, sum(booked)::bigint as booked from (
        select loan, confirmed_amount - charged_back as confirmed, 0 as booked from payment
        where purpose in ('repayment', 'guarantee') and status in ('confirmed', 'established')
        union all
        select e.loan, 0, p.amount from posting p join journal_entry e on e.id = p.entry
        where e.kind in ('payment.confirmed', 'payment.established', 'payment.reversalAccepted', 'dispute.resolved')
          and split_part(p.account, ':', 3) = 'cash'
          and exists (
            select from payment paid where paid.loan = e.loan and paid.payee = e.owner
              and purpose in ('repayment', 'guarantee'))
          and not exists (
            select from payment other where other.loan = e.loan and e.record = any(records)
              and purpose in ('disbursement', 'recourse', 'purchase', 'passOn'))
      ) both_sides group by loan`)
    yield { checked: rows.length }
    for (const { loan, confirmed, booked } of rows)
      if (Number(confirmed) !== Number(booked))
        yield { problem: `loan ${loan}: ${confirmed} confirmed, ${booked} in the books` }
  },
}

export const paymentVerifySteps: readonly VerifyStep[] = [paidEqualsConfirmed]
