// How long a record takes to be final, and what that costs: for the usual sizes of a witness set, with none of them away up to
// as many as it can bear.

import { spread } from './spread.js'

export interface FinalityFigures {
  witnesses: number
  quorum: number
  /** Witnesses that are away. */
  away: number
  /** At the author, and on every node (ms of virtual time). */
  msToFinal: number | null
  msToFinalEverywhere: number | null
  /** Signatures that witnesses made for one record, and bytes of its certificate. */
  signatures: number
  certificateBytes: number
  /** What one record costs the whole network for each node: bytes and messages, with all that makes it final. */
  bytesPerNode: number
  messagesPerNode: number
}

const SETS = [
  [1, 1],
  [4, 3],
  [7, 5],
  [10, 7],
] as const

/** Nodes of the network: all are connected to 16 others. */
const NODES = 24
const LINKS = 16

/** The author is a member that does not witness. */
export function finality(): FinalityFigures[] {
  return SETS.flatMap(([witnesses, quorum]) =>
    Array.from({ length: witnesses - quorum + 1 }, (_, away) => {
      const figures = spread({ nodes: NODES, links: LINKS, witnesses, quorum, away, seed: 1 })
      return {
        ...{ witnesses, quorum, away, msToFinal: figures.msToFinal, msToFinalEverywhere: figures.msToFinalEverywhere },
        ...{ signatures: figures.attestations, certificateBytes: figures.certificateBytes },
        ...{ bytesPerNode: figures.bytesPerNode, messagesPerNode: figures.messagesPerNode },
      }
    }),
  )
}

/** A table for people. */
export function tableOfFinality(figures: readonly FinalityFigures[]): string {
  const head = [
    ...['witnesses, quorum', 'away', 'ms to final', 'ms to final everywhere', 'signatures', 'certificate bytes'],
    ...['bytes/node', 'messages/node'],
  ]
  const rows = figures.map((of) => [
    ...[`(${of.witnesses}, ${of.quorum})`, of.away, of.msToFinal ?? 'never', of.msToFinalEverywhere ?? 'never'],
    ...[of.signatures, of.certificateBytes, of.bytesPerNode, of.messagesPerNode],
  ])
  return [head, head.map(() => '---:'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')
}
