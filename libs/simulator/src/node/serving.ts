// What a peer asks for, read from the store and put into messages as the daemon does.

import { encodeBranch, encodeFork } from '#libs/record'
import {
  certifiedHeads,
  type Effect,
  encodeMessage,
  frame,
  type Range,
  type Replica,
  type SentRun,
} from '../../../replication/src/testing/virtual-protocol.js'
import { branchFrom } from '../store/disputes.js'
import type { MemoryStore } from '../store/memory-store.js'

/** What can be asked for. */
export type Serve = Extract<Effect, { type: 'serve' | 'serveIds' | 'serveForks' | 'serveCertificates' }>

/** The messages that answer, ready to be sent. */
export function answersTo(asked: Serve, store: MemoryStore, replica: Replica): Uint8Array[] {
  switch (asked.type) {
    case 'serve': {
      const branches = asked.ranges.flatMap((range) => branchesUnder(store, range))
      const ahead = branches.length > 0 ? [frame(encodeMessage('branches', { branches }))] : []
      const runs = asked.ranges.flatMap((range) => runsOf(store, range))
      return [...ahead, replica.recordsMessage(asked.peer, asked.request, runs, true)]
    }
    case 'serveIds':
      return [frame(encodeMessage('ids', { author: asked.author, ids: store.ids(asked.author, asked.seqs) }))]
    case 'serveForks': {
      const forks = asked.authors.flatMap((author) => [...(store.log(author)?.forks.values() ?? [])])
      return [frame(encodeMessage('forks', { proofs: forks.map(({ proof }) => encodeFork(proof)) }))]
    }
    case 'serveCertificates': {
      const certificates = asked.authors.flatMap((author) => [...(store.log(author)?.certificates.values() ?? [])])
      return certifiedHeads(certificates).map((heads) => frame(encodeMessage('certified', heads)))
    }
  }
}

function runsOf(store: MemoryStore, { author, from, count }: Range): SentRun[] {
  const records = store.readRange(author, from, count)
  if (records.length === 0) return []
  const companions = store.companions(author, from, count)
  return [
    ...companions.map(({ author: of, record }) => ({ author: of, from: 0, records: [record] })),
    { author, from, records },
  ]
}

function branchesUnder(store: MemoryStore, { author, from, count }: Range): Uint8Array[] {
  return store.suspendedUnder(author, from, count).flatMap((held) => {
    const branch = branchFrom(store, held)
    return branch ? [encodeBranch(branch)] : []
  })
}
