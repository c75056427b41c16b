/** A node as a process of its own, started, stopped and killed as an operator or a power cut would. */
import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { until } from './until.js'

const nodeProgram = fileURLToPath(new URL('../../../dist/apps/node/src/main.js', distAnchor()))

/** Where a running node can be reached; it writes this to `node.json` in its data directory once it answers. */
export interface NodeAddresses {
  readonly pid: number
  readonly web: string
  readonly borrowerApi: string
  readonly socket: string
  /** Makes the first account; null once there is one. */
  readonly setupToken: string | null
}

export interface NodeOptions {
  readonly name: string
  readonly dataDir: string
  /** Addresses of a private DHT's bootstrap nodes, host:port. */
  readonly bootstrap: readonly string[]
  readonly clockFile?: string
  readonly env?: Readonly<Record<string, string>>
  /** A command that runs the node where it shall run: the program and its arguments come after it. */
  readonly within?: readonly string[]
}

export class NodeProcess {
  private child: ChildProcess | undefined
  private output = ''
  private current: NodeAddresses | undefined
  /** Any free port at first, the same one ever after: people's bookmarks stay good. */
  private port = '0'

  constructor(readonly options: NodeOptions) {
    mkdirSync(options.dataDir, { recursive: true, mode: 0o700 })
  }

  get name(): string {
    return this.options.name
  }

  /** Throws while the node is not running. */
  get addresses(): NodeAddresses {
    if (!this.current) throw new Error(`${this.name} is not running`)
    return this.current
  }

  /** Starts the process and waits until it answers. Throws with the process's last words when it ends instead. */
  async start(): Promise<NodeAddresses> {
    const ready = join(this.options.dataDir, 'node.json')
    rmSync(ready, { force: true })
    const command = [...(this.options.within ?? []), process.execPath, '--enable-source-maps', nodeProgram]
    const child = spawn(command[0]!, command.slice(1), {
      env: { ...process.env, NODE_OPTIONS: '', ...this.environment() },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.child = child
    const keep = (chunk: Buffer) => void (this.output = (this.output + chunk.toString()).slice(-20_000))
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    const isReady = (): boolean => {
      if (child.exitCode !== null || child.signalCode !== null)
        throw new Error(`${this.name} ended at start:\n${this.output}`)
      return existsSync(ready)
    }
    await until(`${this.name} to start`, 60_000, isReady, 50)
    this.current = JSON.parse(readFileSync(ready, 'utf8')) as NodeAddresses
    this.port = new URL(this.current.web).port
    return this.current
  }

  /** Ends it as Ctrl-C does and waits. Throws when it does not end cleanly within 20 s. */
  async stop(): Promise<void> {
    const code = await this.end('SIGINT')
    if (code !== 0) throw new Error(`${this.name} ended with ${code}:\n${this.output}`)
  }

  /** Ends it as a power cut does. */
  async kill(): Promise<void> {
    await this.end('SIGKILL')
  }

  /** What it printed, the last 20,000 characters. */
  get printed(): string {
    return this.output
  }

  private async end(signal: NodeJS.Signals): Promise<number | null> {
    const child = this.child
    if (!child || child.exitCode !== null || child.signalCode !== null) return 0
    const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
    child.kill(signal)
    this.current = undefined
    const late = setTimeout(() => child.kill('SIGKILL'), 20_000)
    const code = await ended
    clearTimeout(late)
    return code
  }

  private environment(): Record<string, string> {
    const { dataDir, bootstrap, clockFile, env } = this.options
    return {
      MUTUO_DATA: dataDir,
      MUTUO_PORT: this.port,
      MUTUO_BOOTSTRAP: bootstrap.length > 0 ? bootstrap.join(',') : 'none',
      MUTUO_HOST: '127.0.0.1',
      ...(clockFile ? { MUTUO_CLOCK_FILE: clockFile } : {}),
      ...env,
    }
  }
}

/** The folder that this file's path is relative to is the same from the sources (tests) and from the build (the demo). */
function distAnchor(): string {
  return import.meta.url.replace('/dist/libs/', '/libs/')
}
