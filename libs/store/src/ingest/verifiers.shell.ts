/** Threads that verify runs beside the event loop. Without any, runs are verified where they are. */
import { Worker } from 'node:worker_threads'
import type { PackedRun } from '#libs/record'
import type { VerifiedBatch } from './verified.js'
import { verifyRuns } from './verify.js'
import type { VerifyAnswer, VerifyRequest } from './verifying.worker.js'

/** Batches with fewer records are verified on the spot: a thread would only delay them. */
const WORTH_A_THREAD = 64

/** A batch is a few MiB; without a limit a thread keeps far more before it looks for what can go. */
const THREAD_MEMORY = { maxYoungGenerationSizeMb: 16, maxOldGenerationSizeMb: 96 }

interface Thread {
  worker: Worker
  waiting: Map<number, { done(batch: VerifiedBatch): void; failed(error: Error): void }>
}

export class Verifiers {
  private readonly threads: Thread[] = []
  private nextNumber = 0

  /** `threads`: how many, at most; each is started when there is work for it. */
  constructor(
    private readonly count: number,
    private readonly script: URL = new URL('./verifying.worker.js', import.meta.url),
  ) {}

  /** Checks every run in itself, as `verifyRuns` does. */
  async verify(net: Uint8Array, runs: readonly PackedRun[]): Promise<VerifiedBatch> {
    const records = runs.reduce((sum, { count }) => sum + count, 0)
    if (this.count === 0 || records < WORTH_A_THREAD) return verifyRuns(net, runs)
    const thread = this.leastBusy()
    const bytes = new Uint8Array(runs.reduce((sum, run) => sum + run.bytes.length, 0))
    let offset = 0
    const places = runs.map((run) => {
      bytes.set(run.bytes, offset)
      offset += run.bytes.length
      return { author: run.author.slice(), from: run.from, count: run.count, length: run.bytes.length }
    })
    const request: VerifyRequest = { number: this.nextNumber++, net: net.slice(), runs: places, bytes }
    return new Promise((done, failed) => {
      thread.waiting.set(request.number, { done, failed })
      thread.worker.ref()
      thread.worker.postMessage(request, [bytes.buffer])
    })
  }

  async close(): Promise<void> {
    await Promise.all(this.threads.splice(0).map(({ worker }) => worker.terminate()))
  }

  private leastBusy(): Thread {
    const idle = this.threads.find(({ waiting }) => waiting.size === 0)
    if (idle) return idle
    if (this.threads.length < this.count) return this.start()
    return this.threads.reduce((least, thread) => (thread.waiting.size < least.waiting.size ? thread : least))
  }

  private start(): Thread {
    const worker = new Worker(this.script, { resourceLimits: THREAD_MEMORY })
    const thread: Thread = { worker, waiting: new Map() }
    worker.on('message', ({ number, verified, runs, refused, failed }: VerifyAnswer) => {
      const asked = thread.waiting.get(number)
      thread.waiting.delete(number)
      if (thread.waiting.size === 0) worker.unref()
      if (failed !== undefined) asked?.failed(new Error(failed))
      else asked?.done({ verified: verified!, runs: runs!, refused: refused! })
    })
    const lost = (error: Error) => {
      const at = this.threads.indexOf(thread)
      if (at >= 0) this.threads.splice(at, 1)
      for (const { failed } of thread.waiting.values()) failed(error)
      thread.waiting.clear()
    }
    worker.on('error', lost)
    worker.on('exit', (code) => lost(new Error(`a verifying thread ended with code ${code}`)))
    this.threads.push(thread)
    return thread
  }
}
