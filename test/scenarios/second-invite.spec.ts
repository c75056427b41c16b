/** Someone whose invite is no good any more joins with another one, without starting the node anew. */
import { Lab, Lender, Operator, until } from '#libs/lab'
import type { InviteView, NetworkView, PeerView } from '#libs/messages'

let lab: Lab

beforeAll(async () => {
  lab = await Lab.open()
})

afterAll(() => lab?.close(), 60_000)

describe('an invite that was revoked before it was used', () => {
  it('lets nobody in, and the next one does', async () => {
    const host = await lab.startNode('host')
    const guest = new Operator((await lab.startNode('guest')).options.dataDir)
    const lender = new Lender(host)
    await lender.setUp('marta', 'demo-demo-demo')
    await lender.page.post('/network', { name: 'Valley', alias: 'Marta' })

    const first = await lender.page.post<{ invite: string; view: InviteView }>('/network/invites', {})
    await lender.page.post(`/network/invites/${first.view.id}/revoke`)
    await guest.json('network', 'join', first.invite)
    await until('the two to meet', 30_000, async () => (await peersOf(guest)).length > 0)
    await until('the guest to hear why', 30_000, async () => (await networkAt(guest)).self.refused === 'invite_revoked')
    expect((await networkAt(guest)).self.admitted).toBe(false)

    const second = await lender.page.post<{ invite: string }>('/network/invites', {})
    await guest.json('network', 'join', second.invite)
    await until('the guest to be admitted', 30_000, async () => (await networkAt(guest)).self.admitted)
    expect(await networkAt(guest)).toMatchObject({ name: 'Valley', members: 2 })

    const again = await guest.run('network', 'create', 'Another', '--json')
    expect(again.code).toBe(1)
    expect(again.stderr + again.stdout).toContain('already_in_network')
  }, 120_000)
})

const networkAt = (operator: Operator): Promise<NetworkView> => operator.json('network', 'show')
const peersOf = async (operator: Operator): Promise<PeerView[]> =>
  (await operator.json<{ items: PeerView[] }>('peers', 'list')).items
