/** That no split loses or makes a minor unit, or is one off: of a table between notes, of a payment, of a note that is sold in part. */
import fc from 'fast-check'
import {
  accountAt,
  accountsOf,
  END_OF_TIME,
  everyNote,
  isServiced,
  leavesOf,
  noteLoans,
  notesOf,
  openNotes,
  standing,
  type LoanState,
  type Note,
} from '#libs/loans'
import { openOf, type LoanRow } from '#libs/money'
import { anyLife, type Life, type Step } from './testing/any-life.js'
import { days } from './testing/books-follow.js'
import { tradedLoan } from './testing/traded-loan.js'

const RUNS = 200
const COLUMNS = ['principal', 'interest', 'fees'] as const

/** What makes no principal owed anew: shares are exact from one such beginning to the next. */
const GOING_ON: readonly Step['act'][] = [
  ...(['repay', 'unannounced', 'sell', 'sellPart', 'sellTwice', 'steal', 'sellUnseen', 'passOn'] as const),
  ...(['default', 'writeOff', 'settle'] as const),
]
const collectedFor = (life: Life): Life => ({
  ...life,
  serviced: true,
  steps: life.steps.filter(({ act }) => GOING_ON.includes(act)),
})

describe('what is owed on the notes of a loan', () => {
  it('is never less than nothing, and in sum what is owed on the loan, at every step', () => {
    fc.assert(
      fc.property(anyLife, (life) => {
        const { loan } = tradedLoan(life)
        for (const day of days(loan)) {
          const accounts = isServiced(loan) ? [loan] : accountsOf(loan)
          if (standing(loan, day).status === 'agreed') continue
          const notes = openNotes(loan, day)
          for (const { principal, accrued } of notes) expect(principal >= 0n && accrued >= 0n).toBe(true)
          const onNotes = notes.reduce((sum, { principal }) => sum + principal, 0n)
          expect({ day, owed: Number(onNotes) }).toEqual({ day, owed: standing(loan, day).outstanding.principal })
          if (day === END_OF_TIME)
            expect(onNotes).toBe(
              accounts.reduce((sum, of) => sum + accountAt(of, day).loan.state.principalOutstanding, 0n),
            )
        }
      }),
      { numRuns: RUNS },
    )
  })

  it('is within one minor unit of the share of each, and of each part of what was sold in part', () => {
    let splits = 0
    fc.assert(
      fc.property(anyLife.map(collectedFor), (life) => {
        const { loan } = tradedLoan(life)
        if (standing(loan, END_OF_TIME).status === 'agreed') return
        const owed = new Map(openNotes(loan, END_OF_TIME).map(({ note, principal }) => [note.name, principal]))
        const under = (note: Note) => leavesOf([note]).reduce((sum, { name }) => sum + owed.get(name)!, 0n)
        const shares = loan.agreement!.lenders.map(([, share]) => BigInt(share))
        isShared(notesOf(loan).map(under), shares)
        for (const { split } of everyNote(notesOf(loan))) {
          if (!split) continue
          splits++
          isShared(split.children.map(under), split.parts)
        }
      }),
      { numRuns: RUNS },
    )
    expect(splits).toBeGreaterThan(20)
  })
})

describe('a note that is sold in part, and is an account of its own', () => {
  it('goes over into its parts row by row, and neither is a unit off its part of what was open', () => {
    let splits = 0
    fc.assert(
      fc.property(anyLife, (life) => {
        const { loan } = tradedLoan({ ...life, serviced: false })
        const accounts = new Map(noteLoans(loan).map((of) => [of.note.name, of.loan]))
        for (const { name, split } of everyNote(notesOf(loan))) {
          if (!split) continue
          splits++
          const open = openRows(accounts.get(name)!, split.on)
          const parts = split.children.map((child) => agreedRows(accounts.get(child.name)!))
          for (const column of COLUMNS) {
            const sums = [0n, 0n]
            for (const [due, whole] of open) {
              const both = parts.map((rows) => rows.get(due)?.[column] ?? 0n)
              expect(both[0]! + both[1]!).toBe(whole[column])
              both.forEach((part, k) => (sums[k]! += part))
              isShared(sums, split.parts)
            }
          }
          for (const child of split.children)
            expect(accountAt(accounts.get(child.name)!, split.on).loan.state.principalOutstanding).toBe(
              [...agreedRows(accounts.get(child.name)!).values()].reduce((sum, { principal }) => sum + principal, 0n),
            )
        }
      }),
      { numRuns: RUNS },
    )
    expect(splits).toBeGreaterThan(20)
  })
})

/** Each is less than one minor unit off its part of the sum. */
function isShared(parts: readonly bigint[], weights: readonly bigint[]): void {
  const sum = parts.reduce((all, part) => all + part, 0n)
  const total = weights.reduce((all, weight) => all + weight, 0n)
  parts.forEach((part, k) => {
    const off = part * total - sum * weights[k]!
    expect(off < total && off > -total).toBe(true)
  })
}

type Cells = { [C in (typeof COLUMNS)[number]]: bigint }

/** What is open of an account's rows on a day, by due date. */
function openRows(loan: LoanState, day: string): Map<string, Cells> {
  const rows = accountAt(loan, day).loan.state.rows.filter((row) => openOf(row) > 0n)
  return byDay(rows, ({ due, open }: LoanRow) => [
    due,
    { principal: open.principal, interest: open.interest, fees: open.fee + open.penalty },
  ])
}

/** The table of an account as it began. */
function agreedRows(loan: LoanState): Map<string, Cells> {
  return byDay(loan.agreement!.instalments, ([due, principal, interest, fees]) => [
    due,
    { principal: BigInt(principal), interest: BigInt(interest), fees: BigInt(fees) },
  ])
}

function byDay<Row>(rows: readonly Row[], read: (row: Row) => [due: string, cells: Cells]): Map<string, Cells> {
  const found = new Map<string, Cells>()
  for (const [due, cells] of rows.map(read)) {
    const before = found.get(due) ?? { principal: 0n, interest: 0n, fees: 0n }
    for (const column of COLUMNS) before[column] += cells[column]
    found.set(due, before)
  }
  return found
}
