import 'reflect-metadata'
import { isRefusal, type Refusal } from '#libs/fold'
import type { Actor, Role } from '#libs/messages'
import { LocalNetworks, networkMigrations } from '#libs/network'
import { startTestStore, type TestStore } from '#libs/store'
import { accountMigrations } from './index.js'
import { Accounts } from './accounts.service.js'
import { Idempotency } from './idempotency.service.js'
import { Sessions } from './sessions.service.js'
import { SignInTries } from './sign-in-tries.service.js'

const HOUR = 3_600_000
const DAY = 24 * HOUR

describe('accounts', () => {
  let store: TestStore
  let now: number
  let accounts: Accounts
  let locals: LocalNetworks
  let sessions: Sessions
  let idempotency: Idempotency

  beforeAll(async () => {
    store = await startTestStore({ features: [], migrations: [...networkMigrations, ...accountMigrations] })
  })
  afterAll(() => store.close())
  beforeEach(async () => {
    await store.database.query(
      'truncate network_local, account, access_token, enrolment_code, sign_in_try, idempotency_key',
    )
    now = 1_790_000_000_000
    const clock = () => now
    sessions = new Sessions(store.database, new SignInTries(store.database, clock), clock)
    locals = new LocalNetworks(store.database)
    accounts = new Accounts(store.database, sessions, locals, clock)
    idempotency = new Idempotency(store.database, clock)
  })

  const password = 'correct horse battery'
  const setUp = async () => taken(await accounts.setup((await accounts.setupToken())!, 'Olu', password))
  const enrolled = async (name: string, role: Role) => taken(await accounts.enrol(name, role))
  const actor = (account: string, role: Role = 'lender'): Actor => ({ account, role, identity: null })

  describe('setup', () => {
    it('makes one operator, with the token of the last start', async () => {
      await expect(accounts.state()).resolves.toEqual({ initialised: false })
      const old = (await accounts.setupToken())!
      const token = (await accounts.setupToken())!
      await expect(accounts.setup(old, 'Olu', password)).resolves.toEqual({ refused: 'setup_token_wrong' })
      await expect(accounts.setup(token, 'Olu', '123456789')).resolves.toMatchObject({ refused: 'password_too_short' })
      const session = taken(await accounts.setup(token, 'Olu', password))
      expect(session.account).toEqual({ id: session.account.id, name: 'Olu', role: 'operator', identity: null })
      await expect(accounts.setup(token, 'Eve', password)).resolves.toEqual({ refused: 'already_initialised' })
      await expect(accounts.state()).resolves.toEqual({ initialised: true })
      await expect(accounts.setupToken()).resolves.toBeNull()
    })

    it('lets only one of two that come at once through', async () => {
      const token = (await accounts.setupToken())!
      const both = await Promise.all(['Olu', 'Eve'].map((name) => accounts.setup(token, name, password)))
      expect(both.filter(isRefusal)).toEqual([{ refused: 'already_initialised' }])
      expect((await accounts.list()).items).toHaveLength(1)
    })
  })

  describe('the command line, which has no account,', () => {
    const self = 'y'.repeat(52)

    it('founds a network for the operator who comes later', async () => {
      const nothing = { topicSecret: new Uint8Array(32), invite: null, addresses: [], peers: [], alias: null }
      await locals.add({ net: self, name: 'Village', self, cfg: self, ...nothing })
      expect((await setUp()).account.identity).toBe(self)
    })

    it('founds a network for the operator who is there, and for nobody else', async () => {
      const { account } = await setUp()
      const borrower = (await enrolled('Ada', 'borrower')).account
      await accounts.bind('cli', self)
      await accounts.bind('cli', 'o'.repeat(52))
      const { items } = await accounts.list()
      expect(items).toEqual([borrower, { ...account, identity: self }])
    })
  })

  describe('a login', () => {
    it('takes the name in any case, and the password as it is', async () => {
      const { account } = await setUp()
      for (const name of ['Olu', 'olu', ' OLU ', 'ＯＬＵ'])
        expect(taken(await sessions.login(name, password)).account).toEqual(account)
      for (const wrong of ['', 'Correct horse battery', `${password} `])
        await expect(sessions.login('Olu', wrong)).resolves.toEqual({ refused: 'login_failed' })
      await expect(sessions.login('Nobody', password)).resolves.toEqual({ refused: 'login_failed' })
    })

    it('of an account without a password always fails', async () => {
      await enrolled('Ada', 'borrower')
      for (const any of ['', 'null'])
        await expect(sessions.login('Ada', any)).resolves.toEqual({ refused: 'login_failed' })
    })

    it('waits longer and longer after five wrong tries, even for the right password', async () => {
      await setUp()
      for (let i = 0; i < 5; i++) await sessions.login('Olu', 'wrong')
      const waits: unknown[] = []
      for (let i = 0; i < 3; i++) {
        const refused = await sessions.login('olu', password.slice(1))
        waits.push((refused as Refusal)['retryAfterSeconds'])
        now += Number((refused as Refusal)['retryAfterSeconds']) * 1_000
        await sessions.login('Olu', 'wrong')
      }
      expect(waits).toEqual([1, 2, 4])
      await expect(sessions.login('Olu', password)).resolves.toEqual({
        refused: 'too_many_attempts',
        retryAfterSeconds: 8,
      })
      now += 8_000
      taken(await sessions.login('Olu', password))
      for (let i = 0; i < 5; i++)
        await expect(sessions.login('Olu', 'wrong')).resolves.toEqual({ refused: 'login_failed' })
    })

    it('counts tries that come at once, and one name does not lock another', async () => {
      await setUp()
      const tries = await Promise.all(Array.from({ length: 12 }, () => sessions.login('Eve', 'wrong')))
      const names = tries.map((refused) => (refused as Refusal).refused)
      expect(names.filter((name) => name === 'login_failed')).toHaveLength(5)
      expect(names.filter((name) => name === 'too_many_attempts')).toHaveLength(7)
      taken(await sessions.login('Olu', password))
    })

    it('of ever new names is slowed down too', async () => {
      const tries = new SignInTries(store.database, () => now)
      const counted = await Promise.all(Array.from({ length: 70 }, (_, i) => tries.count(`name ${i}`)))
      expect(counted.filter((each) => !isRefusal(each))).toHaveLength(60)
      expect(counted.filter(isRefusal)[0]).toEqual({ refused: 'too_many_attempts', retryAfterSeconds: 1 })
    })

    it('leaves neither password nor token in the database', async () => {
      const { token } = await setUp()
      const device = taken(await sessions.registerDevice((await enrolled('Ada', 'borrower')).code, 'phone'))
      const tables = ['account', 'access_token', 'enrolment_code', 'sign_in_try']
      const rows = await Promise.all(tables.map((table) => store.database.query(`select t::text from ${table} t`)))
      const all = JSON.stringify(rows)
      expect(all).toContain('$argon2id$v=19$m=65536,t=2,p=1$')
      for (const secret of [token, device.token, password]) {
        expect(all).not.toContain(secret)
        expect(all).not.toContain(Buffer.from(secret).toString('hex'))
      }
    })
  })

  describe('a session', () => {
    it('says whose it is until it ends by logout', async () => {
      const { token, account, expiresAtMs } = await setUp()
      expect(expiresAtMs).toBe(now + 12 * HOUR)
      await expect(sessions.authenticate(token)).resolves.toEqual({ account })
      await sessions.logout(token)
      await expect(sessions.authenticate(token)).resolves.toEqual({ refused: 'not_authenticated' })
      await expect(sessions.authenticate('y')).resolves.toEqual({ refused: 'not_authenticated' })
    })

    it('ends twelve hours after its last use, and thirty days after its start', async () => {
      const { token } = await setUp()
      now += 12 * HOUR + 1
      await expect(sessions.authenticate(token)).resolves.toEqual({ refused: 'not_authenticated' })
      const fresh = taken(await sessions.login('Olu', password)).token
      const began = now
      while (now + 11 * HOUR <= began + 30 * DAY) {
        now += 11 * HOUR
        taken(await sessions.authenticate(fresh))
      }
      now = began + 30 * DAY + 1
      await expect(sessions.authenticate(fresh)).resolves.toEqual({ refused: 'not_authenticated' })
    })

    it('shows the identity that its account acts for from then on', async () => {
      const { token, account } = await setUp()
      await accounts.bind(account.id, 'y'.repeat(52))
      expect(taken(await sessions.authenticate(token)).account.identity).toBe('y'.repeat(52))
    })
  })

  describe('a device', () => {
    it('is registered once with a code, however it is typed, within a day', async () => {
      const { code, account, expiresAtMs } = await enrolled('Ada', 'borrower')
      expect(code).toMatch(/^(\w{4}-){3}\w{4}$/)
      expect(expiresAtMs).toBe(now + DAY)
      const typed = code.toUpperCase().replaceAll('-', ' ')
      const registered = taken(await sessions.registerDevice(typed, 'phone'))
      expect(registered.account).toEqual(account)
      await expect(sessions.authenticate(registered.token)).resolves.toEqual({ account })
      await expect(sessions.registerDevice(code, 'other')).resolves.toEqual({ refused: 'enrolment_code_wrong' })
      const late = await enrolled('Ada', 'borrower')
      now += DAY + 1
      await expect(sessions.registerDevice(late.code, 'late')).resolves.toEqual({ refused: 'enrolment_code_expired' })
      now += 300 * DAY
      await expect(sessions.authenticate(registered.token)).resolves.toEqual({ account })
    })

    it('can’t be registered twice with one code at the same moment', async () => {
      const { code } = await enrolled('Ada', 'borrower')
      const both = await Promise.all([1, 2].map((n) => sessions.registerDevice(code, `phone ${n}`)))
      expect(both.filter(isRefusal)).toEqual([{ refused: 'enrolment_code_wrong' }])
    })

    it('joins the account of its name; another role of that name is refused', async () => {
      const first = await enrolled('Ada', 'borrower')
      const second = await enrolled('ada', 'borrower')
      expect(second.account).toEqual(first.account)
      expect(second.code).not.toBe(first.code)
      await expect(accounts.enrol('ADA', 'lender')).resolves.toEqual({ refused: 'name_taken' })
    })

    it('is listed and revoked by its owner or an operator, and by nobody else', async () => {
      const { code, account } = await enrolled('Ada', 'borrower')
      const { token, device } = taken(await sessions.registerDevice(code, 'phone'))
      now += 60_000
      await sessions.authenticate(token)
      await expect(sessions.devices(actor(account.id))).resolves.toEqual({
        items: [{ device, name: 'phone', createdAtMs: now - 60_000, lastUsedAtMs: now }],
      })
      await expect(sessions.devices(actor('someone'))).resolves.toEqual({ items: [] })
      await expect(sessions.revokeDevice(actor('someone'), device)).resolves.toEqual({ refused: 'device_not_found' })
      taken(await sessions.authenticate(token))
      await expect(sessions.revokeDevice(actor('someone', 'operator'), device)).resolves.toEqual({ ok: true })
      await expect(sessions.authenticate(token)).resolves.toEqual({ refused: 'not_authenticated' })
      await expect(sessions.revokeDevice(actor(account.id), device)).resolves.toEqual({ refused: 'device_not_found' })
    })

    it('survives a logout with its token: that ends sessions only', async () => {
      const { token } = taken(await sessions.registerDevice((await enrolled('Ada', 'borrower')).code, 'phone'))
      await sessions.logout(token)
      taken(await sessions.authenticate(token))
    })
  })

  describe('an idempotency key', () => {
    const begin = (hash = 'h1', account = 'a1', key = 'k1') => idempotency.begin(account, key, hash)

    it('gives the first answer again to the same request, and refuses another', async () => {
      await expect(begin()).resolves.toEqual({ first: true })
      await expect(begin()).resolves.toEqual({ refused: 'request_in_progress' })
      await expect(begin('h2')).resolves.toEqual({ refused: 'idempotency_key_reused' })
      await idempotency.end('a1', 'k1', 201, '{"id":1}')
      await idempotency.end('a1', 'k1', 500, 'later')
      await expect(begin()).resolves.toEqual({ first: false, status: 201, body: '{"id":1}' })
      await expect(begin('h2')).resolves.toEqual({ refused: 'idempotency_key_reused' })
    })

    it('is first for exactly one of many calls at once', async () => {
      const answers = await Promise.all(Array.from({ length: 20 }, () => begin()))
      expect(answers.filter((answer) => 'first' in answer && answer.first)).toHaveLength(1)
      expect(answers.filter((answer) => isRefusal(answer) && answer.refused === 'request_in_progress')).toHaveLength(19)
    })

    it('belongs to its account, and is free again after a day', async () => {
      await begin()
      await expect(begin('h2', 'a2')).resolves.toEqual({ first: true })
      now += DAY + 1
      await expect(begin('h2')).resolves.toEqual({ first: true })
    })
  })
})

/** The answer, which must not be a refusal. */
function taken<T>(answer: T | Refusal): T {
  if (isRefusal(answer)) throw new Error(JSON.stringify(answer))
  return answer
}
