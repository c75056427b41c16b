/**
 * How fast schedules are made and loans folded, on one core. `node dist/bench/schedule.js` ends in one JSON line:
 * `{"schedulesPerSecond": …, "foldsPerSecond": …}`.
 */
import { addMonths, foldLoan, makeSchedule, type LoanEvent, type LoanTerms, type ScheduleTerms } from '#libs/money'

const TERMS: ScheduleTerms = {
  currency: 'EUR',
  principal: 1_234_567,
  startDate: '2026-01-31',
  instalments: 36,
  every: { count: 1, unit: 'month' },
  annualRatePpm: 72_500,
  method: 'annuity',
}

/** Turns for each second of processor time, best of many short rounds: what else runs on the machine only ever slows down. */
function perSecond(work: (turn: number) => void): number {
  let best = 0
  let done = 0
  for (let round = 0; round < 40; round++) {
    const end = performance.now() + 75
    const start = process.cpuUsage()
    const first = done
    while (performance.now() < end) for (let i = 0; i < 20; i++) work(done++)
    const { user, system } = process.cpuUsage(start)
    best = Math.max(best, ((done - first) * 1_000_000) / (user + system))
  }
  return Math.round(best)
}

/** 60 events: money out, fees and their adjustment, and instalments paid early, in time, in parts and late. */
function eventsOfALoan(): LoanEvent[] {
  const events: LoanEvent[] = [{ id: 'd', date: TERMS.startDate, type: 'disbursement', amount: TERMS.principal }]
  const table = makeSchedule(TERMS)
  if (!Array.isArray(table)) throw new Error(table.refused)
  for (let k = 0; k < 36; k++) {
    const [due, principal, interest] = table[k]!
    const id = `p${k}`
    if (k % 3 === 0) {
      const part = Math.floor((principal + interest) / 2)
      events.push({ id, date: due, type: 'repayment', amount: part })
      events.push({
        id: `${id}b`,
        date: due.slice(0, 8) + '28',
        type: 'repayment',
        amount: principal + interest - part,
      })
    } else events.push({ id, date: due, type: 'repayment', amount: principal + interest })
    if (k % 4 === 1)
      events.push({ id: `${id}c`, date: due, type: 'charge', component: 'fee', due: addMonths(due, 1), amount: 500 })
    if (k % 12 === 5) events.push({ id: `${id}a`, date: due, type: 'goodwillCredit', amount: 100 })
  }
  return events.sort((a, b) => (a.date < b.date ? -1 : 1)).slice(0, 60)
}

const loanTerms: LoanTerms = TERMS
const events = eventsOfALoan()
const schedulesPerSecond = perSecond((turn) => {
  const table = makeSchedule({ ...TERMS, principal: TERMS.principal + turn })
  if (!Array.isArray(table)) throw new Error(table.refused)
})
const foldsPerSecond = perSecond(() => {
  const loan = foldLoan(loanTerms, events)
  if (loan.refused.length > 0) throw new Error(loan.refused[0]!.refused)
})
console.log(
  `annuities of 36 rows: ${schedulesPerSecond} a second; folds of ${events.length} events: ${foldsPerSecond} a second`,
)
console.log(JSON.stringify({ schedulesPerSecond, foldsPerSecond }))
