/** Where a command writes: answers to stdout, all else to stderr; as JSON when a program asks. */
import pc from 'picocolors'
import type { Colors } from './format.js'

/** The process's side of a command; tests give one that remembers. */
export interface Terminal {
  readonly out: (text: string) => void
  readonly err: (text: string) => void
  readonly outIsTty: boolean
  readonly errIsTty: boolean
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
}

/** This process's own. */
export const processTerminal: Terminal = {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  outIsTty: process.stdout.isTTY === true,
  errIsTty: process.stderr.isTTY === true,
  env: process.env,
  cwd: process.cwd(),
}

/** Colours for a terminal; none with NO_COLOR (no-color.org), TERM=dumb or when piped. FORCE_COLOR asks for them anyway. */
export function colorsOf(terminal: Terminal): Colors {
  const { env } = terminal
  if (env['NO_COLOR']) return pc.createColors(false)
  return pc.createColors(Boolean(env['FORCE_COLOR']) || (terminal.outIsTty && env['TERM'] !== 'dumb'))
}

/** One line on stderr that is written over as work goes on; on something else than a terminal, nothing until the end. */
export class Progress {
  private shown = 0

  constructor(
    private readonly terminal: Terminal,
    private readonly quiet: boolean,
  ) {}

  /** Shows how far it is. */
  show(text: string): void {
    if (this.quiet || !this.terminal.errIsTty) return
    this.terminal.err(`\r${text.padEnd(this.shown)}`)
    this.shown = text.length
  }

  /** Clears the line, so that what follows starts at its beginning. */
  end(): void {
    if (this.shown > 0) this.terminal.err(`\r${' '.repeat(this.shown)}\r`)
    this.shown = 0
  }
}
