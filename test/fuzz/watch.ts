/** Watches a fuzzing thread: one that takes too long over an input is ended, one that dies is reported, with the input. */
import { Worker } from 'node:worker_threads'
import type { Fault, Fuzzed, FuzzOrder } from './worker.js'

/** No input may take so long, however busy the machine. Loading the code before the first one may. */
const HANG_MS = 60_000
const LOOK_MS = 250
const LARGEST_INPUT = 1 << 20
const HEAP_MB = 512

/** Fuzzes a target for some seconds. */
export function fuzzed(order: Omit<FuzzOrder, 'progress'>): Promise<Fuzzed | Fault> {
  const progress = new SharedArrayBuffer(8 + LARGEST_INPUT)
  const counters = new Int32Array(progress, 0, 2)
  const underWay = (): string => {
    const bytes = new Uint8Array(progress, 8, Math.min(LARGEST_INPUT, Atomics.load(counters, 1)))
    return Buffer.from(bytes).toString('hex')
  }
  const worker = new Worker(new URL('worker.js', import.meta.url), {
    workerData: { ...order, progress } satisfies FuzzOrder,
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
  })
  return new Promise((resolve) => {
    let [last, sinceMs] = [0, performance.now()]
    const timer = setInterval(() => {
      const now = Atomics.load(counters, 0)
      if (now !== last || now === 0) [last, sinceMs] = [now, performance.now()]
      else if (performance.now() - sinceMs > HANG_MS) end({ fault: 'hung', what: `${HANG_MS} ms`, input: underWay() })
    }, LOOK_MS)
    const end = (outcome: Fuzzed | Fault): void => {
      clearInterval(timer)
      void worker.terminate()
      resolve(outcome)
    }
    worker.once('message', (result: Fuzzed) => end(result))
    worker.once('error', (error) => end({ fault: 'died', what: error.stack ?? error.message, input: underWay() }))
  })
}
