/** What must hold between payments and books, checked by `verify` from the rows alone. */
import type { VerifyStep } from '#libs/store'

/** Interest, principal and fees paid, and what was overpaid, are exactly the repayments that were confirmed. */
const paidEqualsConfirmed: VerifyStep = {
  name: 'paid equals confirmed',
  async *run(manager) {
    const rows: { loan: string; confirmed: number; booked: number }[] = await manager.query(`
      select loan, sum(confirmed)::bigint as confirmed, sum(booked)::bigint as booked from (
        select loan, confirmed_amount as confirmed, 0 as booked from payment
        where purpose = 'repayment' and status = 'confirmed'
        union all
        select e.loan, 0, -p.amount from posting p join journal_entry e on e.id = p.entry
        where e.kind = 'payment.confirmed' and p.amount < 0
          and split_part(p.account, ':', 3) in ('principal-receivable', 'interest', 'fees', 'overpayment-payable')
      ) both_sides group by loan`)
    yield { checked: rows.length }
    for (const { loan, confirmed, booked } of rows)
      if (Number(confirmed) !== Number(booked))
        yield { problem: `loan ${loan}: ${confirmed} confirmed, ${booked} in the books` }
  },
}

export const paymentVerifySteps: readonly VerifyStep[] = [paidEqualsConfirmed]
