/**
 * A network of namespaces on this machine: hosts on one switch, some behind routers that translate addresses. Between any two
 * hosts frames can be late, lost, or cut off, in one direction or both. Linux, as root, with iproute2, nftables and a C compiler.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * What stands before a host. `open`: nothing. `fullCone`: a router that gives it an address of its own and lets everyone in.
 * `symmetric`: one that takes another port for every destination and lets in answers alone.
 */
export type Access = 'open' | 'fullCone' | 'symmetric'

/** How a host's frames fare. Loss in frames of a thousand. */
export interface Weather {
  readonly delayMs: number
  readonly lostOut: number
  readonly lostIn: number
}

const CLEAR: Weather = { delayMs: 0, lostOut: 0, lostIn: 0 }
const ALL = 1_000
const SOURCE = fileURLToPath(new URL('switch.c', import.meta.url.replace('/dist/test/', '/test/')))

/** Why such a network can't be made here; null when it can. */
export function whyNot(): string | null {
  if (process.platform !== 'linux') return 'namespaces need Linux'
  if (process.getuid?.() !== 0) return 'namespaces need root'
  const missing = ['ip', 'nft', 'cc'].filter((name) => spawnSync(name, ['-V'], { stdio: 'ignore' }).error)
  if (missing.length > 0) return `${missing.join(', ')} missing: install iproute2, nftables, gcc and libc6-dev`
  const name = `mutuo-${process.pid}-try`
  const made = spawnSync('ip', ['netns', 'add', name], { encoding: 'utf8' })
  if (made.status !== 0) return `no namespace can be made: ${made.stderr.trim()}`
  spawnSync('ip', ['netns', 'del', name])
  return null
}

export class NetworkLaboratory {
  private readonly made: string[] = []
  private readonly weathers: Weather[]
  private readonly folder = mkdtempSync(join(tmpdir(), 'mutuo-switch-'))
  private switching: ChildProcess | undefined

  private constructor(private readonly hosts: readonly Access[]) {
    this.weathers = hosts.map(() => CLEAR)
  }

  /** Makes a network with a host for each of these. Throws when a step fails; nothing is left behind then. */
  static async open(hosts: readonly Access[]): Promise<NetworkLaboratory> {
    const laboratory = new NetworkLaboratory(hosts)
    try {
      await laboratory.build()
      return laboratory
    } catch (error) {
      laboratory.close()
      throw error
    }
  }

  /** The address that a host's programs bind to. */
  address(host: number): string {
    return this.hosts[host] === 'open' ? outer(host) : `10.78.${host}.2`
  }

  /** Another address of a host that stands open. */
  addAddress(host: number, address: string): void {
    run('ip', ['-n', this.space(host), 'addr', 'add', `${address}/24`, 'dev', 'wan'])
  }

  /** The command that runs a program on a host: the program and its arguments come after it. */
  command(host: number): readonly string[] {
    return ['ip', 'netns', 'exec', this.space(host)]
  }

  /** From now on a host's frames fare so. */
  let(host: number, weather: Partial<Weather>): void {
    const now = { ...this.weathers[host]!, ...weather }
    this.weathers[host] = now
    this.switching!.stdin!.write(`${host} ${now.delayMs} ${now.lostOut} ${now.lostIn}\n`)
  }

  /** Nothing comes from a host any more, nothing gets to it, or both. */
  cut(host: number, direction: 'out' | 'in' | 'both'): void {
    this.let(host, { ...(direction !== 'in' && { lostOut: ALL }), ...(direction !== 'out' && { lostIn: ALL }) })
  }

  /** Takes everything away, and ends what still runs on the hosts. */
  close(): void {
    this.switching?.stdin?.end()
    for (const name of this.made.splice(0)) {
      for (const pid of output('ip', ['netns', 'pids', name]).split('\n').filter(Boolean)) end(Number(pid))
      spawnSync('ip', ['netns', 'del', name])
    }
    rmSync(this.folder, { recursive: true, force: true })
  }

  private async build(): Promise<void> {
    const program = join(this.folder, 'switch')
    run('cc', ['-O2', '-o', program, SOURCE])
    const center = this.makeSpace('switch')
    for (const [host, access] of this.hosts.entries()) {
      const space = this.makeSpace(String(host))
      const edge = access === 'open' ? space : this.makeSpace(`nat-${host}`)
      plug({ space: edge, name: 'wan', address: `${outer(host)}/24` }, { space: center, name: `p${host}` })
      if (access !== 'open') this.translate(host, access, edge, space)
    }
    const names = this.hosts.map((_, host) => `p${host}`)
    this.switching = spawn('ip', ['netns', 'exec', center, program, ...names], { stdio: ['pipe', 'pipe', 'inherit'] })
    await new Promise<void>((ready, failed) => {
      this.switching!.stdout!.once('data', () => ready())
      this.switching!.once('exit', (code) => failed(new Error(`the switch ended with ${code}`)))
    })
  }

  /** A router between a host and the switch. */
  private translate(host: number, access: Exclude<Access, 'open'>, edge: string, space: string): void {
    const [router, inner] = [`10.78.${host}.1`, `10.78.${host}.2`]
    plug({ space: edge, name: 'lan', address: `${router}/24` }, { space, name: 'eth0', address: `${inner}/24` })
    run('ip', ['-n', space, 'route', 'add', 'default', 'via', router])
    run('ip', ['netns', 'exec', edge, 'sh', '-c', 'echo 1 >/proc/sys/net/ipv4/ip_forward'])
    const rules =
      access === 'fullCone'
        ? `chain pre { type nat hook prerouting priority -100; iifname "wan" dnat to ${inner}; }
           chain post { type nat hook postrouting priority 100; oifname "wan" snat to ${outer(host)}; }`
        : `chain post { type nat hook postrouting priority 100; oifname "wan" masquerade fully-random; }
           chain forward { type filter hook forward priority 0; policy drop;
             ct state established,related accept; iifname "lan" accept; }`
    run('ip', ['netns', 'exec', edge, 'nft', '-f', '-'], `table ip mutuo {\n${rules}\n}\n`)
  }

  private space(name: string | number): string {
    return `mutuo-${process.pid}-${name}`
  }

  private makeSpace(of: string): string {
    const name = this.space(of)
    run('ip', ['netns', 'add', name])
    this.made.push(name)
    run('ip', ['-n', name, 'link', 'set', 'lo', 'up'])
    return name
  }
}

interface End {
  space: string
  name: string
  address?: string
}

/** The address of a host, or of the router before it, on the switch. */
const outer = (host: number): string => `10.77.0.${host + 1}`

/** A cable between two namespaces. */
function plug(one: End, other: End): void {
  run('ip', [
    'link',
    'add',
    one.name,
    'netns',
    one.space,
    'type',
    'veth',
    'peer',
    'name',
    other.name,
    'netns',
    other.space,
  ])
  for (const { space, name, address } of [one, other]) {
    if (address !== undefined) run('ip', ['-n', space, 'addr', 'add', address, 'dev', name])
    run('ip', ['-n', space, 'link', 'set', name, 'up'])
  }
}

function run(command: string, args: readonly string[], input = ''): void {
  const { status, stderr, error } = spawnSync(command, args, { input, encoding: 'utf8' })
  if (status !== 0) throw new Error(`${[command, ...args].join(' ')}: ${error?.message ?? stderr}`)
}

function output(command: string, args: readonly string[]): string {
  return spawnSync(command, args, { encoding: 'utf8' }).stdout ?? ''
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
