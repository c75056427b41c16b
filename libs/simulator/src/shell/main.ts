// `npm run sim`: the command.

import { writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { isMainThread, parentPort } from 'node:worker_threads'
import { MUTATIONS } from '../mutations.js'
import { added, type Found, mutationNamed, nothing, search, simulateMany, type Summary, traceOf } from '../run/seeds.js'
import { finality, tableOfFinality } from '../scale/finality.js'
import { growth, pictureOf, tablesOf } from '../scale/growth.js'
import { type Asked, askedFor, HELP } from './arguments.js'
import { rememberSignatures } from './remembered-signatures.shell.js'
import { type Job, onThreads } from './workers.js'

/** Seeds that a thread runs at once. */
const SEEDS_PER_JOB = 20
const TRACE_STEPS = 40

const print = (line: string): void => void process.stdout.write(`${line}\n`)
const tell = (line: string): void => void process.stderr.write(`${line}\n`)

if (isMainThread) {
  const asked = askedFor(process.argv.slice(2), availableParallelism())
  if (typeof asked === 'string') {
    tell(`${asked}\n\n${HELP}`)
    process.exitCode = 2
  } else process.exitCode = await run(asked)
} else {
  rememberSignatures()
  parentPort!.on('message', (job: Job) => {
    if (job.kind === 'seeds') parentPort!.postMessage(simulateMany(job.from, job.count, job.nodes))
    else parentPort!.postMessage(search(mutationNamed(job.rule)!, job.most, job.nodes))
  })
}

/** Does what was asked for; the exit code. */
async function run(asked: Asked): Promise<number> {
  switch (asked.mode) {
    case 'help':
      print(HELP)
      return 0
    case 'scale':
      return scale(asked)
    case 'finality': {
      const figures = finality()
      print(asked.json ? JSON.stringify(figures) : tableOfFinality(figures))
      return 0
    }
    case 'mutations':
      return mutations(
        asked,
        MUTATIONS.map(({ name }) => name),
      )
    case 'mutate':
      if (mutationNamed(asked.rule)) return mutations(asked, [asked.rule])
      tell(
        `no rule is called ${asked.rule}; there are:\n${MUTATIONS.map(({ name, means }) => `  ${name}: ${means}`).join('\n')}`,
      )
      return 2
    case 'seeds':
      return seeds(asked)
  }
}

function scale({ nodes, authors, plot, json }: Asked): number {
  const measured = { clock: () => performance.now(), rssMb: () => process.memoryUsage().rss / 1e6 }
  const figures = growth({ nodes: nodes ?? 0, authors, ...measured, progress: tell })
  if (plot) writeFileSync('docs/images/scale.svg', pictureOf(figures))
  print(json ? JSON.stringify(figures) : tablesOf(figures))
  return 0
}

async function seeds({ seeds: count, from, nodes, workers, json }: Asked): Promise<number> {
  const jobs: Job[] = []
  for (let at = 0; at < count; at += SEEDS_PER_JOB) {
    jobs.push({ kind: 'seeds', from: from + at, count: Math.min(SEEDS_PER_JOB, count - at), nodes })
  }
  let summary = nothing()
  const startedMs = performance.now()
  await onThreads(new URL(import.meta.url), jobs, workers, (outcome) => {
    summary = added(summary, outcome as Summary)
    if (summary.seeds % 1_000 === 0) tell(`${summary.seeds} seeds, ${summary.failures.length} failed`)
  })
  const perSecond = summary.seeds / ((performance.now() - startedMs) / 1_000)
  summary.failures.sort((a, b) => a.seed - b.seed)
  for (const { seed, violations } of summary.failures.slice(0, 5)) {
    print(`\nseed ${seed} broke a promise:`)
    for (const { rule, atMs, detail } of violations) print(`  ${rule} at ${(atMs / 1_000).toFixed(1)} s: ${detail}`)
    for (const line of traceOf(seed, nodes, TRACE_STEPS)) print(`  ${line}`)
    print(`again: npm run sim -- --from ${seed} --seeds 1${nodes === null ? '' : ` --nodes ${nodes}`}`)
  }
  if (count === 1 && summary.failures.length === 0) for (const line of traceOf(from, nodes, Infinity)) print(line)
  if (json) print(JSON.stringify(figuresOf(summary, perSecond)))
  else print(told(summary, perSecond))
  return summary.failures.length > 0 ? 1 : 0
}

function figuresOf({ failures, ...summary }: Summary, perSecond: number) {
  const simulatedHours = Math.round(summary.simulatedHours * 10) / 10
  const failed = failures.map(({ seed, violations }) => ({ seed, rules: violations.map(({ rule }) => rule) }))
  return { ...summary, simulatedHours, violations: failures.length, failed, perSecond: Math.round(perSecond * 10) / 10 }
}

function told(summary: Summary, perSecond: number): string {
  const { violations, simulatedHours } = figuresOf(summary, perSecond)
  const faults = Object.entries(summary.faults).sort(([, a], [, b]) => b - a)
  return [
    `${summary.seeds} runs, ${simulatedHours} simulated hours, ${summary.records} records, ${summary.loans} loans agreed`,
    `faults: ${faults.map(([name, count]) => `${name} ${count}`).join(', ')}`,
    `runs that broke a promise: ${violations}; ${perSecond.toFixed(1)} runs a second`,
  ].join('\n')
}

async function mutations({ seeds: most, nodes, workers, json }: Asked, rules: readonly string[]): Promise<number> {
  const found: Found[] = []
  const jobs = rules.map((rule): Job => ({ kind: 'search', rule, most, nodes }))
  await onThreads(new URL(import.meta.url), jobs, workers, (outcome) => {
    found.push(outcome as Found)
    const { mutation, seeds: needed, rule } = outcome as Found
    tell(needed === null ? `${mutation}: not found in ${most} seeds` : `${mutation}: found in ${needed} seeds, ${rule}`)
  })
  found.sort((a, b) => rules.indexOf(a.mutation) - rules.indexOf(b.mutation))
  const missed = found.filter(({ seeds: needed }) => needed === null).length
  if (json) print(JSON.stringify({ mutations: found.length, found: found.length - missed, most, each: found }))
  else print(`${found.length - missed} of ${found.length} broken rules found within ${most} seeds`)
  return missed === 0 ? 0 : 1
}
