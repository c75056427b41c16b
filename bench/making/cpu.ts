/** What processes have cost so far, as Linux counts it: a figure that other work on the machine changes less than it changes time. */
import { readdirSync, readFileSync } from 'node:fs'

/** CPU time in ms: of a process with its children, and of the Postgres servers among them. */
export interface Cpu {
  node: number
  postgres: number
}

/** Of a tick of the kernel's clock. */
const TICK_MS = 10

/** Of a process and all that it started and that still runs; null where there is no /proc. */
export function cpuOf(pid: number): Cpu | null {
  const processes = new Map<number, { parent: number; isPostgres: boolean; ms: number }>()
  try {
    for (const name of readdirSync('/proc')) if (/^\d+$/.test(name)) processes.set(Number(name), statOf(name))
  } catch {
    return null
  }
  const cpu: Cpu = { node: 0, postgres: 0 }
  for (const [id, { isPostgres, ms }] of processes) {
    let above: number | undefined = id
    while (above !== undefined && above !== pid) above = processes.get(above)?.parent
    if (above === pid) cpu[isPostgres ? 'postgres' : 'node'] += ms
  }
  return cpu
}

/** A process that ends meanwhile cost nothing. */
function statOf(pid: string): { parent: number; isPostgres: boolean; ms: number } {
  let stat: string
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  } catch {
    return { parent: 0, isPostgres: false, ms: 0 }
  }
  const end = stat.lastIndexOf(')')
  const fields = stat.slice(end + 2).split(' ')
  const isPostgres = stat.slice(stat.indexOf('(') + 1, end).startsWith('postgres')
  return { parent: Number(fields[1]), isPostgres, ms: TICK_MS * (Number(fields[11]) + Number(fields[12])) }
}
