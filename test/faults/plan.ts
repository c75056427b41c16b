/** What is killed, when: drawn from a seed, so that a run can be repeated. What the killed processes were doing just then can't be. */
import { Random } from '../../libs/simulator/src/time/random.js'

/** `node`: the daemon; its Postgres is stopped by the kernel. `postgres`: the server alone, or one of its backends. `both`: at once. */
export const targets = ['node', 'postgres', 'both'] as const
export type Target = (typeof targets)[number]

/** One blow with kill -9, and what comes after it. */
export interface Kill {
  readonly target: Target
  /** Which node, from 0. */
  readonly victim: number
  /** For how long all goes well before (ms). */
  readonly afterMs: number
  /** Whether to wait for the next command to that node then, and how long after it was sent to strike (ms); null: at once. */
  readonly intoCommandMs: number | null
  /** For how long the node stays away (ms): the others go on without it. */
  readonly awayMs: number
  /** Of Postgres: one backend instead of the server; Postgres then throws all connections out and recovers. */
  readonly backend: boolean
  /** The next kill follows while this node is still away. */
  readonly beforeTheLastIsBack: boolean
}

/** `count` kills for `nodes` nodes. Each target has a third of them, in any order. */
export function planOf(seed: number, count: number, nodes: number): Kill[] {
  const random = new Random(seed)
  const drawn = random.shuffled(Array.from({ length: count }, (_, i) => targets[i % targets.length]!))
  return drawn.map((target) => ({
    target,
    victim: random.below(nodes),
    afterMs: random.below(600),
    intoCommandMs: random.chance(0.6) ? random.below(30) : null,
    awayMs: random.chance(0.3) ? random.below(1_500) : 0,
    backend: target === 'postgres' && random.chance(0.4),
    beforeTheLastIsBack: random.chance(0.1),
  }))
}
