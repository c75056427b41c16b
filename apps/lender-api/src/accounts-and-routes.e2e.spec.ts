/** Every account of a running node at every route of its page: what each may read of whose books, and how changes are made. */
import { randomUUID } from 'node:crypto'
import { HttpFace, Lab, Lender, type NodeProcess, Operator } from '#libs/lab'
import type { AccountView, InviteView, ProfileView, Role } from '#libs/messages'

interface Person {
  name: string
  role: Role
  token: string
  identity: string | null
}

const PASSWORD = 'correct horse battery'
const NOBODY = 'y'.repeat(52)

describe('the accounts of one node', () => {
  let lab: Lab
  let node: NodeProcess
  let people: Person[]

  beforeAll(async () => {
    lab = await Lab.open()
    node = await lab.startNode('valley')
    const lender = new Lender(node)
    await lender.setUp('marta', PASSWORD)
    await lender.page.post('/network', { name: 'Valley', alias: 'Marta' })
    people = [await signedIn('marta'), ...(await Promise.all(OTHERS.map(([name, role]) => registered(name, role))))]
  }, 120_000)
  afterAll(() => lab.close(), 60_000)

  const OTHERS: [string, Role][] = [
    ['luca', 'lender'],
    ['nadia', 'lender'],
    ['tom', 'borrower'],
    ['vera', 'auditor'],
  ]

  async function signedIn(name: string): Promise<Person> {
    const response = await call('POST', '/session/login', { body: { name, password: PASSWORD } })
    const { account } = (await response.json()) as { account: AccountView }
    const token = /mutuo_session=([^;]+)/.exec(response.headers.getSetCookie().join())![1]!
    return { name, role: account.role, token, identity: account.identity }
  }

  /** With a device's token, which is a session like the page's own. */
  async function registered(name: string, role: Role): Promise<Person> {
    const operator = new Operator(node.options.dataDir)
    const { code } = await operator.json<{ code: string }>('user', 'add', name, '--role', role)
    const app = new HttpFace(node.addresses.borrowerApi)
    const { token } = await app.post<{ token: string }>('/devices', { code, deviceName: 'desk' })
    const person: Person = { name, role, token, identity: null }
    if (role === 'auditor') return person
    if (role === 'borrower') app.useToken(token)
    const made =
      role === 'borrower'
        ? await app.post<ProfileView>('/identity')
        : ((await (
            await call('POST', '/identity', { by: person, body: {}, headers: { 'idempotency-key': randomUUID() } })
          ).json()) as ProfileView)
    return { ...person, identity: made.identity }
  }

  function call(
    method: string,
    path: string,
    { by, body, headers = {} }: { by?: Person; body?: object; headers?: Record<string, string> } = {},
  ) {
    return fetch(`${node.addresses.web}/lender${path}`, {
      method,
      headers: {
        'x-mutuo': 'page',
        ...(by ? { cookie: `mutuo_session=${by.token}` } : {}),
        ...(body ? { 'content-type': 'application/json' } : {}),
        ...headers,
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
  }

  const BOOKS = [
    '/ledger/trial-balance?owner=',
    '/ledger/journal?owner=',
    '/ledger/export?format=hledger&owner=',
    '/reports/portfolio?owner=',
    '/reports/arrears?owner=',
    '/reports/interest?year=2026&owner=',
    '/reports/cash-flow?owner=',
    '/reports/returns?owner=',
    '/reports/guarantees?owner=',
    '/reports/trial-balance?format=csv&owner=',
  ]
  /** No money has moved, so there is no such account; but that, too, only its owner is told. */
  const ACCOUNTS = ['/ledger/statement?account=', '/ledger/explain?account=']

  const CHANGES = [
    ...['/offers', '/payments', '/network/invites', '/accounts/enrol', `/loans/${NOBODY}/sign`],
    ...[`/notes/${NOBODY}/0/listings`, `/notes/${NOBODY}/0/quote`],
    ...[`/listings/${NOBODY}/orders`, `/listings/${NOBODY}/withdraw`],
    ...['pay', 'transfer', 'lapse'].map((act) => `/orders/${NOBODY}/${act}`),
  ]

  it('read each other’s books by no route, unless they are there to read all', async () => {
    const wrong: unknown[] = []
    for (const reader of people)
      for (const { name, identity } of people.filter((owner) => owner.identity !== null)) {
        const { status: open, hidden } =
          reader.role === 'borrower'
            ? { status: 403, hidden: 403 }
            : readsAll(reader) || reader.identity === identity
              ? { status: 200, hidden: 404 }
              : { status: 403, hidden: 403 }
        const asked = [
          ...BOOKS.map((path) => [path + identity, open] as const),
          ...ACCOUNTS.map((path) => [`${path}${identity}:asset:cash:${NOBODY}`, hidden] as const),
        ]
        for (const [path, expected] of asked) {
          const { status } = await call('GET', path, { by: reader })
          if (status !== expected) wrong.push({ reader: reader.name, books: name, path, status, expected })
        }
      }
    expect(wrong).toEqual([])
  }, 60_000)

  it('read their own books where they name none, and auditors those of all', async () => {
    const own = async (by: Person, path: string) => (await call('GET', path, { by })).json() as Promise<object>
    for (const reader of people.filter(({ role }) => role === 'lender')) {
      expect(await own(reader, '/reports/returns')).toMatchObject({ owner: reader.identity })
      expect(await own(reader, '/reports/interest?year=2026')).toMatchObject({ owner: reader.identity })
    }
    const auditor = people.find(({ role }) => role === 'auditor')!
    expect(await own(auditor, '/ledger/trial-balance')).toMatchObject({ accounts: [] })
    expect(await own(auditor, '/reports/returns')).toMatchObject({ type: 'urn:mutuo:problem:no_identity' })
  })

  it('see the market for notes and anyone’s track record as readers; borrowers see neither here', async () => {
    const [marta] = people
    const asked = ['/listings', '/listings?ordered=true', `/track-records/${marta!.identity}`]
    const evidence = `/track-records/${marta!.identity}/evidence?figure=lent`
    for (const reader of people)
      for (const path of [...asked, evidence, `/attestations?identity=${marta!.identity}`]) {
        const { status } = await call('GET', path, { by: reader })
        expect([reader.name, path, status]).toEqual([reader.name, path, reader.role === 'borrower' ? 403 : 200])
      }
    const unknown = await call('GET', `/notes/${NOBODY}/0`, { by: marta! })
    expect([unknown.status, await unknown.json()]).toMatchObject([404, { type: 'urn:mutuo:problem:loan_not_found' }])
  })

  it('change nothing as auditors or borrowers', async () => {
    for (const reader of people.filter(({ role }) => role === 'auditor' || role === 'borrower'))
      for (const path of CHANGES) {
        const headers = { 'idempotency-key': randomUUID() }
        expect([path, (await call('POST', path, { by: reader, body: {}, headers })).status]).toEqual([path, 403])
      }
  })

  it('change nothing without an idempotency key, and once with it', async () => {
    const [marta] = people
    const invite = (headers?: Record<string, string>) =>
      call('POST', '/network/invites', { by: marta!, body: {}, ...(headers ? { headers } : {}) })
    for (const headers of [undefined, { 'idempotency-key': 'short' }]) {
      const refused = await invite(headers)
      expect(refused.status).toBe(400)
      expect(await refused.json()).toMatchObject({ type: 'urn:mutuo:problem:request_malformed' })
    }
    const key = { 'idempotency-key': randomUUID() }
    const texts = [await (await invite(key)).text(), await (await invite(key)).text()]
    expect(texts[1]).toBe(texts[0])
    const { items } = (await (await call('GET', '/network/invites', { by: marta! })).json()) as { items: InviteView[] }
    expect(items.filter(({ state }) => state === 'open')).toHaveLength(1)
  })

  it('cannot speak for another account, nor of another thing than the address names', async () => {
    const [marta, luca] = people
    const actor = { account: 'x', role: 'operator', identity: marta!.identity }
    const headers = { 'idempotency-key': randomUUID() }
    const facts = { alias: 'Luca', actor }
    const published = await call('PUT', '/profile', { by: luca!, body: facts, headers })
    expect(await published.json()).toMatchObject({ identity: luca!.identity, facts: { alias: 'Luca' } })
    const path = `/profiles/${luca!.identity}?identity=${marta!.identity}`
    expect(await (await call('GET', path, { by: luca! })).json()).toMatchObject({ identity: luca!.identity })
  })

  it('are told which field is wrong', async () => {
    const [marta] = people
    const body = { name: 'a', password: 'b', role: 'operator' }
    const login = (await (await call('POST', '/session/login', { body })).json()) as object
    expect(login).toMatchObject({ problems: [expect.stringMatching(/^role: /)] })
    const answer = await call('GET', '/offers?limit=many&mine=perhaps', { by: marta! })
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({
      problems: expect.arrayContaining([
        expect.stringMatching(/^limit: /),
        expect.stringMatching(/^mine: /),
      ]) as string[],
    })
    expect((await call('GET', '/loans/nonsense', { by: marta! })).status).toBe(400)
  })

  const readsAll = ({ role }: Person) => role === 'operator' || role === 'auditor'
})
