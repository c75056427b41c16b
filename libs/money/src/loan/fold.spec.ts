import {
  accruedOf,
  arrearsOf,
  checkLoanTerms,
  foldLoan,
  journalOf,
  lateChargesOf,
  newOwnerBook,
  outstanding,
  settlementOf,
  statusOf,
  tableOf,
  titleOf,
  type Loan,
  type LoanEvent,
  type LoanEventBody,
  type LoanTerms,
} from '../index.js'

const plain: LoanTerms = {
  currency: 'EUR',
  principal: 1_000_00,
  startDate: '2026-01-01',
  instalments: 4,
  every: { count: 1, unit: 'month' },
  annualRatePpm: 120_000,
  method: 'equalPrincipal',
}

/** Events numbered from 1, after a disbursement of everything on the first day (number 0). */
function fold(events: (LoanEventBody & { date: string })[], more: Partial<LoanTerms> = {}): Loan {
  const terms = { ...plain, ...more }
  const paidOut: LoanEvent = { id: '0', date: '2026-01-01', type: 'disbursement', amount: terms.principal }
  return foldLoan(terms, [paidOut, ...events.map((event, k): LoanEvent => ({ id: String(k + 1), ...event }))])
}

const repaid = (date: string, amount: number) => ({ date, type: 'repayment', amount }) as const
const rowsOf = (loan: Loan) =>
  tableOf(loan).rows.map(({ dueDate, principal, interest, fees, outstanding: open }) => [
    dueDate,
    principal,
    interest,
    fees,
    open,
  ])
const refusalsOf = (loan: Loan) => loan.refused.map(({ refused }) => refused)

describe('a loan', () => {
  it('that was only agreed shows the table of its terms, and owes nothing', () => {
    const loan = foldLoan(plain, [])
    expect(tableOf(loan).rows.map(({ due }) => due)).toEqual([26_000n, 25_750n, 25_500n, 25_250n])
    expect(outstanding(loan)).toBe(0n)
    expect(statusOf(loan)).toBe('agreed')
  })

  it('is active, then closed, then overpaid', () => {
    expect(statusOf(fold([]))).toBe('active')
    expect(statusOf(fold([repaid('2026-05-01', 102_500)]))).toBe('closed')
    expect(statusOf(fold([repaid('2026-05-01', 102_501)]))).toBe('overpaid')
  })

  it('is late from the day after a due date, past the tolerance', () => {
    const loan = fold([repaid('2026-02-01', 26_000)], { arrears: { graceDays: 3 } })
    expect(arrearsOf(loan, '2026-03-04')).toBeNull()
    expect(arrearsOf(loan, '2026-03-05')).toMatchObject({ since: '2026-03-04', daysPastDue: 1, overdue: 25_750n })
  })

  it('with an own table owes exactly what was signed', () => {
    const loan = fold([repaid('2026-03-01', 500_00)], {
      method: 'ownTable',
      table: [
        ['2026-03-01', 400_00, 9_99, 1_00],
        ['2026-09-01', 600_00, 12_34, 0],
      ],
    })
    expect(rowsOf(loan)).toEqual([
      ['2026-03-01', 400_00n, 9_99n, 1_00n, 0n],
      ['2026-09-01', 600_00n, 12_34n, 0n, 523_33n],
    ])
  })

  it('needs terms that can be folded', () => {
    const order = ['pastDue.fee'] as const
    expect(checkLoanTerms({ ...plain, allocation: { order: [...order] } })).toMatchObject({
      refused: 'allocation_order_incomplete',
    })
    expect(checkLoanTerms({ ...plain, arrears: { graceDays: -1 } })).toMatchObject({ refused: 'arrears_out_of_range' })
    expect(() => foldLoan({ ...plain, principal: 0 }, [])).toThrow('principal_out_of_range')
  })
})

describe('charges', () => {
  it('belong to the first instalment due on or after them, or to a row of their own', () => {
    const loan = fold([
      { date: '2026-02-10', type: 'charge', component: 'fee', due: '2026-02-10', amount: 500 },
      { date: '2026-06-10', type: 'charge', component: 'penalty', due: '2026-06-10', amount: 700 },
    ])
    const rows = tableOf(loan).rows
    expect(rows[1]).toMatchObject({ dueDate: '2026-03-01', fees: 500n })
    expect(rows[4]).toMatchObject({ dueDate: '2026-06-10', kind: 'afterwards', penalties: 700n, principal: 0n })
  })

  it('are due on their own day: not paid in advance because their instalment would be', () => {
    const groups = ['pastDue', 'due', 'inAdvance'] as const
    const order = groups.flatMap((group) =>
      (['principal', 'penalty', 'fee', 'interest'] as const).map((part) => `${group}.${part}` as const),
    )
    const fee = { date: '2026-01-10', type: 'charge', component: 'fee', due: '2026-01-20', amount: 500 } as const
    const paid = (date: string) =>
      fold([fee, repaid(date, 100)], { allocation: { order } }).state.movements.at(-1)!.parts
    expect(paid('2026-01-19')).toMatchObject({ principal: 100n, fee: 0n })
    expect(paid('2026-01-20')).toMatchObject({ principal: 0n, fee: 100n })
    expect(paid('2026-01-25')).toMatchObject({ principal: 0n, fee: 100n })
  })

  it('leave no empty row behind when the table grows past them', () => {
    const late = { date: '2026-01-10', type: 'charge', component: 'fee', due: '2026-05-20', amount: 500 } as const
    const loan = fold([late, { date: '2026-01-20', type: 'reschedule', from: '2026-03-01', extraInstalments: 1 }])
    expect(tableOf(fold([late])).rows.map(({ kind }) => kind)).toHaveLength(5)
    expect(
      tableOf(loan)
        .rows.map(({ dueDate, fees }) => [dueDate, fees])
        .at(-1),
    ).toEqual(['2026-06-01', 500n])
    expect(tableOf(loan).rows).toHaveLength(5)
  })

  it('may be a share of principal and interest, be waived, or be credited', () => {
    const charge = {
      date: '2026-02-10',
      type: 'charge',
      component: 'fee',
      due: '2026-02-10',
      ppmOfPrincipalAndInterest: 10_000,
    } as const
    expect(tableOf(fold([charge])).totals.fees).toBe(10_25n)
    expect(tableOf(fold([charge, { date: '2026-02-11', type: 'chargeWaiver', of: '1' }])).totals.fees).toBe(0n)
    const credited = fold([charge, { date: '2026-02-11', type: 'chargeAdjustment', of: '1', amount: 10_25 }])
    expect(tableOf(credited).totals).toMatchObject({ fees: 10_25n, paid: 10_25n })
    expect(
      refusalsOf(fold([charge, { date: '2026-02-11', type: 'chargeAdjustment', of: '1', amount: 10_26 }])),
    ).toEqual(['charge_adjusted_beyond_amount'])
  })
})

describe('recalculation on payment', () => {
  const recalculated: Partial<LoanTerms> = { recalculation: { rest: 'day' }, method: 'annuity', dayCount: 'ACT/365F' }

  it('is off unless the agreement has it: the table stands', () => {
    const before = rowsOf(fold([])).map((row) => row.slice(0, 4))
    expect(rowsOf(fold([repaid('2026-01-10', 600_00)])).map((row) => row.slice(0, 4))).toEqual(before)
  })

  it('lets the borrower who pays all on a day pay interest to that day only', () => {
    const order = ['penalty', 'fee', 'interest', 'principal'] as const
    const groups = ['pastDue', 'due', 'inAdvance'] as const
    const allocation = {
      inAdvance: 'reduceCount',
      order: groups.flatMap((group) => order.map((part) => `${group}.${part}` as const)),
    } as const
    const loan = fold([repaid('2026-01-11', 1_003_29)], { ...recalculated, allocation: { ...allocation } })
    expect(statusOf(loan)).toBe('closed')
    expect(tableOf(loan).totals.interest).toBe(3_29n)
  })

  it('keeps an instalment that was made smaller, also where it was sized on the agreed principal', () => {
    const loan = fold([repaid('2026-02-01', 600_00), repaid('2026-03-01', 1_00)], {
      ...recalculated,
      instalmentSizedOn: 'agreedPrincipal',
      allocation: { inAdvance: 'reduceInstalment' },
    })
    const [, second, third] = tableOf(loan).rows
    expect(Math.abs(Number(second!.due - third!.due))).toBeLessThan(100)
  })

  it('makes instalments smaller, or fewer, or skips the next ones', () => {
    const after = (inAdvance: 'reduceInstalment' | 'reduceCount' | 'nextInstalments') =>
      tableOf(fold([repaid('2026-02-01', 600_00)], { ...recalculated, allocation: { inAdvance } }))
        .rows.slice(1)
        .map(({ due }) => due)
    const [smaller, fewer, skipped] = [after('reduceInstalment'), after('reduceCount'), after('nextInstalments')]
    expect(smaller).toHaveLength(3)
    expect(fewer).toHaveLength(2)
    expect(skipped[0]!).toBeLessThan(10_00n)
    expect(skipped.at(-1)!).toBeGreaterThan(200_00n)
  })
})

describe('a change of what happened', () => {
  it('reversed: as if never made, and the journal takes the entry back', () => {
    const loan = fold([repaid('2026-02-01', 26_000), { date: '2026-02-05', type: 'reversal', of: '1' }])
    expect(tableOf(loan)).toEqual(tableOf(fold([])))
    const last = journalOf(loan).at(-1)!
    expect(last).toMatchObject({ ofEvent: '2', reverses: '1' })
  })

  it('gives back its effect to what the reversed event had kept from it', () => {
    const again = { type: 'reage', firstDue: '2026-01-22', every: { count: 1, unit: 'month' }, instalments: 4 } as const
    const change = { date: '2026-01-02', ...again }
    // The first instalment has a payment and is kept, so no table can begin before it is due.
    const kept = fold([repaid('2026-01-02', 200), change])
    expect(refusalsOf(kept)).toEqual(['reschedule_out_of_range'])
    const freed = fold([repaid('2026-01-02', 200), change, { date: '2026-01-03', type: 'reversal', of: '1' }])
    expect(refusalsOf(freed)).toEqual([])
    expect(rowsOf(freed)).toEqual(rowsOf(fold([change])))
  })

  it('twice, unknown, or of a reversal: refused', () => {
    const loan = fold([
      repaid('2026-02-01', 26_000),
      { date: '2026-02-05', type: 'reversal', of: '1' },
      { date: '2026-02-05', type: 'reversal', of: '1' },
      { date: '2026-02-05', type: 'reversal', of: '99' },
      { date: '2026-02-05', type: 'reversal', of: '2' },
    ])
    expect(refusalsOf(loan)).toEqual(['already_reversed', 'event_unknown', 'event_not_reversible'])
  })

  it('backdated: what came after is folded anew', () => {
    const loan = fold([repaid('2026-03-01', 25_750), repaid('2026-02-01', 26_000)])
    expect(
      tableOf(loan)
        .rows.slice(0, 2)
        .map(({ paidDate, late }) => [paidDate, late]),
    ).toEqual([
      ['2026-02-01', 0n],
      ['2026-03-01', 0n],
    ])
    expect(loan.steps.map(({ step }) => step)).toEqual(['made', 'made', 'made', 'replayed'])
  })

  it('what rests on a reversed event lapses with it', () => {
    const loan = fold([
      repaid('2026-02-01', 26_000),
      { date: '2026-02-03', type: 'chargeback', of: '1', amount: 26_000 },
      { date: '2026-02-05', type: 'reversal', of: '1' },
    ])
    expect(refusalsOf(loan)).toEqual(['payment_unknown'])
    expect(tableOf(loan)).toEqual(tableOf(fold([])))
  })

  it('a record twice has no second effect', () => {
    const once = fold([repaid('2026-02-01', 26_000)])
    const twice = foldLoan(plain, [...once.events, once.events[1]!])
    expect(refusalsOf(twice)).toEqual(['event_id_repeated'])
    expect(tableOf(twice)).toEqual(tableOf(once))
  })
})

describe('restructuring', () => {
  it('does not move an instalment in which a chargeback was paid again', () => {
    const loan = fold([
      repaid('2026-01-15', 260_00),
      { date: '2026-02-10', type: 'chargeback', of: '1', amount: 100_00 },
      repaid('2026-03-01', 2_000_00),
      { date: '2026-03-02', type: 'reschedule', from: '2026-02-01', newDueDate: '2026-02-20' },
    ])
    expect(refusalsOf(loan)).toEqual(['instalment_already_paid'])
  })

  it('moves due dates, adds instalments, changes the rate', () => {
    const moved = fold([{ date: '2026-01-20', type: 'reschedule', from: '2026-03-01', newDueDate: '2026-03-15' }])
    expect(tableOf(moved).rows.map(({ dueDate }) => dueDate)).toEqual([
      '2026-02-01',
      '2026-03-15',
      '2026-04-15',
      '2026-05-15',
    ])
    const longer = fold([{ date: '2026-01-20', type: 'reschedule', from: '2026-03-01', extraInstalments: 2 }])
    expect(tableOf(longer).rows.map(({ principal }) => principal)).toEqual([
      250_00n,
      150_00n,
      150_00n,
      150_00n,
      150_00n,
      150_00n,
    ])
    const cheaper = fold([{ date: '2026-01-20', type: 'reschedule', from: '2026-03-01', annualRatePpm: 0 }])
    expect(tableOf(cheaper).rows.map(({ interest }) => interest)).toEqual([10_00n, 0n, 0n, 0n])
  })

  it('reamortises what is overdue, and re-ages everything into a new table', () => {
    const spread = fold([{ date: '2026-03-10', type: 'reamortise' }])
    expect(tableOf(spread).rows.map(({ principal }) => principal)).toEqual([0n, 0n, 500_00n, 500_00n])
    const reaged = fold([
      { date: '2026-03-10', type: 'reage', firstDue: '2026-07-01', every: { count: 1, unit: 'month' }, instalments: 3 },
    ])
    expect(tableOf(reaged).rows.map(({ principal }) => principal)).toEqual([0n, 0n, 0n, 0n, 333_33n, 333_33n, 333_34n])
    expect(tableOf(reaged).totals.principal).toBe(1_000_00n)
  })

  it('is refused where it makes no sense', () => {
    const tried = (event: LoanEventBody) =>
      refusalsOf(fold([{ date: '2026-01-20', ...event } as LoanEventBody & { date: string }]))
    expect(tried({ type: 'reschedule', from: '2026-03-02', extraInstalments: 1 })).toEqual(['instalment_unknown'])
    expect(tried({ type: 'reschedule', from: '2026-03-01' })).toEqual(['reschedule_empty'])
    expect(tried({ type: 'reschedule', from: '2026-03-01', extraInstalments: 600 })).toEqual([
      'reschedule_out_of_range',
    ])
    expect(tried({ type: 'reschedule', from: '2026-03-01', newDueDate: '2026-01-31' })).toEqual([
      'reschedule_out_of_range',
    ])
    expect(tried({ type: 'reamortise' })).toEqual(['nothing_past_due'])
    expect(tried({ type: 'reage', firstDue: '2026-01-01', every: plain.every, instalments: 2 })).toEqual([
      'reschedule_out_of_range',
    ])
  })
})

describe('writing off', () => {
  it('moves what is outstanding in the books; the debt remains, and payments are recoveries', () => {
    const loan = fold([{ date: '2026-06-01', type: 'chargeOff' }, repaid('2026-06-10', 300_00)])
    expect(outstanding(loan)).toBe(1_025_00n - 300_00n)
    const [, writeOff, recovery] = journalOf(loan)
    expect(writeOff!.postings.map(({ account, debit, credit }) => [account, debit, credit])).toEqual([
      ['loanReceivable', 0n, 1_000_00n],
      ['interestAndFeeReceivable', 0n, 25_00n],
      ['writeOff', 1_000_00n, 0n],
      ['interestReversed', 25_00n, 0n],
    ])
    expect(recovery!.postings.map(({ account }) => account)).toEqual(['cashInTransit', 'recovery'])
  })

  it('happens once, can be undone, and names fraud', () => {
    const once = fold([
      { date: '2026-06-01', type: 'flag', flag: 'fraud' },
      { date: '2026-06-01', type: 'chargeOff' },
      { date: '2026-06-02', type: 'chargeOff' },
    ])
    expect(refusalsOf(once)).toEqual(['already_charged_off'])
    expect(journalOf(once)[1]!.postings.map(({ account }) => account)).toContain('writeOffFraud')
    const undone = fold([
      { date: '2026-06-01', type: 'chargeOff' },
      { date: '2026-06-02', type: 'undoChargeOff' },
      { date: '2026-06-02', type: 'undoChargeOff' },
    ])
    expect(undone.state.chargedOff).toBeUndefined()
    expect(refusalsOf(undone)).toEqual(['not_charged_off'])
  })
})

describe('a loan that was written off', () => {
  it('takes payments, and nothing is added to it until that is undone', () => {
    const fee = { date: '2026-06-10', type: 'charge', component: 'fee', due: '2026-06-10', amount: 100 } as const
    const loan = fold([{ date: '2026-06-01', type: 'chargeOff' }, fee, repaid('2026-06-10', 100)])
    expect(refusalsOf(loan)).toEqual(['loan_charged_off'])
    const undone = fold([{ date: '2026-06-01', type: 'chargeOff' }, { date: '2026-06-02', type: 'undoChargeOff' }, fee])
    expect(refusalsOf(undone)).toEqual([])
  })

  it('is written off as of a day after all that happened', () => {
    expect(refusalsOf(fold([repaid('2026-06-10', 100), { date: '2026-06-01', type: 'chargeOff' }]))).toEqual([
      'charge_off_backdated',
    ])
  })
})

describe('a chargeback', () => {
  it('uses overpaid money first, and reopens the rest with the next instalment', () => {
    const loan = fold([
      repaid('2026-02-01', 1_030_00),
      { date: '2026-02-10', type: 'chargeback', of: '1', amount: 105_00 },
    ])
    expect(loan.state.overpaid).toBe(0n)
    expect(outstanding(loan)).toBe(100_00n)
    expect(tableOf(loan).rows[1]).toMatchObject({ dueDate: '2026-03-01', principal: 350_00n, outstanding: 100_00n })
  })

  it('never takes back more than was paid', () => {
    const loan = fold([repaid('2026-02-01', 100), { date: '2026-02-10', type: 'chargeback', of: '1', amount: 101 }])
    expect(refusalsOf(loan)).toEqual(['charged_back_beyond_payment'])
  })
})

describe('settling early', () => {
  it('asks for all principal, interest to the day and what is unpaid of earlier rows', () => {
    const loan = fold([])
    expect(accruedOf(loan, '2026-02-15')).toBe(3_75n)
    expect(settlementOf(loan, '2026-02-15')).toEqual({ principal: 1_000_00n, interest: 13_75n, fee: 0n, penalty: 0n })
    expect(settlementOf(loan, '2026-01-01')).toEqual({ principal: 1_000_00n, interest: 0n, fee: 0n, penalty: 0n })
    const costly = fold([], { earlySettlementFee: { ppm: 10_000 } })
    expect(settlementOf(costly, '2026-02-15').fee).toBe(7_50n)
    expect(settlementOf(costly, '2026-05-01').fee).toBe(0n)
  })
})

describe('being late', () => {
  const terms: Partial<LoanTerms> = { lateFee: { ppm: 50_000, graceDays: 5, cap: 20_00 }, penaltyRatePpm: 36_500 }

  it('costs a fee after the grace days, up to the cap, and penalty interest until the principal is paid', () => {
    const loan = fold([repaid('2026-02-11', 260_00)], terms)
    expect(lateChargesOf(loan, '2026-02-06')).toEqual([{ due: '2026-02-01', fee: 0n, penalty: 12n }])
    expect(lateChargesOf(loan, '2026-03-11')).toEqual([
      { due: '2026-02-01', fee: 13_00n, penalty: 25n },
      { due: '2026-03-01', fee: 7_00n, penalty: 25n },
    ])
  })

  it('costs nothing in time, or where the terms say nothing', () => {
    expect(lateChargesOf(fold([repaid('2026-02-01', 260_00)], terms), '2026-02-28')).toEqual([])
    expect(lateChargesOf(fold([]), '2026-12-31')).toEqual([])
  })
})

describe('a pause of interest', () => {
  const pause = { date: '2026-02-10', type: 'interestPause', from: '2026-03-01', to: '2026-04-01' } as const

  it('leaves its days out', () => {
    expect(tableOf(fold([pause])).rows.map(({ interest }) => interest)).toEqual([10_00n, 7_50n, 0n, 2_50n])
  })

  it('is refused twice for the same days, and after the last instalment', () => {
    expect(refusalsOf(fold([pause, { ...pause, from: '2026-03-31', to: '2026-04-02' }]))).toEqual([
      'interest_already_paused',
    ])
    expect(refusalsOf(fold([{ ...pause, from: '2026-06-01', to: '2026-07-01' }]))).toEqual(['no_instalment_left'])
  })
})

describe('the title', () => {
  const sold = { date: '2026-01-10', type: 'sale', settlementDate: '2026-01-20', pricePpm: 980_000 } as const

  it('passes at the end of the settlement date, and the buyer’s book takes what is outstanding then', () => {
    const loan = fold([sold, repaid('2026-02-01', 26_000)])
    expect(titleOf(loan, '2026-01-20').links.map(({ state }) => state)).toEqual(['pending'])
    expect(titleOf(loan, '2026-01-21').links.map(({ state }) => state)).toEqual(['pending', 'active'])
    const book = newOwnerBook(loan, '2026-02-01')
    const receivable = book
      .filter(({ account }) => account === 'loanReceivable')
      .map(({ debit, credit }) => debit - credit)
    expect(receivable).toEqual([1_000_00n, -250_00n])
  })

  it('leaves nothing in the buyer’s book once it went back, whatever was charged and paid in between', () => {
    const loan = fold(
      [
        { date: '2026-01-05', type: 'charge', component: 'fee', due: '2026-01-05', amount: 10_00 },
        sold,
        { date: '2026-01-22', type: 'charge', component: 'penalty', due: '2026-01-25', amount: 20_00 },
        repaid('2026-02-01', 400_00),
        { date: '2026-02-10', type: 'buyback', settlementDate: '2026-02-20' },
      ],
      { annualRatePpm: 0 },
    )
    const book = newOwnerBook(loan, '2026-02-21')
    for (const account of ['loanReceivable', 'interestAndFeeReceivable'] as const) {
      const own = book.filter((posting) => posting.account === account)
      expect(own.reduce((all, { debit, credit }) => all + debit - credit, 0n)).toBe(0n)
    }
    expect(book).toContainEqual({ class: 'income', account: 'fees', debit: 0n, credit: 20_00n })
  })

  it('comes back by a buyback, and can be sold only by its owner', () => {
    const loan = fold([
      sold,
      { ...sold, date: '2026-01-25', settlementDate: '2026-01-30' },
      { date: '2026-02-10', type: 'buyback', settlementDate: '2026-02-20' },
      { ...sold, date: '2026-02-15', settlementDate: '2026-02-15' },
      { ...sold, date: '2026-03-15', settlementDate: '2026-03-15' },
    ])
    expect(refusalsOf(loan)).toEqual(['title_not_with_owner', 'title_not_with_owner'])
    expect(titleOf(loan, '2026-04-01').links.map(({ type, state, to }) => [type, state, to])).toEqual([
      ['sale', 'pending', '2026-01-20'],
      ['sale', 'active', '2026-02-20'],
      ['buyback', 'buyback', '2026-02-20'],
      ['sale', 'pending', '2026-03-15'],
      ['sale', 'active', null],
    ])
    expect(refusalsOf(fold([{ date: '2026-01-02', type: 'buyback', settlementDate: '2026-01-03' }]))).toEqual([
      'title_not_sold',
    ])
  })
})

describe('disbursements', () => {
  it('stay within the principal and the term', () => {
    const half: LoanEvent = { id: 'a', date: '2026-01-01', type: 'disbursement', amount: 500_00 }
    const tried = (event: LoanEvent) => refusalsOf(foldLoan(plain, [half, event]))
    expect(tried({ ...half, id: 'b', amount: 500_01 })).toEqual(['disbursed_beyond_principal'])
    expect(tried({ ...half, id: 'b', date: '2026-05-01' })).toEqual(['disbursed_after_maturity'])
    expect(tried({ ...half, id: 'b', amount: 0 })).toEqual(['amount_out_of_range'])
    expect(refusalsOf(foldLoan(plain, [{ id: 'a', date: '2026-01-01', type: 'repayment', amount: 5 }]))).toEqual([
      'not_disbursed',
    ])
  })

  it('size the later instalments on what was paid out, or on the agreed principal', () => {
    const two: LoanEvent[] = [
      { id: 'a', date: '2026-01-01', type: 'disbursement', amount: 400_00 },
      { id: 'b', date: '2026-02-15', type: 'disbursement', amount: 600_00 },
    ]
    const principals = (more: Partial<LoanTerms>) =>
      tableOf(foldLoan({ ...plain, ...more }, two)).rows.map(({ principal }) => principal)
    expect(principals({ annualRatePpm: 0 })).toEqual([100_00n, 300_00n, 300_00n, 300_00n])
    expect(principals({ annualRatePpm: 0, instalmentSizedOn: 'agreedPrincipal' })).toEqual([
      250_00n,
      250_00n,
      250_00n,
      250_00n,
    ])
  })
})

describe('terms', () => {
  it('are checked when a loan is folded first, and not for every fold', () => {
    let looked = 0
    const terms: LoanTerms = {
      ...{ currency: 'EUR', principal: 1_000_00, startDate: '2026-01-01', instalments: 3, method: 'annuity' },
      ...{ every: { count: 1, unit: 'month' }, annualRatePpm: 90_000 },
      get penaltyRatePpm() {
        looked++
        return 0
      },
    }
    foldLoan(terms, [])
    const once = looked
    foldLoan(terms, [])
    expect(once).toBeGreaterThan(0)
    expect(looked).toBe(once)
    expect(() => foldLoan({ ...terms, annualRatePpm: -1 }, [])).toThrow(RangeError)
  })
})
