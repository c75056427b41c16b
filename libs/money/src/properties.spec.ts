import fc from 'fast-check'
import {
  accruedOf,
  addDays,
  addMonths,
  allocate,
  arrearsOf,
  checkTable,
  dateParts,
  daysInMonth,
  DAY_COUNTS,
  DEFAULT_ALLOCATION_ORDER,
  foldLoan,
  isDate,
  journalOf,
  makeSchedule,
  movementsOf,
  noParts,
  outstanding,
  outstandingParts,
  settlementOf,
  statusOf,
  sumParts,
  tableOf,
  type InstalmentRow,
  type LoanEvent,
  type LoanTerms,
  type Method,
  type ScheduleTerms,
} from './index.js'

const dates = fc
  .tuple(fc.integer({ min: 2000, max: 2060 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 31 }))
  .map(([year, month, day]) => {
    const text = (n: number) => String(n).padStart(2, '0')
    return `${year}-${text(month)}-${text(Math.min(day, daysInMonth(year, month)))}`
  })

const rules = fc.record({
  mode: fc.constantFrom('halfEven', 'halfUp', 'up', 'down' as const),
  toMultipleOf: fc.constantFrom(1, 5, 100),
})

const methods: Exclude<Method, 'ownTable'>[] = ['annuity', 'equalPrincipal', 'interestOnly', 'bullet', 'flat']

/** Terms of every kind that the engine knows; some contradict themselves and are refused. */
const anyTerms: fc.Arbitrary<ScheduleTerms> = fc.record(
  {
    currency: fc.constantFrom('EUR', 'JPY', 'KWD'),
    principal: fc.integer({ min: 1, max: 100_000_000 }),
    startDate: dates,
    instalments: fc.integer({ min: 1, max: 60 }),
    every: fc.record({ count: fc.integer({ min: 1, max: 6 }), unit: fc.constantFrom('day', 'week', 'month' as const) }),
    annualRatePpm: fc.integer({ min: 0, max: 1_200_000 }),
    method: fc.constantFrom(...methods),
    dayCount: fc.constantFrom(...DAY_COUNTS),
    sizingPeriodYears: fc.constantFrom<[number, number]>([1, 12], [30, 365]),
    rounding: fc.record({ interest: rules, instalment: rules }, { requiredKeys: [] }),
    grace: fc.record(
      {
        principalInstalments: fc.nat(4),
        interestPaymentInstalments: fc.nat(4),
        interestFreeInstalments: fc.nat(3),
      },
      { requiredKeys: [] },
    ),
    downPaymentPpm: fc.integer({ min: 0, max: 500_000 }),
    interestPauses: dates.map((from) => [{ from, to: addMonths(from, 2) }]),
    charges: fc.constant([{ name: 'handling', when: 'eachInstalment' as const, ppm: 10_000 }]),
  },
  { requiredKeys: ['currency', 'principal', 'startDate', 'instalments', 'every', 'annualRatePpm', 'method'] },
)

const soundTerms = anyTerms.filter((terms) => Array.isArray(makeSchedule(terms)))

function tableFor(terms: ScheduleTerms): InstalmentRow[] {
  const table = makeSchedule(terms)
  if (!Array.isArray(table)) throw new Error(table.refused)
  return table
}

describe('every table that is made', () => {
  it('repays exactly the principal, with nothing negative and dates that ascend', () => {
    fc.assert(fc.property(soundTerms, (terms) => expect(checkTable(terms.principal, tableFor(terms))).toBeNull()))
  })

  it('has no more instalments than agreed, and ends on or before the last due date', () => {
    fc.assert(
      fc.property(soundTerms, (terms) => {
        const down = (terms.downPaymentPpm ?? 0) > 0 ? 1 : 0
        expect(tableFor(terms).length).toBeLessThanOrEqual(terms.instalments + down)
      }),
    )
  })

  it('keeps month ends: each monthly due date is the start moved on, on its day or the last of a shorter month', () => {
    fc.assert(
      fc.property(
        dates,
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 6 }),
        (startDate, instalments, count) => {
          const terms: ScheduleTerms = {
            currency: 'EUR',
            principal: 100_000_00,
            startDate,
            instalments,
            every: { count, unit: 'month' },
            annualRatePpm: 50_000,
            method: 'equalPrincipal',
          }
          tableFor(terms).forEach(([due], k) => {
            expect(due).toBe(addMonths(startDate, count * (k + 1)))
            const { year, month, day } = dateParts(due)
            expect(day).toBe(Math.min(dateParts(startDate).day, daysInMonth(year, month)))
          })
        },
      ),
    )
  })

  it('is the same when it is made again', () => {
    fc.assert(
      fc.property(anyTerms, (terms) => expect(makeSchedule(structuredClone(terms))).toEqual(makeSchedule(terms))),
    )
  })
})

describe('every allocation', () => {
  const amounts = fc.bigInt({ min: 0n, max: 10_000n })
  const claims = fc
    .array(
      fc.record({
        due: dates,
        open: fc.record({ penalty: amounts, fee: amounts, interest: amounts, principal: amounts }),
      }),
      {
        maxLength: 8,
      },
    )
    .map((all) => all.sort((a, b) => (a.due < b.due ? -1 : 1)))

  it('gives away the whole amount, takes no claim below zero, and leaves only what nothing could take', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 200_000n }),
        dates,
        claims,
        fc.shuffledSubarray([...DEFAULT_ALLOCATION_ORDER], { minLength: 12 }),
        fc.boolean(),
        fc.constantFrom('next', 'last' as const),
        (amount, date, open, order, perInstalment, inAdvance) => {
          const { takes, total, left } = allocate(amount, date, open, { order, perInstalment, inAdvance })
          expect(sumParts(total) + left).toBe(amount)
          const given = open.map(() => noParts())
          for (const take of takes) given[take.index]![take.component] += take.amount
          const all = open.reduce((sum, claim) => sum + sumParts(claim.open), 0n)
          given.forEach((parts, k) => {
            for (const component of ['penalty', 'fee', 'interest', 'principal'] as const)
              expect(parts[component]).toBeLessThanOrEqual(open[k]!.open[component])
          })
          expect(left).toBe(amount > all ? amount - all : 0n)
        },
      ),
    )
  })
})

const KINDS = [
  ...(['repayment', 'repayment', 'repayment', 'charge', 'goodwillCredit', 'merchantRefund', 'disbursement'] as const),
  ...([
    'chargeback',
    'chargeAdjustment',
    'chargeWaiver',
    'reamortise',
    'reage',
    'reschedule',
    'interestPause',
    'chargeOff',
  ] as const),
]

const PAYMENTS: string[] = ['downPayment', 'repayment', 'goodwillCredit', 'merchantRefund', 'chargeAdjustment']

/** A loan, and events that may befall it; some are refused. */
const loans: fc.Arbitrary<{ terms: LoanTerms; events: LoanEvent[] }> = fc
  .tuple(
    fc.record({
      principal: fc.integer({ min: 10_000, max: 5_000_000 }),
      instalments: fc.integer({ min: 1, max: 12 }),
      annualRatePpm: fc.constantFrom(0, 60_000, 120_000, 345_678),
      method: fc.constantFrom('annuity', 'equalPrincipal', 'flat', 'interestOnly' as const),
      dayCount: fc.option(fc.constantFrom('ACT/365F', '30E/360' as const), { nil: undefined }),
      rest: fc.option(fc.constantFrom('day', 'instalment' as const), { nil: undefined }),
      compounding: fc.boolean(),
      inAdvance: fc.constantFrom('next', 'last', 'reduceInstalment', 'reduceCount', 'nextInstalments' as const),
      downPaymentPpm: fc.constantFrom(0, 0, 250_000),
      share: fc.constantFrom(1, 2, 3),
    }),
    fc.array(
      fc.record({
        kind: fc.constantFrom(...KINDS),
        day: fc.integer({ min: 0, max: 420 }),
        amount: fc.integer({ min: 1, max: 900_000 }),
        of: fc.nat(12),
      }),
      { maxLength: 14 },
    ),
  )
  .map(([given, happenings]) => {
    const { dayCount, rest, compounding, inAdvance, share, ...plain } = given
    const terms: LoanTerms = {
      ...plain,
      currency: 'EUR',
      startDate: '2024-01-31',
      every: { count: 1, unit: 'month' },
      allocation: { inAdvance },
      ...(dayCount ? { dayCount } : {}),
      ...(rest ? { recalculation: { rest, compounding } } : {}),
    }
    const first: LoanEvent = {
      id: 'e0',
      date: '2024-01-31',
      type: 'disbursement',
      amount: Math.floor(terms.principal / share),
    }
    const events = happenings
      .sort((a, b) => a.day - b.day)
      .map(({ kind, day, amount, of }, k): LoanEvent => {
        const event = { id: `e${k + 1}`, date: new Date(Date.UTC(2024, 0, 31 + day)).toISOString().slice(0, 10) }
        switch (kind) {
          case 'charge':
            return {
              ...event,
              type: kind,
              component: 'fee',
              due: addMonths(event.date, 1),
              amount: (amount % 5_000) + 1,
            }
          case 'chargeback':
          case 'chargeAdjustment':
            return { ...event, type: kind, of: `e${of}`, amount: (amount % 5_000) + 1 }
          case 'chargeWaiver':
            return { ...event, type: kind, of: `e${of}` }
          case 'reage':
            return {
              ...event,
              type: kind,
              firstDue: addMonths(event.date, 2),
              every: { count: 2, unit: 'week' },
              instalments: 1 + (of % 5),
            }
          case 'reschedule':
            return {
              ...event,
              type: kind,
              from: addMonths('2024-01-31', 1 + (of % terms.instalments)),
              ...(of % 2 === 0
                ? { extraInstalments: 1 }
                : { newDueDate: addMonths('2024-02-10', 1 + (of % terms.instalments)) }),
              ...(of % 3 === 0 ? { annualRatePpm: amount } : {}),
            }
          case 'interestPause':
            return { ...event, type: kind, from: event.date, to: addMonths(event.date, 1 + (of % 3)) }
          case 'reamortise':
          case 'chargeOff':
            return { ...event, type: kind }
          default:
            return { ...event, type: kind, amount }
        }
      })
    return { terms, events: [first, ...events] }
  })

describe('every folded loan', () => {
  const many = { numRuns: 300 }

  it('owes in every row the sum of its parts, and nothing is paid, owed or outstanding below zero', () => {
    fc.assert(
      fc.property(loans, ({ terms, events }) => {
        const table = tableOf(foldLoan(terms, events))
        for (const row of table.rows) {
          expect(row.due).toBe(row.principal + row.interest + row.fees + row.penalties)
          expect(row.outstanding).toBe(row.due - row.paid)
          for (const value of [
            row.principal,
            row.interest,
            row.fees,
            row.paid,
            row.inAdvance,
            row.late,
            row.outstanding,
          ])
            expect(value).toBeGreaterThanOrEqual(0n)
        }
      }),
      many,
    )
  })

  it('has principal in its rows for all that was paid out and charged back, and closes at 0', () => {
    fc.assert(
      fc.property(loans, ({ terms, events }) => {
        const loan = foldLoan(terms, events)
        const { rows, disbursements, totals } = tableOf(loan)
        const reopened = loan.state.chargebacks.reduce((all, { amount }) => all + amount, 0n)
        expect(totals.principal).toBe(disbursements.reduce((all, { amount }) => all + amount, 0n) + reopened)
        expect(rows.at(-1)!.balance).toBe(0n)
        expect(outstandingParts(loan).principal).toBe(loan.state.principalOutstanding)
        expect(rows.map(({ dueDate }) => dueDate)).toEqual(rows.map(({ dueDate }) => dueDate).sort())
      }),
      many,
    )
  })

  it('loses nothing of a payment: its parts and what is overpaid sum to it, and the rows show all parts', () => {
    fc.assert(
      fc.property(loans, ({ terms, events }) => {
        const loan = foldLoan(terms, events)
        let paid = 0n
        for (const { type, amount, parts, overpaid } of movementsOf(loan)) {
          if (!PAYMENTS.includes(type)) continue
          expect(sumParts(parts) + overpaid).toBe(amount)
          paid += sumParts(parts)
        }
        expect(tableOf(loan).totals.paid).toBe(paid)
      }),
      many,
    )
  })

  it('books entries that balance', () => {
    fc.assert(
      fc.property(loans, ({ terms, events }) => {
        for (const { postings } of journalOf(foldLoan(terms, events))) {
          expect(postings.reduce((all, { debit, credit }) => all + debit - credit, 0n)).toBe(0n)
          expect(postings.every(({ debit, credit }) => debit >= 0n && credit >= 0n && debit * credit === 0n)).toBe(true)
        }
      }),
      many,
    )
  })

  it('is, after an event and its reversal, as if neither had ever been', () => {
    fc.assert(
      fc.property(loans, fc.nat(20), ({ terms, events }, pick) => {
        const accepted = events.filter(({ id }) => !foldLoan(terms, events).refused.some(({ event }) => event === id))
        const undone = accepted[pick % accepted.length]!
        const last = accepted.at(-1)!
        const reversed = foldLoan(terms, [...accepted, { id: 'r', date: last.date, type: 'reversal', of: undone.id }])
        const never = foldLoan(
          terms,
          accepted.filter(({ id }) => id !== undone.id),
        )
        expect(tableOf(reversed)).toEqual(tableOf(never))
        expect(outstanding(reversed)).toBe(outstanding(never))
        expect(statusOf(reversed)).toBe(statusOf(never))
        expect(reversed.state.overpaid).toBe(never.state.overpaid)
      }),
      many,
    )
  })

  it('is the same whether a record came in time or late', () => {
    fc.assert(
      fc.property(loans, fc.nat(20), ({ terms, events }, pick) => {
        const accepted = events.filter(({ id }) => !foldLoan(terms, events).refused.some(({ event }) => event === id))
        const distinct = accepted.filter(({ date }, k) => accepted.findIndex((event) => event.date === date) === k)
        const late = distinct[1 + (pick % Math.max(distinct.length - 1, 1))]
        if (!late) return
        const inTime = foldLoan(terms, distinct)
        const cameLate = foldLoan(terms, [...distinct.filter((event) => event !== late), late])
        if (inTime.refused.length > 0 || cameLate.refused.length > 0) return
        expect(tableOf(cameLate)).toEqual(tableOf(inTime))
        expect(statusOf(cameLate)).toBe(statusOf(inTime))
      }),
      many,
    )
  })

  it('is owed no interest beyond what ran by the day on which it is settled or withdrawn from', () => {
    let ends = 0
    let credited = 0
    fc.assert(
      fc.property(loans, fc.nat(60), fc.integer({ min: 1, max: 3 }), fc.boolean(), (life, days, until, settles) => {
        const { terms } = life
        const events = life.events.slice(0, until)
        const before = foldLoan(terms, events)
        const last = before.events.at(-1)
        if (!last || before.state.chargedOff || outstanding(before) === 0n) return
        const date = addDays(last.date, days)
        const due = before.state.rows.filter((row) => row.due <= date)
        const ran = due.reduce((all, { interest }) => all + interest, accruedOf(before, date))
        const quote = settlementOf(before, date)
        const amount = Number(sumParts(quote))
        if (settles && amount === 0) return
        const end: LoanEvent = settles
          ? { id: 'end', date, type: 'settlement', amount }
          : { id: 'end', date, type: 'cancellation', due: addDays(date, 30) }
        const loan = foldLoan(terms, [...events, end])
        if (loan.state.ended === undefined) return
        ends++
        expect(tableOf(loan).totals.interest).toBeLessThanOrEqual(ran)
        const movements = loan.state.movements.filter(({ event }) => event === 'end')
        credited += movements.reduce(
          (all, { type, givenUp }) => all + Number(type === 'interestCredit' || (givenUp?.interest ?? 0n) > 0n),
          0,
        )
        for (const { amount: moved, parts, overpaid } of movements) expect(sumParts(parts) + overpaid).toBe(moved)
        for (const { open } of loan.state.rows)
          for (const part of Object.values(open)) expect(part).toBeGreaterThanOrEqual(0n)
        expect(outstandingParts(loan).principal).toBe(loan.state.principalOutstanding)
        if (!settles) return
        expect(outstanding(loan)).toBe(0n)
        expect(movements.at(-1)).toMatchObject({ type: 'settlement', parts: quote, overpaid: 0n })
        const less = foldLoan(terms, [...events, { ...end, amount: amount - 1 } as LoanEvent])
        expect(less.state.ended).toBeUndefined()
      }),
      many,
    )
    expect(ends).toBeGreaterThan(50)
    expect(credited).toBeGreaterThan(5)
  })

  it('asks no more to settle than all that is outstanding, and all principal but what interest that was paid ahead pays', () => {
    fc.assert(
      fc.property(loans, dates, ({ terms, events }, asOf) => {
        const loan = foldLoan(terms, events)
        const quote = settlementOf(loan, asOf)
        const open = outstandingParts(loan)
        expect(sumParts(quote)).toBeLessThanOrEqual(outstanding(loan))
        for (const part of Object.values(quote)) expect(part).toBeGreaterThanOrEqual(0n)
        // Less principal than is open is asked for only where interest was paid ahead, and then none is owed.
        if (quote.principal !== open.principal) expect(quote.interest).toBe(0n)
        expect(quote.principal).toBeLessThanOrEqual(open.principal)
        const late = arrearsOf(loan, asOf)
        if (late) expect(isDate(late.since)).toBe(true)
      }),
      many,
    )
  })
})
