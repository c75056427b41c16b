/** What every command has at hand: where to write, which node, and how to end. */
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { currencyDigits } from '#libs/money'
import { socketPathFor } from '../../node/src/places.js'
import { money, pairs, table, type Cell, type Colors } from './format.js'
import type { NodeConnection } from './node-connection.js'
import { NodeSocket } from './node-socket.js'
import { colorsOf, Progress, type Terminal } from './terminal.js'

/** Options that stand before or after any command. */
interface GlobalOptions {
  data?: string
  node?: string
  as?: string
  json?: boolean
  quiet?: boolean
}

/** One run of one command. */
export class Session {
  readonly json: boolean
  readonly quiet: boolean
  readonly colors: Colors
  /** The node's data directory, absolute. */
  readonly data: string
  /** The key of a node elsewhere, if one is meant. */
  readonly remote: string | undefined
  /** The person without a phone for whom the operator acts. */
  readonly as: string | undefined

  constructor(
    readonly terminal: Terminal,
    options: GlobalOptions,
    /** Ends the process with another exit code than 0, once all is printed. */
    readonly endWith: (code: number) => void,
  ) {
    this.json = options.json === true
    this.quiet = options.quiet === true
    this.colors = colorsOf(terminal)
    this.remote = options.node
    this.as = options.as
    this.data = resolve(terminal.cwd, options.data || terminal.env['MUTUO_DATA'] || '.mutuo')
  }

  get socketPath(): string {
    return socketPathFor(this.data)
  }

  /** Runs work with an open connection, and closes it whatever happens. */
  async withNode<T>(work: (node: NodeConnection) => Promise<T>): Promise<T> {
    const node = await this.open()
    try {
      return await work(node)
    } finally {
      await node.close()
    }
  }

  private async open(): Promise<NodeConnection> {
    if (this.remote === undefined) return NodeSocket.open(this.socketPath, this.as)
    const { NodeRemote } = await import('./node-remote.js')
    return NodeRemote.open(this.remote, this.terminal.env, this.as)
  }

  /** The answer: as one line of JSON for programs, or as `human` puts it for people. */
  print(answer: unknown, human: () => string): void {
    this.terminal.out(`${this.json ? JSON.stringify(answer) : human()}\n`)
  }

  /** A word to the person, not part of the answer. */
  say(text: string): void {
    if (!this.quiet && !this.json) this.terminal.err(`${text}\n`)
  }

  progress(): Progress {
    return new Progress(this.terminal, this.quiet)
  }

  table(heads: readonly string[], rows: readonly (readonly Cell[])[], none: string): string {
    return table(heads, rows, none, this.colors)
  }

  pairs(of: readonly (readonly [name: string, value: Cell])[]): string {
    return pairs(of, this.colors)
  }

  /** Minor units as people write them. */
  money(minor: number, currency: string): string {
    return money(minor, currency, currencyDigits(currency) ?? 0)
  }

  /** A page's list, and how to get the next one. */
  more(next: string | undefined): string {
    return next === undefined ? '' : `\n${this.colors.dim(`more: --cursor ${next}`)}`
  }

  /** A path as the node will see it: the node may have been started elsewhere. */
  path(given: string): string {
    return resolve(this.terminal.cwd, given)
  }
}

/** The session of a command, from the options given to it and to the program. */
export type SessionOf = (command: Command) => Session
