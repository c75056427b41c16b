// How cost grows with a network: a record to all nodes, its finality, and reconciliation over more and more authors.

import { type Panel, plot } from './plot.js'
import { reconcile, type ReconcileFigures } from './reconcile.js'
import { spread, type SpreadFigures } from './spread.js'

export interface Growth {
  /** Without witnesses: what the record alone costs. */
  spread: SpreadFigures[]
  /** With 7 witnesses, 5 of whom make a record final. */
  final: SpreadFigures[]
  reconcile: ReconcileFigures[]
}

/** Connections of each node: the outbound ones of the daemon. */
const LINKS = 16
const CHANGED = [1, 10, 100]

export interface GrowthOptions {
  /** Largest network, and most authors. */
  nodes: number
  authors: number
  clock: () => number
  rssMb: () => number
  /** Tells people how far it is. */
  progress: (line: string) => void
}

/** Networks of 10, 100, … nodes and sets of 1,000, 10,000, … authors, up to the largest that are asked for. */
export function growth(options: GrowthOptions): Growth {
  const result: Growth = { spread: [], final: [], reconcile: [] }
  for (let authors = 1_000; authors <= options.authors; authors *= 10) {
    for (const changed of CHANGED) result.reconcile.push(reconcile(authors, changed, options))
    options.progress(`reconciled two nodes with ${authors} authors`)
  }
  for (let nodes = 10; nodes <= options.nodes; nodes *= 10) {
    const community = { nodes, links: LINKS, away: 0, seed: 1 }
    result.spread.push(spread({ ...community, witnesses: 0, quorum: 1 }))
    result.final.push(spread({ ...community, witnesses: 7, quorum: 5 }))
    options.progress(`a record reached ${nodes} nodes, and is final on each (${Math.round(options.rssMb())} MB)`)
  }
  return result
}

/** Two tables for people. */
export function tablesOf({ spread: spreads, final, reconcile: reconciled }: Growth): string {
  const all = spreads.map((of, i) => [
    ...[of.nodes, of.rounds, of.msToHalf, of.msToAll, of.messagesPerNode, of.bytesPerNode, of.redundancy],
    ...[final[i]!.msToFinal ?? '', final[i]!.msToFinalEverywhere ?? '', final[i]!.bytesPerNode - of.bytesPerNode],
  ])
  const walks = reconciled.map((of) => [of.authors, of.changed, of.messages, of.bytes, of.ms, of.updateUs, of.buildMs])
  return [
    table(
      [
        ...['nodes', 'rounds', 'ms to half', 'ms to all', 'messages/node', 'bytes/node', 'sent/needed'],
        ...['ms to final', 'ms to final everywhere', 'bytes/node for finality'],
      ],
      all,
    ),
    table(['authors', 'changed', 'messages', 'bytes', 'ms', 'update µs', 'build ms'], walks),
  ].join('\n\n')
}

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const texts = [head, head.map(() => '---:'), ...rows.map((row) => row.map((cell) => cell.toLocaleString('en')))]
  return texts.map((row) => `| ${row.join(' | ')} |`).join('\n')
}

/** The same as a picture (SVG). */
export function pictureOf({ spread: spreads, final, reconcile: reconciled }: Growth): string {
  const time: Panel = {
    title: 'Time until all nodes have it, 50 ms links',
    x: 'nodes',
    y: 'ms',
    series: [
      { name: 'a record', points: spreads.map((of) => [of.nodes, of.msToAll]) },
      { name: 'its finality (7, 5)', points: final.map((of) => [of.nodes, of.msToFinalEverywhere ?? 0]) },
    ],
  }
  const bytes: Panel = {
    title: 'Bytes that one record costs a node',
    x: 'nodes',
    y: 'bytes',
    series: [
      { name: 'the record', points: spreads.map((of) => [of.nodes, of.bytesPerNode]) },
      { name: 'and its finality', points: final.map((of) => [of.nodes, of.bytesPerNode]) },
    ],
  }
  const walks: Panel = {
    title: 'Bytes to reconcile and fetch what changed',
    x: 'authors',
    y: 'bytes',
    series: CHANGED.map((changed) => ({
      name: `${changed} changed`,
      points: reconciled.filter((of) => of.changed === changed).map((of): [number, number] => [of.authors, of.bytes]),
    })),
  }
  return plot([time, bytes, walks])
}
