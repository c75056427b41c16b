import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { HttpFace, Lab, Lender, type NodeProcess, Operator, until } from '#libs/lab'
import type { ApplicationView, OfferTerms, OfferView } from '#libs/messages'
import type { components } from './client/schema.js'
import { createDocument } from './docs/document.js'
import { euros, keyed, listen, Phone } from './testing/phone.js'

type Loan = components['schemas']['LoanResource']
type Offer = components['schemas']['OfferResource']

const TERMS: OfferTerms = {
  currency: 'EUR',
  capacity: 1_000_000,
  minAmount: 10_000,
  maxAmount: 500_000,
  minInstalments: 1,
  maxInstalments: 36,
  every: { count: 1, unit: 'month' },
  annualRatePpm: 72_500,
  method: 'annuity',
  dayCount: 'ACT/365F',
}
const NOBODY = 'y'.repeat(52)

describe('the borrower API of a running node', () => {
  let lab: Lab
  let node: NodeProcess
  let operator: Operator
  let lender: Lender
  let tom: Phone
  let ana: Phone
  let offer: Offer

  beforeAll(async () => {
    lab = await Lab.open()
    node = await lab.startNode('valley')
    operator = new Operator(node.options.dataDir)
    lender = new Lender(node)
    await lender.setUp('marta', 'correct horse battery')
    await lender.page.post('/network', { name: 'Valley', alias: 'Marta' })
    tom = await Phone.register(node, operator, 'tom')
    ana = await Phone.register(node, operator, 'ana')
  }, 120_000)
  afterAll(() => lab.close(), 60_000)

  const loanOf = async (phone: Phone, loan: string): Promise<Loan> => {
    const { data } = await phone.client.GET('/borrower/v1/loans/{loan}', { params: { path: { loan } } })
    return data!
  }
  const untilLoan = async (what: string, loan: string, holds: (loan: Loan) => boolean): Promise<Loan> => {
    let last!: Loan
    await until(what, 20_000, async () => holds((last = await loanOf(tom, loan))))
    return last
  }

  describe('before there is an identity', () => {
    it('knows the account of the device', async () => {
      const { data } = await tom.client.GET('/borrower/v1/me')
      expect(data).toMatchObject({ name: 'tom', role: 'borrower', identity: null })
    })

    it('refuses what needs one by name', async () => {
      const { error, response } = await tom.client.GET('/borrower/v1/loans')
      expect(response.status).toBe(422)
      expect(error).toMatchObject({ type: 'urn:mutuo:problem:no_identity' })
    })

    it('makes one for each person, and publishes what they choose to say', async () => {
      for (const [phone, alias] of [
        [tom, 'Tom'],
        [ana, 'Ana'],
      ] as const) {
        const made = await phone.client.POST('/borrower/v1/identity', { params: keyed() })
        expect(made.data).toMatchObject({ admitted: true })
        const body = { alias, country: 'PT', incomeBand: '10k-25k' as const }
        const published = await phone.client.PUT('/borrower/v1/profile', { params: keyed(), body })
        expect(published.data).toMatchObject({ identity: made.data!.identity, facts: body })
        expect((await phone.client.GET('/borrower/v1/profile')).data).toEqual(published.data)
      }
      const again = await tom.client.POST('/borrower/v1/identity', { params: keyed() })
      expect(again.error).toMatchObject({ type: 'urn:mutuo:problem:identity_exists', status: 409 })
    })

    it('shows the network', async () => {
      const { data } = await tom.client.GET('/borrower/v1/network')
      expect(data).toMatchObject({ name: 'Valley', quorum: 1, admitted: true, members: 3 })
    })
  })

  describe('offers', () => {
    beforeAll(async () => {
      for (let more = 0; more < 5; more++)
        await lender.page.post<OfferView>('/offers', { terms: { ...TERMS, annualRatePpm: 60_000 + more * 1_000 } })
      const { id } = await lender.page.post<OfferView>('/offers', { terms: TERMS })
      const { data } = await tom.client.GET('/borrower/v1/offers/{offer}', { params: { path: { offer: id } } })
      offer = data!
    })

    it('carry amounts with their currency', () => {
      expect(offer).toMatchObject({
        available: euros(1_000_000),
        minAmount: euros(10_000),
        terms: { annualRatePpm: 72_500 },
      })
      expect(new Date(offer.publishedAt).toISOString()).toBe(offer.publishedAt)
    })

    it('come in pages that together are the whole list, each once', async () => {
      const whole = await tom.client.GET('/borrower/v1/offers', { params: { query: { limit: 200 } } })
      expect(whole.data!.next).toBeUndefined()
      const paged: string[] = []
      for (let cursor: string | undefined, pages = 0; pages === 0 || cursor !== undefined; pages++) {
        expect(pages).toBeLessThan(6)
        const query = { limit: 2, ...(cursor !== undefined && { cursor }) }
        const { data } = await tom.client.GET('/borrower/v1/offers', { params: { query } })
        expect(data!.items.length).toBeLessThanOrEqual(2)
        paged.push(...data!.items.map(({ id }) => id))
        cursor = data!.next
      }
      expect(paged).toEqual(whole.data!.items.map(({ id }) => id))
      expect(paged).toHaveLength(6)
    })

    it('are filtered by currency', async () => {
      const { data } = await tom.client.GET('/borrower/v1/offers', { params: { query: { currency: 'USD' } } })
      expect(data).toEqual({ items: [] })
    })

    it('are quoted to the minor unit: the rows add up to what is lent and what is paid', async () => {
      const { data } = await tom.client.POST('/borrower/v1/offers/{offer}/quote', {
        params: { path: { offer: offer.id } },
        body: { amount: euros(120_000), instalments: 12 },
      })
      const sum = (of: (row: NonNullable<typeof data>['instalments'][number]) => number) =>
        data!.instalments.reduce((all, row) => all + of(row), 0)
      expect(data!.instalments).toHaveLength(12)
      expect(sum((row) => row.principal.amount)).toBe(120_000)
      expect(sum((row) => row.total.amount)).toBe(data!.cost.totalOfPayments.amount)
      expect(data!.instalments.at(-1)!.balanceAfter).toEqual(euros(0))
      expect(data!.cost.aprPpm).toBeGreaterThan(70_000)
    })

    it('are refused beyond their range, and in another currency', async () => {
      const quote = async (amount: number, currency: string) => {
        const params = { path: { offer: offer.id } }
        const body = { amount: { amount, currency }, instalments: 12 }
        return (await tom.client.POST('/borrower/v1/offers/{offer}/quote', { params, body })).error
      }
      expect(await quote(9_999, 'EUR')).toMatchObject({ type: 'urn:mutuo:problem:amount_out_of_range' })
      expect(await quote(120_000, 'USD')).toMatchObject({ type: 'urn:mutuo:problem:currency_differs', expected: 'EUR' })
    })

    it('are not sent again to those who have them', async () => {
      const first = await tom.send('GET', `/offers/${offer.id}`)
      const etag = first.headers.get('etag')!
      const again = await tom.send('GET', `/offers/${offer.id}`, { headers: { 'if-none-match': etag } })
      expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', etag])
      const other = await tom.send('GET', `/offers/${offer.id}`, { headers: { 'if-none-match': '"other"' } })
      expect(other.status).toBe(200)
    })
  })

  describe('a change', () => {
    const ask = (purpose: string) => ({ offer: offer.id, amount: euros(50_000), instalments: 6, purpose })
    const count = async () => (await ana.client.GET('/borrower/v1/applications')).data!.items.length

    it('has its effect once, and its answer comes again byte for byte', async () => {
      const before = await count()
      const key = randomUUID()
      const first = await ana.post('/applications', ask('seeds'), key)
      expect([first.status, first.headers.get('idempotency-replayed')]).toEqual([201, null])
      const again = await ana.post('/applications', ask('seeds'), key)
      expect([again.status, again.text]).toEqual([first.status, first.text])
      expect(again.headers.get('idempotency-replayed')).toBe('true')
      expect(again.headers.get('content-type')).toBe(first.headers.get('content-type'))
      expect(await count()).toBe(before + 1)
    })

    it('has its effect once, too, when both requests come at the same time', async () => {
      const before = await count()
      const key = randomUUID()
      const answers = await Promise.all([1, 2, 3].map(() => ana.post('/applications', ask('a pump'), key)))
      expect(answers.filter(({ status }) => status === 201).length).toBeGreaterThanOrEqual(1)
      for (const { status, text } of answers)
        if (status !== 201) expect(JSON.parse(text)).toMatchObject({ type: 'urn:mutuo:problem:request_in_progress' })
      expect(await count()).toBe(before + 1)
    })

    it('is refused in the same way again', async () => {
      const key = randomUUID()
      const tooMuch = { ...ask('a barn'), amount: euros(500_001) }
      const first = await ana.post('/applications', tooMuch, key)
      expect(JSON.parse(first.text)).toMatchObject({ type: 'urn:mutuo:problem:amount_out_of_range' })
      const again = await ana.post('/applications', tooMuch, key)
      expect([again.status, again.text]).toEqual([first.status, first.text])
      expect(again.headers.get('idempotency-replayed')).toBe('true')
      expect(again.headers.get('content-type')).toBe(first.headers.get('content-type'))
    })

    it('is refused under a key that stood for another one', async () => {
      const key = randomUUID()
      await ana.post('/applications', ask('seeds'), key)
      const other = await ana.post('/applications', ask('a goat'), key)
      expect([other.status, JSON.parse(other.text).type]).toEqual([422, 'urn:mutuo:problem:idempotency_key_reused'])
    })

    it('is refused without a key', async () => {
      const answer = await ana.send('POST', '/applications', { body: JSON.stringify(ask('seeds')) })
      expect(answer.status).toBe(400)
      expect(await answer.json()).toMatchObject({ problems: ['Idempotency-Key: is missing'] })
    })

    it("does not meet another person's key", async () => {
      const key = randomUUID()
      const anas = await ana.post('/applications', ask('seeds'), key)
      const toms = await tom.post('/applications', ask('seeds'), key)
      expect([anas.status, toms.status]).toEqual([201, 201])
      expect(toms.text).not.toBe(anas.text)
    })

    it('can be taken back', async () => {
      const { id } = JSON.parse((await ana.post('/applications', ask('a mistake'))).text) as { id: string }
      const params = { path: { application: id }, ...keyed() }
      const { data } = await ana.client.POST('/borrower/v1/applications/{application}/withdraw', { params })
      expect(data).toMatchObject({ id, status: 'withdrawn' })
    })
  })

  describe('a loan', () => {
    let loan: string

    it('is applied for, proposed, signed and concluded, and the app hears of it', async () => {
      const heard = await listen(tom)
      const applied = await tom.client.POST('/borrower/v1/applications', {
        params: keyed(),
        body: { offer: offer.id, amount: euros(120_000), instalments: 12, purpose: 'a bicycle' },
      })
      const proposed = await lender.propose(applied.data!.id)
      loan = proposed.id
      const read = await loanOf(tom, loan)
      expect(read).toMatchObject({ status: 'proposed', principal: euros(120_000), may: ['signLoan', 'declineLoan'] })
      expect(read.schedule).toHaveLength(12)

      const params = { path: { loan }, ...keyed() }
      const signed = await tom.client.POST('/borrower/v1/loans/{loan}/sign', { params })
      expect(signed.data!.id).toBe(loan)
      const agreed = await untilLoan('the conclusion to be final', loan, ({ conclusion }) => conclusion?.final === true)
      expect(agreed.status).toBe('agreed')
      expect(agreed.signatures.every(({ signedAt }) => signedAt !== null)).toBe(true)
      await until('the event', 5_000, () => heard.subjects.has(loan))
      heard.stop()
    })

    it('is paid out, and the borrower confirms what arrived', async () => {
      const sent = await lender.disburse(loan, 120_000)
      const listed = await tom.client.GET('/borrower/v1/loans/{loan}/payments', { params: { path: { loan } } })
      expect(listed.data!.items).toMatchObject([
        { id: sent.id, status: 'sent', may: ['confirmPayment', 'refusePayment'] },
      ])

      const path = { payment: sent.id }
      const inDollars = await tom.client.POST('/borrower/v1/payments/{payment}/confirm', {
        params: { path, ...keyed() },
        body: { amount: { amount: 120_000, currency: 'USD' } },
      })
      expect(inDollars.error).toMatchObject({ type: 'urn:mutuo:problem:currency_differs' })
      const confirmed = await tom.client.POST('/borrower/v1/payments/{payment}/confirm', {
        params: { path, ...keyed() },
        body: { amount: euros(120_000) },
      })
      expect(confirmed.data).toMatchObject({ status: 'confirmed', confirmedAmount: euros(120_000) })
      const active = await untilLoan('the loan to be active', loan, ({ status }) => status === 'active')
      expect(active.disbursed).toEqual(euros(120_000))
    })

    it('says what to pay, takes the report of it, and counts it once the lender confirms', async () => {
      const params = { path: { loan } }
      const { data: due } = await tom.client.GET('/borrower/v1/loans/{loan}/instructions', { params })
      expect(due!.amount.amount).toBeGreaterThan(10_000)
      expect(due!.reference).toMatch(/^RF\d\d/)
      const reported = await tom.client.POST('/borrower/v1/loans/{loan}/payments', {
        params: { ...params, ...keyed() },
        body: { amount: due!.amount, rail: 'bank', reference: due!.reference },
      })
      expect(reported.data).toMatchObject({ status: 'sent', purpose: 'repayment' })
      await lender.confirm(reported.data!.id, due!.amount.amount)
      const paid = await untilLoan('the repayment', loan, (view) => view.schedule[0]!.state === 'paid')
      const { principal, interest, fees } = paid.paid
      expect(principal.amount + interest.amount + fees.amount).toBe(due!.amount.amount)
    })

    it('shows every record behind it, in the end all final', async () => {
      const read = async () =>
        (await tom.client.GET('/borrower/v1/loans/{loan}/records', { params: { path: { loan } } })).data!.items
      await until('finality', 20_000, async () => (await read()).every(({ finality }) => finality === 'final'))
      const records = await read()
      expect(records.map(({ kind }) => kind)).toEqual(
        expect.arrayContaining(['agreement.proposed', 'agreement.signed', 'agreement.concluded', 'payment.confirmed']),
      )
      expect(records.every((record) => record.void === null)).toBe(true)
    })

    it('leaves books that the node and, from an exported file, anybody can verify', async () => {
      expect(await operator.json('verify')).toMatchObject({ ok: true, problems: [] })
      for (const part of [[], ['--loan', loan]]) {
        const path = join(lab.folder('exports'), `${part.length}.car`)
        await operator.json('export', path, ...part)
        const verdict = await operator.json<{ journalEntries: number }>('verify', '--car', path)
        expect(verdict).toMatchObject({ ok: true, problems: [] })
        expect(verdict.journalEntries).toBeGreaterThanOrEqual(6)
      }
      const { stdout } = await operator.run('loan', 'show', loan)
      expect(stdout).toMatch(/^principal +1200\.00 EUR$/m)
      expect(stdout).toMatch(/^ *1 .* paid /m)
    }, 60_000)

    it('does not exist for anybody else', async () => {
      const applications = await tom.client.GET('/borrower/v1/applications')
      const application = applications.data!.items.find((item) => item.loan === loan)!.id
      const payments = await tom.client.GET('/borrower/v1/loans/{loan}/payments', { params: { path: { loan } } })
      const payment = payments.data!.items[0]!.id
      const tries = [
        ...['', '/records', '/payments', '/instructions'].map((rest) => ana.send('GET', `/loans/${loan}${rest}`)),
        ana.send('GET', `/applications/${application}`),
      ]
      for (const answer of await Promise.all(tries)) expect(answer.status).toBe(404)
      const changes = [
        [`/loans/${loan}/sign`, {}],
        [`/loans/${loan}/decline`, { reason: 'mine' }],
        [`/loans/${loan}/payments`, { amount: euros(1), rail: 'cash' }],
        [`/loans/${loan}/confirm-disbursement`, { amount: euros(1) }],
        [`/applications/${application}/withdraw`, {}],
        [`/payments/${payment}/confirm`, { amount: euros(1) }],
        [`/payments/${payment}/refuse`, { reason: 'mine' }],
      ] as const
      for (const [path, body] of changes) {
        const { status } = await ana.post(path, body)
        expect({ path, refused: status === 403 || status === 404 }).toEqual({ path, refused: true })
      }
      const anas = await ana.client.GET('/borrower/v1/loans')
      expect(anas.data!.items).toEqual([])
      const listed = await ana.client.GET('/borrower/v1/applications')
      expect(listed.data!.items.map(({ id }) => id)).not.toContain(application)
    })
  })

  it('can be declined instead', async () => {
    const applied = await ana.post('/applications', {
      offer: offer.id,
      amount: euros(20_000),
      instalments: 3,
      purpose: 'a loom',
    })
    const { id } = JSON.parse(applied.text) as ApplicationView
    const loan = await lender.propose(id)
    const params = { path: { loan: loan.id }, ...keyed() }
    const { data } = await ana.client.POST('/borrower/v1/loans/{loan}/decline', {
      params,
      body: { reason: 'too dear' },
    })
    expect(data).toMatchObject({ id: loan.id, status: 'declined' })
  })

  it('is for borrowers: a lender, an auditor and a wrong token are turned away', async () => {
    for (const role of ['lender', 'auditor']) {
      const phone = await Phone.register(node, operator, role, role)
      const answer = await phone.send('GET', '/offers')
      expect([answer.status, await answer.json()]).toEqual([
        403,
        expect.objectContaining({ type: 'urn:mutuo:problem:not_allowed' }),
      ])
    }
    const stranger = await tom.send('GET', '/offers', { headers: { authorization: `Bearer ${tom.token}x` } })
    expect(stranger.status).toBe(401)
  })

  it('runs as a process of its own, which holds no keys', async () => {
    const program = fileURLToPath(new URL('../../../dist/apps/borrower-api/src/main.js', import.meta.url))
    const child = spawn(process.execPath, [program], {
      env: { ...process.env, NODE_OPTIONS: '', MUTUO_NODE_SOCKET: node.addresses.socket, MUTUO_PORT: '0' },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    try {
      const [line] = (await once(child.stdout, 'data')) as [Buffer]
      const base = /http:\/\/\S+?(?=,)/.exec(line.toString())![0]
      const answer = await fetch(`${base}/me`, { headers: { authorization: `Bearer ${tom.token}` } })
      expect(await answer.json()).toMatchObject({ name: 'tom' })
    } finally {
      child.kill()
      await once(child, 'exit')
    }
  }, 30_000)

  it('trades an enrolment code once', async () => {
    const { code } = await operator.json<{ code: string }>('user', 'add', 'eve')
    const face = new HttpFace(node.addresses.borrowerApi)
    await face.post('/devices', { code, deviceName: 'phone' })
    await expect(face.post('/devices', { code, deviceName: 'phone' })).rejects.toMatchObject({ status: 401 })
  })

  it('answers everything malformed by a problem, at every endpoint', async () => {
    const document = await createDocument()
    const bodies = [
      '',
      '{',
      '[]',
      '"x"',
      'null',
      '1',
      '{"x":1}',
      '{"amount":null}',
      '{"amount":{"amount":1e400}}',
      '{"a":"\\ud800"}',
    ]
    const ids = [NOBODY, 'x', NOBODY.slice(1), `${NOBODY}y`, '..%2f..%2fme', '%00', '%F0%9F%98%80', "'%20or%201=1--"]
    const queries = [
      '',
      '?limit=0',
      '?limit=x',
      '?limit=1e9',
      '?limit[]=1',
      '?cursor=%00',
      '?cursor=x',
      '?status=lost',
      '?x=1',
      '?asOf=2026-02-30',
    ]
    let tried = 0
    for (const [path, methods] of Object.entries(document.paths))
      for (const method of Object.keys(methods)) {
        if (path.endsWith('/events') || path.endsWith('/devices')) continue
        const bare = path.replace('/borrower/v1', '')
        const [some, ...others] = bare.includes('{') ? ids.map((id) => bare.replace(/\{\w+\}/, id)) : [bare]
        const suffixes = method === 'get' ? queries : ['']
        const urls = [...suffixes.map((suffix) => some! + suffix), ...others]
        for (const url of urls)
          for (const body of method === 'get' ? [undefined] : url === some ? bodies : ['{}']) {
            const headers = { 'idempotency-key': randomUUID() }
            // Ten people, because one alone would meet the limit of requests.
            const answer = await walkers[tried++ % walkers.length]!.send(method.toUpperCase(), url, {
              headers,
              ...(body !== undefined && { body }),
            })
            const text = await answer.text()
            const type = answer.headers.get('content-type')
            if (answer.status < 300 && (method === 'get' || HARMLESS.has(bare))) continue
            const isProblem = answer.status >= 400 && answer.status < 500 && text.includes('urn:mutuo:problem:')
            expect({ method, url, body, status: answer.status, text, type, isProblem }).toMatchObject({
              type: 'application/problem+json; charset=utf-8',
              isProblem: true,
            })
          }
      }
    expect(tried).toBeGreaterThan(300)
  }, 300_000)

  const walkers: Phone[] = []
  beforeAll(async () => {
    for (let number = 0; number < 10; number++) walkers.push(await Phone.register(node, operator, `walker ${number}`))
  }, 60_000)
})

/** Operations that an empty body may succeed at. */
const HARMLESS = new Set(['/identity', '/profile'])
