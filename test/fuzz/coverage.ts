/**
 * Which parts of the code an input reaches, by V8's own block coverage: no instrumentation, no build of its own. An input that
 * reaches a part that none before reached is worth keeping.
 */
import { Session, type Profiler } from 'node:inspector'

/** Only code of these folders counts: what reads bytes of strangers. */
const READING = /\/dist\/libs\/(record|replication|swarm)\/src\//

export class Coverage {
  private readonly session = new Session()
  /** Per script, by offset: 1 where code ran. */
  private reached = new Map<string, Uint8Array>()
  /** Characters of code that ran. */
  characters = 0

  start(): void {
    this.session.connect()
    this.post('Profiler.enable')
    this.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true })
  }

  /** Notes what ran since the last call; true when some of it never ran before. */
  isNew(): boolean {
    const before = this.characters
    const { result } = this.post<Profiler.TakePreciseCoverageReturnType>('Profiler.takePreciseCoverage')
    for (const script of result) if (READING.test(script.url)) this.note(script)
    return this.characters > before
  }

  /** What was reached up to now, to go back to. */
  fork(): { reached: Map<string, Uint8Array>; characters: number } {
    const copies = [...this.reached].map(([url, of]): [string, Uint8Array] => [url, new Uint8Array(of)])
    return { reached: new Map(copies), characters: this.characters }
  }

  restore({ reached, characters }: ReturnType<Coverage['fork']>): void {
    this.reached = reached
    this.characters = characters
  }

  /** From now on code runs at full speed. */
  stop(): void {
    this.post('Profiler.stopPreciseCoverage')
    this.session.disconnect()
  }

  private note({ url, functions }: Profiler.ScriptCoverage): void {
    const length = Math.max(...functions.flatMap(({ ranges }) => ranges.map(({ endOffset }) => endOffset)))
    let reached = this.reached.get(url)
    if (!reached || reached.length < length) {
      const larger = new Uint8Array(length)
      if (reached) larger.set(reached)
      this.reached.set(url, (reached = larger))
    }
    for (const { ranges } of functions) {
      // The first range is the function, those after it blocks inside of it, with counts of their own.
      if (ranges[0]!.count === 0) continue
      const ran = new Uint8Array(ranges[0]!.endOffset - ranges[0]!.startOffset)
      const from = ranges[0]!.startOffset
      for (const { startOffset, endOffset, count } of ranges)
        ran.fill(count > 0 ? 1 : 0, startOffset - from, endOffset - from)
      for (const [i, isRun] of ran.entries()) {
        if (isRun === 0 || reached[from + i] === 1) continue
        reached[from + i] = 1
        this.characters++
      }
    }
  }

  /** The inspector of this very thread answers before `post` returns. */
  private post<Answer>(method: string, params: object = {}): Answer {
    let answer: Answer | undefined
    this.session.post(method, params, (error, result) => {
      if (error) throw error
      answer = result as Answer
    })
    return answer!
  }
}
