/**
 * Titles: who owns which note. A note begins as the share of one lender and is named by the lender's number in the agreement;
 * a sale moves its title, and the sale of a part splits it in two, of which `.0` stays with the seller and `.1` goes to the buyer.
 */
import type { PlainDate } from '#libs/money'
import type { Agreement } from '../agreement.js'
import type { LoanState } from '../loan.js'
import type { Sale } from './trade.js'

/** One link of a chain of title. A title passes at the end of the day. */
export interface Title {
  owner: string
  /** The `note.sold` that gave it; null: the agreement. */
  record: string | null
  /** The day of that sale; null: from the beginning. */
  on: PlainDate | null
}

export interface Note {
  /** The lender's number, then 0 or 1 for each split: `2`, `2.1`, `2.1.0`. */
  name: string
  /** The number of the lender whose share it is of. */
  lender: number
  /** From the first owner to the last; never empty. */
  titles: Title[]
  /** A part of it was sold: it went over into two others. */
  split: { sale: string; on: PlainDate; parts: [kept: bigint, sold: bigint]; children: [kept: Note, sold: Note] } | null
}

/** The form of a note's name. */
export const NOTE_NAME = /^(0|[1-9][0-9]?)(\.[01])*$/

/** By the sales of a state, which only ever grow in number. */
const known = new WeakMap<LoanState['sales'], { count: number; agreement: Agreement; notes: Note[] }>()

/** The notes that the agreement made, in the order of lenders, with all that came of them. Not to be changed. */
export function notesOf({ agreement, sales }: LoanState): readonly Note[] {
  const count = Object.keys(sales).length
  const before = known.get(sales)
  if (before?.count === count && before.agreement === agreement) return before.notes
  const notes = grownNotes(agreement!, sales)
  known.set(sales, { count, agreement: agreement!, notes })
  return notes
}

function grownNotes(agreement: Agreement, sales: LoanState['sales']): Note[] {
  const next = new Map<string, [id: string, sale: Sale]>()
  for (const [id, sale] of Object.entries(sales).sort(([a], [b]) => (a < b ? -1 : 1))) {
    const key = `${sale.note} ${sale.previous ?? ''}`
    if (!next.has(key)) next.set(key, [id, sale])
  }
  const grow = (name: string, lender: number, first: Title): Note => {
    const titles = [first]
    for (;;) {
      const title = titles.at(-1)!
      const found = next.get(`${name} ${title.record ?? ''}`)
      if (!found) return { name, lender, titles, split: null }
      const [id, { buyer, on, owed, part }] = found
      const bought: Title = { owner: buyer, record: id, on }
      if (part === null) {
        titles.push(bought)
        continue
      }
      const kept: Title = { owner: title.owner, record: id, on }
      const parts: [bigint, bigint] = [BigInt(owed - part), BigInt(part)]
      const children: [Note, Note] = [grow(`${name}.0`, lender, kept), grow(`${name}.1`, lender, bought)]
      return { name, lender, titles, split: { sale: id, on, parts, children } }
    }
  }
  return agreement.lenders.map(([owner], k) => grow(String(k), k, { owner, record: null, on: null }))
}

/** The notes in force: those that were not split. */
export function leavesOf(notes: readonly Note[]): Note[] {
  return everyNote(notes).filter(({ split }) => split === null)
}

/** All notes that there ever were, each before its parts. */
export function everyNote(notes: readonly Note[], found: Note[] = []): Note[] {
  for (const note of notes) {
    found.push(note)
    if (note.split) everyNote(note.split.children, found)
  }
  return found
}

/** The note of a name; null when there is none. */
export function findNote(loan: LoanState, name: string): Note | null {
  const [number, ...path] = name.split('.')
  let note: Note | undefined = notesOf(loan)[Number(number)]
  for (const side of path) note = note?.split?.children[Number(side)]
  return note && note.name === name ? note : null
}

/** All notes that there ever were, by name: for whoever looks up many. */
export function notesByName(loan: LoanState): ReadonlyMap<string, Note> {
  return new Map(everyNote(notesOf(loan)).map((note) => [note.name, note]))
}

/** Who has the title in the end. */
export function ownerOf({ titles }: Note): string {
  return titles.at(-1)!.owner
}

/** Who had the title during a day. */
export function titleOn({ titles }: Note, day: PlainDate): Title {
  return titles.findLast(({ on }) => on === null || on < day) ?? titles[0]!
}

/** Who had the title at the end of a day. */
export function titleAfter({ titles }: Note, day: PlainDate): Title {
  return titles.findLast(({ on }) => on === null || on <= day) ?? titles[0]!
}

/** Everyone who owns a note now, each once, in the order of notes. */
export function ownersOf(loan: LoanState): string[] {
  return [...new Set(leavesOf(notesOf(loan)).map(ownerOf))]
}

/** Whether money for all notes goes to one servicer, so that the loan is one account. */
export function isServiced({ agreement }: LoanState): boolean {
  return Boolean(agreement!.servicer)
}

/** Whether the loan is one note of one owner that was never split. */
export function isWhole(loan: LoanState): boolean {
  return loan.agreement!.lenders.length === 1 && notesOf(loan)[0]!.split === null
}
