/** A network as it comes from a peer in bulk: the founder's log with all admissions, and everybody's pots. */
import { fromText, PackedRun, toText, ZERO_32 } from '#libs/record'
import { handMade } from './hand-made.fixture.js'
import type { Draft } from './ports.js'
import { admit, openPot } from './pots.fixture.js'
import type { TestStore } from './testing.shell.js'

/** `members` logs of `each` records, beside the founder's, which is the first. The same each time. */
export function bulkOf(store: TestStore, members: number, each: number): { net: string; runs: PackedRun[] } {
  let net = toText(ZERO_32)
  const logs = Array.from({ length: members + 1 }, (_, number) => {
    const author = store.keys.key(5_000 + number)
    return { author, records: [] as ReturnType<typeof handMade>['stored'][], head: null as string | null }
  })
  const add = (log: (typeof logs)[number], draft: Draft): string => {
    const place = { net, author: log.author, seq: log.records.length, prev: log.head, at: log.records.length }
    const { id, stored } = handMade(store, place, draft)
    log.records.push(stored)
    return (log.head = id)
  }
  const [founder, ...others] = logs
  net = add(founder!, { kind: 'network.created', subj: null, refs: [], body: {} })
  for (const log of others) {
    const identity = add(log, { kind: 'identity.created', subj: null, refs: [], body: {} })
    add(founder!, admit(net, log.author, identity))
    while (log.records.length < each) add(log, openPot(log.records.length))
  }
  return { net, runs: logs.map(({ author, records }) => PackedRun.of(fromText(author), 0, records)) }
}
