// Runs on all cores: parts of the work go to threads, which run this same command.

import { Worker } from 'node:worker_threads'
import type { Found, Summary } from '../run/seeds.js'

/** What a thread is given to do. */
export type Job =
  | { kind: 'seeds'; from: number; count: number; nodes: number | null }
  | { kind: 'search'; rule: string; most: number; nodes: number | null }
/** What came of it. */
export type Outcome = Summary | Found

/** Does jobs on so many threads of the file at `url`; `done` hears of each as it ends. */
export async function onThreads(
  url: URL,
  jobs: readonly Job[],
  threads: number,
  done: (outcome: Outcome) => void,
): Promise<void> {
  const rest = [...jobs]
  await Promise.all(
    Array.from({ length: Math.min(threads, jobs.length) }, async () => {
      const worker = new Worker(url)
      try {
        for (let job = rest.shift(); job; job = rest.shift()) done(await answer(worker, job))
      } finally {
        await worker.terminate()
      }
    }),
  )
}

function answer(worker: Worker, job: Job): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    worker.once('error', reject)
    worker.once('message', (outcome: Outcome) => {
      worker.off('error', reject)
      resolve(outcome)
    })
    worker.postMessage(job)
  })
}
