// Many runs, one after the other, and what they come to.

import type { Violation } from '../checks/watch.js'
import { MUTATIONS, type Mutation } from '../mutations.js'
import { type RunResult, simulate } from './simulation.js'

/** What many runs came to. */
export interface Summary {
  seeds: number
  simulatedHours: number
  records: number
  finals: number
  loans: number
  steps: number
  /** How often each fault struck. */
  faults: Record<string, number>
  /** Runs in which a promise was broken. */
  failures: { seed: number; violations: Violation[] }[]
}

export const nothing = (): Summary => ({
  ...{ seeds: 0, simulatedHours: 0, records: 0, finals: 0, loans: 0, steps: 0 },
  faults: {},
  failures: [],
})

/** Runs `count` seeds from `from` on. */
export function simulateMany(from: number, count: number, nodes: number | null): Summary {
  let summary = nothing()
  for (let seed = from; seed < from + count; seed++) summary = added(summary, summaryOf(simulate({ seed, nodes })))
  return summary
}

/** Two summaries as one. */
export function added(one: Summary, other: Summary): Summary {
  const faults = { ...one.faults }
  for (const [name, count] of Object.entries(other.faults)) faults[name] = (faults[name] ?? 0) + count
  return {
    seeds: one.seeds + other.seeds,
    simulatedHours: one.simulatedHours + other.simulatedHours,
    records: one.records + other.records,
    finals: one.finals + other.finals,
    loans: one.loans + other.loans,
    steps: one.steps + other.steps,
    faults,
    failures: [...one.failures, ...other.failures],
  }
}

function summaryOf({ seed, violations, faults, simulatedMs, written, finals, loans, steps }: RunResult): Summary {
  const failures = violations.length > 0 ? [{ seed, violations }] : []
  return { seeds: 1, simulatedHours: simulatedMs / 3_600_000, records: written, finals, loans, steps, faults, failures }
}

/** The last steps of a run, as lines. */
export function traceOf(seed: number, nodes: number | null, steps: number): string[] {
  const lines: string[] = []
  simulate({ seed, nodes, trace: (line) => lines.push(line) })
  return lines.slice(-steps)
}

/** How a broken rule was found; `seeds` null: it was not, in as many as were tried. */
export interface Found {
  mutation: string
  seeds: number | null
  rule: string | null
}

/** Runs seeds until a broken rule is found, at most so many. */
export function search({ name, mutate }: Mutation, most: number, nodes: number | null): Found {
  for (let seed = 1; seed <= most; seed++) {
    const [first] = simulate({ seed, nodes, mutate }).violations
    if (first) return { mutation: name, seeds: seed, rule: first.rule }
  }
  return { mutation: name, seeds: null, rule: null }
}

/** The mutation of that name. */
export function mutationNamed(name: string): Mutation | undefined {
  return MUTATIONS.find((mutation) => mutation.name === name)
}
