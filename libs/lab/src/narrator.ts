/** Tells what happens while it happens, on stderr: stdout is for results. A silent one keeps the time only. */
export class Narrator {
  constructor(private readonly silent = false) {}

  private readonly started = performance.now()

  tell(line: string): void {
    if (this.silent) return
    process.stderr.write(`${this.seconds().toFixed(1).padStart(6)} s  ${line}\n`)
  }

  seconds(): number {
    return (performance.now() - this.started) / 1000
  }
}
