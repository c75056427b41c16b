/**
 * A laboratory: real nodes as processes of their own on this machine, each with its own Postgres, finding each other by a
 * private DHT, with a clock that the experimenter moves. The demonstration and the scenario tests run in one.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DhtNode } from '#libs/swarm'
import { MovableClock } from './movable-clock.js'
import { NodeProcess } from './node-process.js'

export class Lab {
  readonly nodes: NodeProcess[] = []

  private constructor(
    readonly dir: string,
    readonly clock: MovableClock,
    private readonly dht: DhtNode,
  ) {}

  /** Opens a laboratory in a new temporary folder, with a DHT of its own. */
  static async open(): Promise<Lab> {
    const dir = mkdtempSync(join(tmpdir(), 'mutuo-lab-'))
    return new Lab(dir, new MovableClock(join(dir, 'clock')), await DhtNode.start({ host: '127.0.0.1' }))
  }

  /** Starts a node. Its data directory is named after it. */
  async startNode(name: string, env: Readonly<Record<string, string>> = {}): Promise<NodeProcess> {
    const node = new NodeProcess({
      name,
      dataDir: join(this.dir, name),
      bootstrap: [`127.0.0.1:${this.dht.port}`],
      clockFile: this.clock.path,
      env,
    })
    this.nodes.push(node)
    await node.start()
    return node
  }

  /** A folder for what an experiment leaves behind. */
  folder(name: string): string {
    const path = join(this.dir, name)
    mkdirSync(path, { recursive: true })
    return path
  }

  /** Stops all nodes and the DHT; removes all data unless it is to be kept. Does all of it even if a node ends badly, then throws. */
  async close({ keepData = false } = {}): Promise<void> {
    const ends = await Promise.allSettled(this.nodes.map((node) => node.stop()))
    await this.dht.stop()
    if (!keepData) rmSync(this.dir, { recursive: true, force: true })
    const failure = ends.find((end) => end.status === 'rejected')
    if (failure) throw failure.reason
  }
}
