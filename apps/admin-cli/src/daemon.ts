/** The node as a process: started from here, found by its socket. */
import { spawn, type ChildProcess } from 'node:child_process'
import { chmodSync, closeSync, existsSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { makeDataDir } from '../../node/src/data-dir.js'
import { NotReachable } from './node-connection.js'
import { NodeSocket } from './node-socket.js'

/** Compiled beside this program. */
const NODE_PROGRAM = fileURLToPath(new URL('../../node/src/main.js', import.meta.url))

/** What a node is started with: the environment of this command, and what its options set. */
export interface Start {
  readonly data: string
  readonly env: Readonly<Record<string, string | undefined>>
}

/** The data directory, made when it is missing, for its owner alone. Returns whether it was there. Throws when it can't be made. */
export function prepareData(data: string): boolean {
  const existed = existsSync(data)
  makeDataDir(data)
  chmodSync(data, 0o700)
  return existed
}

/** A node in the foreground: its output is this command's, and an interrupt reaches both. */
export function startForeground({ data, env }: Start): Promise<number> {
  const child = spawn(process.execPath, [NODE_PROGRAM], { env: { ...env, MUTUO_DATA: data }, stdio: 'inherit' })
  const forward = (signal: NodeJS.Signals): void => void child.kill(signal)
  process.on('SIGINT', forward).on('SIGTERM', forward)
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code, signal) => resolve(code ?? (signal === 'SIGINT' || signal === 'SIGTERM' ? 0 : 1)))
  })
}

/** Where a node in the background writes. */
export const logPath = (data: string): string => join(data, 'node.log')

/** A node that outlives this command. Its output goes to the log in the data directory. */
export function startBackground({ data, env }: Start): ChildProcess {
  const log = openSync(logPath(data), 'a', 0o600)
  const child = spawn(process.execPath, [NODE_PROGRAM], {
    env: { ...env, MUTUO_DATA: data },
    stdio: ['ignore', log, log],
    detached: true,
  })
  closeSync(log)
  child.unref()
  return child
}

/** The end of the log, for an error message. */
export function tailOfLog(data: string, lines = 12): string {
  return readFileSync(logPath(data), 'utf8').trimEnd().split('\n').slice(-lines).join('\n')
}

/** Where a node's faces are, as it says itself once all of it answers. */
export interface Ready {
  readonly pid: number
  readonly web: string
  readonly borrowerApi: string
  /** Makes the first account; null once there is one. */
  readonly setupToken: string | null
}

/** Waits until a started node is ready. Throws when the process ends before, or it takes longer than `timeoutMs`. */
export async function untilReady(data: string, child: ChildProcess, timeoutMs: number): Promise<Ready> {
  const end = performance.now() + timeoutMs
  for (;;) {
    const ready = readyFile(data)
    // The file of a node that was killed names another process.
    if (ready?.pid === child.pid) return ready!
    if (child.exitCode !== null || child.signalCode !== null) throw new Error('the node ended before it was ready')
    if (performance.now() > end) throw new Error(`the node was not ready after ${timeoutMs / 1000} s`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** `node.json` of a data directory; undefined before it is there. */
function readyFile(data: string): Ready | undefined {
  const path = join(data, 'node.json')
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Ready) : undefined
}

/** Waits until nothing answers any more. Throws after `timeoutMs`. */
export async function untilGone(socketPath: string, timeoutMs: number): Promise<void> {
  const end = performance.now() + timeoutMs
  while (await answers(socketPath)) {
    if (performance.now() > end) throw new Error(`the node was still there after ${timeoutMs / 1000} s`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** Whether a node answers on the socket. */
export async function answers(socketPath: string): Promise<boolean> {
  try {
    const node = await NodeSocket.open(socketPath)
    try {
      await node.ask('node.status', {})
      return true
    } finally {
      await node.close()
    }
  } catch (error) {
    if (error instanceof NotReachable) return false
    throw error
  }
}
