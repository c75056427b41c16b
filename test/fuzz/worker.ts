/**
 * Fuzzes one target on a thread of its own. The input under way lies in shared memory: when the thread dies or hangs, whoever
 * watches it knows of what.
 */
import { parentPort, workerData } from 'node:worker_threads'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { Random } from '../../libs/simulator/src/time/random.js'
import { keptInputs } from './corpus.js'
import { Coverage } from './coverage.js'
import { mutated } from './mutation.js'
import { targets } from './targets/index.js'

export interface FuzzOrder {
  readonly target: string
  readonly seed: number
  readonly seconds: number
  /** Two counters, of inputs begun and of bytes in the one under way, and then those bytes. */
  readonly progress: SharedArrayBuffer
}

export interface Fault {
  readonly fault: 'failed' | 'slow' | 'grew' | 'hung' | 'died'
  readonly what: string
  /** The input, hex. */
  readonly input: string
}

export interface Fuzzed {
  readonly inputs: number
  /** Inputs that were read as sound; all others were refused by name. */
  readonly taken: number
  /** Inputs that are kept, and how many characters of code all of them reach. */
  readonly corpus: readonly string[]
  readonly reached: number
  readonly slowestMs: number
  /** Memory in use after a fifth of the time and at the end (bytes, garbage collected). */
  readonly memory: { readonly early: number; readonly late: number }
  readonly faults: readonly Fault[]
}

/** An input that takes longer, thrice, is a fault. */
export const SLOW_MS = 1_000
/** Memory may not grow by more than this between the two looks at it. */
const GROWTH_BYTES = 32 * 2 ** 20
/** Inputs between two looks at the coverage, which cost some ms. */
const BATCH = 64
/** The share of time in which coverage is looked at; then the corpus stays, and inputs run at full speed. */
const EXPLORING = 0.5
const MOST_KEPT = 4_000
const MOST_FAULTS = 20

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

/** Copies an input to where the watcher sees it. */
class Progress {
  private readonly counters: Int32Array
  private readonly bytes: Uint8Array

  constructor(shared: SharedArrayBuffer) {
    this.counters = new Int32Array(shared, 0, 2)
    this.bytes = new Uint8Array(shared, 8)
  }

  begin(input: Uint8Array): void {
    this.bytes.set(input.subarray(0, this.bytes.length))
    this.counters[1] = input.length
    Atomics.add(this.counters, 0, 1)
  }
}

class Fuzzer {
  private readonly random: Random
  private readonly corpus: Uint8Array[] = []
  private readonly faults: Fault[] = []
  private readonly coverage = new Coverage()
  private inputs = 0
  private taken = 0
  private slowestMs = 0

  constructor(
    private readonly order: FuzzOrder,
    private readonly progress: Progress,
  ) {
    this.random = new Random(order.seed)
  }

  async fuzz(): Promise<Fuzzed> {
    const { seconds, target } = this.order
    const started = performance.now()
    const passed = () => (performance.now() - started) / 1_000 / seconds
    this.coverage.start()
    for (const input of [...targets[target]!.seeds(), ...keptInputs(target)]) await this.tryAndKeep(input)
    let early = memory()
    let isEarly = true
    const goesOn = () => passed() < 1 && this.faults.length < MOST_FAULTS
    while (goesOn()) {
      if (isEarly && passed() > 0.2) [early, isEarly] = [memory(), false]
      if (passed() < EXPLORING) await this.explore()
      else break
    }
    this.coverage.stop()
    while (goesOn()) for (let i = 0; i < BATCH; i++) await this.attempt(this.next())
    const late = memory()
    if (late - early > GROWTH_BYTES) this.faults.push({ fault: 'grew', what: `by ${late - early} bytes`, input: '' })
    return {
      inputs: this.inputs,
      taken: this.taken,
      corpus: this.corpus.map(hex),
      reached: this.coverage.characters,
      slowestMs: Math.round(this.slowestMs),
      memory: { early, late },
      faults: this.faults,
    }
  }

  /** A batch of inputs; when it reached something new, each again on its own, to know which did. */
  private async explore(): Promise<void> {
    const before = this.coverage.fork()
    const batch = Array.from({ length: BATCH }, () => this.next())
    for (const input of batch) await this.attempt(input)
    if (!this.coverage.isNew()) return
    this.coverage.restore(before)
    for (const input of batch) await this.tryAndKeep(input)
  }

  private async tryAndKeep(input: Uint8Array): Promise<void> {
    await this.attempt(input)
    if (this.coverage.isNew() && this.corpus.length < MOST_KEPT) this.corpus.push(input)
  }

  private next(): Uint8Array {
    const { corpus, random } = this
    if (corpus.length === 0) return mutated(new Uint8Array(), new Uint8Array(), random)
    // Those found last have been tried least.
    const from = random.chance(0.5) ? Math.max(0, corpus.length - 20) : 0
    const input = corpus[random.between(from, corpus.length - 1)]!
    return mutated(input, random.pick(corpus), random)
  }

  private async attempt(input: Uint8Array): Promise<void> {
    this.inputs++
    this.progress.begin(input)
    let tookMs = Infinity
    // On a machine that is busy one measurement says little.
    for (let tries = 0; tries < 3 && tookMs > SLOW_MS / 4; tries++) tookMs = Math.min(tookMs, await this.once(input))
    this.slowestMs = Math.max(this.slowestMs, tookMs)
    if (tookMs > SLOW_MS) this.faults.push({ fault: 'slow', what: `${Math.round(tookMs)} ms`, input: hex(input) })
  }

  private async once(input: Uint8Array): Promise<number> {
    const from = performance.now()
    try {
      if (await targets[this.order.target]!.run(input)) this.taken++
    } catch (error) {
      const what = error instanceof Error ? (error.stack ?? error.message) : String(error)
      this.faults.push({ fault: 'failed', what, input: hex(input) })
    }
    return performance.now() - from
  }
}

/** Buffers are given back by a second round. */
function memory(): number {
  for (let round = 0; round < 2; round++) collectGarbage()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

const order = workerData as FuzzOrder
parentPort!.postMessage(await new Fuzzer(order, new Progress(order.progress)).fuzz())
