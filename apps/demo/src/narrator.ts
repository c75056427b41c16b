/** Tells what happens while it happens, on stderr: stdout is for results. */
export class Narrator {
  private readonly started = performance.now()

  tell(line: string): void {
    process.stderr.write(`${this.seconds().toFixed(1).padStart(6)} s  ${line}\n`)
  }

  seconds(): number {
    return (performance.now() - this.started) / 1000
  }
}
