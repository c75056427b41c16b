// A walk's answer on its way: steps of bounded size, in messages of bounded bytes.

import type { WalkStep } from './messages.js'
import type { Peer } from './peer.js'

/** Most entries of one step, and about the most bytes of one message. */
const STEP_ENTRIES = 2_048
const MESSAGE_BYTES = 262_144

/** Splits an answer into steps of bounded size and messages of bounded bytes. */
export function sendSteps(peer: Peer, steps: readonly WalkStep[]): void {
  let message: WalkStep[] = []
  let bytes = 0
  for (const step of steps.flatMap(cutStep)) {
    message.push(step)
    bytes += 64 + ('entries' in step ? step.entries.length * (step.kind === 'brief' ? 36 : 81) : 512)
    if (bytes < MESSAGE_BYTES) continue
    peer.send('walk', { steps: message })
    message = []
    bytes = 0
  }
  if (message.length > 0) peer.send('walk', { steps: message })
}

function cutStep(step: WalkStep): WalkStep[] {
  if ((step.kind !== 'answer' && step.kind !== 'brief') || step.entries.length <= STEP_ENTRIES) return [step]
  const { kind, prefix, entries } = step
  const starts = Array.from({ length: Math.ceil(entries.length / STEP_ENTRIES) }, (_, part) => part * STEP_ENTRIES)
  // Typed apart: the entries of the two are not the same.
  if (kind === 'brief') return starts.map((at) => ({ kind, prefix, entries: entries.slice(at, at + STEP_ENTRIES) }))
  return starts.map((at) => ({ kind, prefix, entries: entries.slice(at, at + STEP_ENTRIES) as typeof entries }))
}
