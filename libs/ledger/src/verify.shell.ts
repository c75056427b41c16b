/** What must hold of the stored books, whatever wrote them: checked by `verify` from the rows alone. */
import type { VerifyStep } from '#libs/store'

/** Rows that break a promise, each with what to say of it. */
const CHECKS: { name: string; counted: string; broken: string }[] = [
  {
    name: 'journal entries balance',
    counted: `select count(*)::int as count from journal_entry`,
    broken: `
      select format('journal entry %s: %s %s', e.id, coalesce(sum(p.amount), 0), coalesce(p.currency, 'no postings')) as problem
      from journal_entry e left join posting p on p.entry = e.id
      group by e.id, p.currency having count(p.entry) < 2 or sum(p.amount) <> 0`,
  },
  {
    name: 'books sum to zero',
    counted: `select count(*)::int as count from posting`,
    broken: `
      select format('books of %s are off by %s %s', e.owner, sum(p.amount), p.currency) as problem
      from posting p join journal_entry e on e.id = p.entry
      group by e.owner, p.currency having sum(p.amount) <> 0`,
  },
  {
    name: 'receivable equals payable',
    counted: `select count(distinct loan)::int as count from journal_entry`,
    broken: `
      select format('loan %s on %s: %s is claimed and owed %s apart', loan, value_date, what, apart) as problem from (
        select e.loan, e.value_date, m.what, sum(sum(p.amount)) over (partition by e.loan, m.what order by e.value_date) as apart
        from posting p join journal_entry e on e.id = p.entry
        join (values ('principal-receivable', 'principal'), ('principal-payable', 'principal'),
                     ('overpayment-receivable', 'overpayment'), ('overpayment-payable', 'overpayment'),
                     ('recourse-receivable', 'recourse'), ('recourse-payable', 'recourse')) m(detail, what)
          on m.detail = split_part(p.account, ':', 3)
        group by e.loan, e.value_date, m.what
      ) day where apart <> 0`,
  },
  {
    name: 'nothing outstanding is below zero',
    counted: `select count(distinct account)::int as count from posting`,
    broken: `
      select format('account %s stands at %s on %s', account, balance, value_date) as problem from (
        select p.account, e.value_date, split_part(p.account, ':', 3) as detail,
          sum(sum(p.amount)) over (partition by p.account order by e.value_date) as balance
        from posting p join journal_entry e on e.id = p.entry
        where split_part(p.account, ':', 3) ~ '-(receivable|payable)$'
        group by p.account, e.value_date
      ) day where (detail like '%-receivable' and balance < 0) or (detail like '%-payable' and balance > 0)`,
  },
]

export const ledgerVerifySteps: readonly VerifyStep[] = CHECKS.map(({ name, counted, broken }) => ({
  name,
  async *run(manager) {
    const [{ count }]: [{ count: number }] = await manager.query(counted)
    const problems: { problem: string }[] = await manager.query(broken)
    yield { checked: count }
    yield* problems
  },
}))
