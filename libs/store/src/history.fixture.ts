/** Random histories of a small network, made by hand: what specs feed to stores in pieces. */
import fc from 'fast-check'
import { type StoredRecord, toText, ZERO_32 } from '#libs/record'
import { handMade } from './hand-made.fixture.js'
import type { Draft } from './ports.js'
import { admit, lapse, openPot, propose, signLoan } from './pots.fixture.js'
import type { TestStore } from './testing.shell.js'

/** What somebody does next; numbers choose among what there is. */
export interface Step {
  author: number
  what: 'open' | 'propose' | 'sign' | 'lapse'
  of: number
  refs: number[]
}

export const steps = fc.array(
  fc.record({
    author: fc.nat(3),
    what: fc.constantFrom<Step['what'][]>('open', 'propose', 'sign', 'sign', 'lapse'),
    of: fc.nat(100),
    refs: fc.array(fc.nat(100), { maxLength: 2 }),
  }),
  { minLength: 5, maxLength: 40 },
)

export interface WrittenLog {
  author: string
  records: StoredRecord[]
}

interface Written {
  id: string
  author: string
  kind: string
}

/** Four authors, the first of whom admits the others; then the steps. `salt` makes it another network. */
export function historyOf(store: TestStore, steps: readonly Step[], salt: number): { net: string; logs: WrittenLog[] } {
  const authors = [0, 1, 2, 3].map((n) => store.keys.key(1_000 + n))
  const logs = authors.map((author): WrittenLog => ({ author, records: [] }))
  const heads: (string | null)[] = authors.map(() => null)
  const written: Written[] = []
  let net = toText(ZERO_32)
  const add = (n: number, draft: Draft): string => {
    const [author, log] = [authors[n]!, logs[n]!]
    const place = {
      net,
      author,
      seq: log.records.length,
      prev: heads[n]!,
      at: store.clock.now() - 1_000 + written.length,
    }
    const { id, stored } = handMade(store, place, draft, salt)
    log.records.push(stored)
    heads[n] = id
    written.push({ id, author, kind: draft.kind })
    return id
  }
  net = add(0, { kind: 'network.created', subj: null, refs: [], body: { salt } })
  for (const n of [1, 2, 3]) {
    const identity = add(n, { kind: 'identity.created', subj: null, refs: [], body: {} })
    add(0, admit(net, authors[n]!, identity))
  }
  for (const step of steps) {
    const draft = draftOf(step, authors[step.author]!, written)
    add(step.author, { ...draft, refs: [...new Set(draft.refs)].filter((ref) => ref !== draft.subj) })
  }
  return { net, logs }
}

function draftOf({ what, of, refs }: Step, author: string, written: readonly Written[]): Draft {
  const others = written.filter((other) => other.author !== author)
  const named = refs.map((ref) => others[ref % others.length]!.id)
  const pick = (kind: string, isOwn: boolean) => {
    const found = written.filter((one) => one.kind === kind && (!isOwn || one.author === author))
    return found.length === 0 ? null : found[of % found.length]!.id
  }
  const pot = pick('pot.opened', true)
  const loan = pick('loan.proposed', what === 'lapse')
  if (what === 'propose' && pot !== null) return { ...propose(pot, 10), refs: named }
  if (what === 'sign' && loan !== null) return { ...signLoan(loan), refs: named }
  if (what === 'lapse' && loan !== null) return { ...lapse(loan, 10), refs: named }
  return { ...openPot(15 + of), refs: named }
}

/** A log cut at some places. */
export const cut = (
  records: readonly StoredRecord[],
  places: readonly number[],
): { from: number; records: StoredRecord[] }[] => {
  const ends = [...new Set(places.map((place) => place % records.length)), records.length].sort((a, b) => a - b)
  return ends
    .map((end, index) => ({ from: ends[index - 1] ?? 0, records: records.slice(ends[index - 1] ?? 0, end) }))
    .filter((piece) => piece.records.length > 0)
}
