/** What must hold between payments and books, checked by `verify` from the rows alone. */
import type { VerifyStep } from '#libs/store'

/** What repayments brought in the lender's books, less what was taken back of them, is what was confirmed of them. */
const paidEqualsConfirmed: VerifyStep = {
  name: 'paid equals confirmed',
  async *run(manager) {
    const rows: { loan: string; confirmed: number; booked: number }[] = await manager.query(`
      select loan, sum(confirmed)::bigint as confirmed, sum(booked)::bigint as booked from (
        select loan, confirmed_amount - charged_back as confirmed, 0 as booked from payment
        where purpose in ('repayment', 'guarantee') and status in ('confirmed', 'established')
        union all
        select e.loan, 0, p.amount from posting p join journal_entry e on e.id = p.entry join loan on loan.id = e.loan
        where e.kind in ('payment.confirmed', 'payment.established', 'payment.reversalAccepted', 'dispute.resolved')
          and e.owner = loan.lender and split_part(p.account, ':', 3) = 'cash'
          and not exists (
            select from payment paid_out where paid_out.loan = e.loan and purpose = 'disbursement' and e.record = any(records))
      ) both_sides group by loan`)
    yield { checked: rows.length }
    for (const { loan, confirmed, booked } of rows)
      if (Number(confirmed) !== Number(booked))
        yield { problem: `loan ${loan}: ${confirmed} confirmed, ${booked} in the books` }
  },
}

export const paymentVerifySteps: readonly VerifyStep[] = [paidEqualsConfirmed]
