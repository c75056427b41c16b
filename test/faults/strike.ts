/** Blows with kill -9 against a node's processes, found by the pids that they wrote down themselves. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import type { NodeProcess } from '#libs/lab'
import type { Kill } from './plan.js'

/** Strikes. Returns whether the node itself is gone, and has to be started again. */
export async function strike({ target, backend }: Kill, node: NodeProcess): Promise<boolean> {
  if (target !== 'node') await killPostgres(node, backend)
  if (target === 'postgres') return false
  await node.kill()
  return true
}

/** The server, or one of its processes. Nothing to do where it is down already. */
async function killPostgres({ options: { dataDir } }: NodeProcess, backend: boolean): Promise<void> {
  const path = join(dataDir, 'postgres', 'postmaster.pid')
  if (!existsSync(path)) return
  const [server, , , , socketDir] = readFileSync(path, 'utf8').split('\n')
  const victim = (backend && (await oneOfItsProcesses(socketDir!))) || Number(server)
  try {
    process.kill(victim, 'SIGKILL')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/** The process of the connection that worked last, as Postgres itself knows it; null when it does not answer. */
async function oneOfItsProcesses(socketDir: string): Promise<number | null> {
  const client = new pg.Client({ host: socketDir, user: 'mutuo', database: 'postgres' })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query<{ pid: number }>(
      `select pid from pg_stat_activity where pid <> pg_backend_pid() and backend_type = 'client backend'
       order by state_change desc limit 1`,
    )
    return rows[0]?.pid ?? null
  } catch {
    return null
  } finally {
    await client.end().catch(() => undefined)
  }
}
