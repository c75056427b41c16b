/** A node that comes back from an old backup signs nothing where it signed before: it goes on under its next key. */
import { execFileSync } from 'node:child_process'
import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Lab, Lender, type NodeProcess, Operator, until } from '#libs/lab'
import type { ForkView, IdentityKeyView, InviteView, MemberView, NetworkView } from '#libs/messages'

let lab: Lab

beforeAll(async () => {
  lab = await Lab.open()
})

afterAll(() => lab?.close(), 60_000)

describe('a member', () => {
  let host: NodeProcess
  let guest: NodeProcess
  let atHost: Operator
  let atGuest: Operator
  let identity: string

  beforeAll(async () => {
    ;[host, guest] = await Promise.all([lab.startNode('host'), lab.startNode('guest')])
    ;[atHost, atGuest] = [new Operator(host.options.dataDir), new Operator(guest.options.dataDir)]
    const lender = new Lender(host)
    await lender.setUp('marta', 'demo-demo-demo')
    await lender.page.post('/network', { name: 'Valley', alias: 'Marta' })
    const { invite } = await lender.page.post<{ invite: string }>('/network/invites', {})
    await atGuest.json('network', 'join', invite, '--alias', 'Gus')
    await until('the guest to be admitted', 120_000, async () => (await networkAt(atGuest)).self.admitted)
    identity = (await networkAt(atGuest)).self.identity!
  }, 120_000)

  it('rotates its key, and stays who it is', async () => {
    await atGuest.json('invite', 'create')
    expect(await atGuest.json<IdentityKeyView>('identity', 'rotate')).toMatchObject({ identity, because: 'rotation' })
    await until('the next key to be in use', 120_000, async () => {
      const { state, number } = await keyAt(atGuest)
      return state === 'open' && number === 1
    })
    await atGuest.json('invite', 'create')
    expect((await atGuest.json<{ items: InviteView[] }>('invite', 'list')).items).toHaveLength(2)
    expect((await networkAt(atGuest)).self).toMatchObject({ identity, admitted: true })
  }, 300_000)

  it('that comes back from a backup finds that more was signed, and goes on under another key', async () => {
    const backup = join(lab.dir, 'backup')
    await guest.stop()
    execFileSync('cp', ['-a', guest.options.dataDir, backup])
    await guest.start()
    const lost = await atGuest.json<{ view: InviteView }>('invite', 'create')
    await until('the host to hold what will be lost', 120_000, async () => (await recordsOf(atHost)) === 6)
    await guest.kill()
    rmSync(guest.options.dataDir, { recursive: true })
    execFileSync('cp', ['-a', backup, guest.options.dataDir])
    await guest.start()
    await until('the third key to be in use', 120_000, async () => {
      const { state, number } = await keyAt(atGuest)
      return state === 'open' && number === 2
    })
    const { items } = await atGuest.json<{ items: InviteView[] }>('invite', 'list')
    expect(items.map(({ id }) => id)).toContain(lost.view.id)
    await atGuest.json('invite', 'create')
    await until('the host to hold all of it', 120_000, async () => (await recordsOf(atHost)) === 8)
    expect((await atHost.json<{ items: ForkView[] }>('forks')).items).toEqual([])
    renameSync(backup, join(lab.dir, 'older'))
  }, 300_000)

  it('whose backup says so signs nothing before it has heard what it signed', async () => {
    await host.stop()
    await guest.kill()
    rmSync(guest.options.dataDir, { recursive: true })
    execFileSync('cp', ['-a', join(lab.dir, 'older'), guest.options.dataDir])
    writeFileSync(join(guest.options.dataDir, 'restored'), '')
    await guest.start()
    const refused = await atGuest.run('invite', 'create', '--json')
    expect(refused).toMatchObject({ code: 1 })
    expect(refused.stderr + refused.stdout).toContain('identity_continuing')
    await host.start()
    await until('a key of its own again', 120_000, async () => (await keyAt(atGuest)).state === 'open')
    await atGuest.json('invite', 'create')
    await until('the host to hold it', 120_000, async () => (await recordsOf(atHost)) === 10)
    expect((await atHost.json<{ items: ForkView[] }>('forks')).items).toEqual([])
    const { items } = await atHost.json<{ items: MemberView[] }>('members')
    expect(items.map((member) => member.identity)).toContain(identity)
  }, 300_000)

  /** Records that the host holds of the guest, under all its keys. */
  const recordsOf = async (operator: Operator): Promise<number> =>
    (await operator.json<{ items: MemberView[] }>('members')).items.find((member) => member.identity === identity)!
      .records
})

const networkAt = (operator: Operator): Promise<NetworkView> => operator.json('network', 'show')
const keyAt = (operator: Operator): Promise<IdentityKeyView> => operator.json('identity', 'show')
