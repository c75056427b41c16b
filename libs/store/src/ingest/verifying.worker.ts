/** A thread that verifies runs: a request in, what is left of it out, both without a copy. */
import { parentPort } from 'node:worker_threads'
import { PackedRun } from '#libs/record'
import type { RefusedRun, Verified, VerifiedRun } from './verified.js'
import { verifyRuns } from './verify.js'

/** A batch of runs: their bytes one behind the other. */
export interface VerifyRequest {
  number: number
  net: Uint8Array
  runs: { author: Uint8Array; from: number; count: number; length: number }[]
  bytes: Uint8Array
}

/** What became of it. `failed`: a fault in here, not in the runs. */
export interface VerifyAnswer {
  number: number
  verified?: Verified
  runs?: VerifiedRun[]
  refused?: RefusedRun[]
  failed?: string
}

parentPort!.on('message', ({ number, net, runs, bytes }: VerifyRequest) => {
  let offset = 0
  const packed = runs.map(({ author, from, count, length }) => {
    const run = new PackedRun(author, from, count, bytes.subarray(offset, offset + length))
    offset += length
    return run
  })
  try {
    const batch = verifyRuns(net, packed)
    const answer: VerifyAnswer = { number, ...batch }
    parentPort!.postMessage(
      answer,
      Object.values(batch.verified).map(({ buffer }: { buffer: ArrayBuffer }) => buffer),
    )
  } catch (error) {
    parentPort!.postMessage({ number, failed: String(error) } satisfies VerifyAnswer)
  }
})
