import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Lab, Lender, mutuo, type NodeProcess, Operator } from '#libs/lab'
import type { LedgerAccountView, MemberView, NetworkView, NodeStatus, OfferView, RecordView } from '#libs/messages'

const TERMS = {
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
} as const

describe('mutuo, on a running node', () => {
  let lab: Lab
  let node: NodeProcess
  let operator: Operator
  let offer: OfferView

  beforeAll(async () => {
    lab = await Lab.open()
    node = await lab.startNode('valley')
    operator = new Operator(node.options.dataDir)
    const lender = new Lender(node)
    await lender.setUp('marta', 'correct horse battery')
    await lender.page.post('/network', { name: 'Valley', alias: 'Marta' })
    offer = await lender.page.post<OfferView>('/offers', { terms: TERMS })
  }, 120_000)
  afterAll(() => lab.close(), 60_000)

  it('says what the node holds, in words and in JSON', async () => {
    const status = await operator.json<NodeStatus>('status')
    expect(status).toMatchObject({ network: { name: 'Valley' }, staged: 0, forks: 0 })
    const { stdout } = await operator.run('status')
    expect(stdout).toContain(`Valley (${status.network!.id})`)
    expect(stdout).not.toContain('\u001b')
  })

  it('shows the network and its members', async () => {
    const network = await operator.json<NetworkView>('network', 'show')
    const { items } = await operator.json<{ items: MemberView[] }>('members')
    expect(network).toMatchObject({ name: 'Valley', quorum: 1, members: 1, self: { admitted: true, witness: true } })
    expect(items).toMatchObject([{ alias: 'Marta', here: true, witness: true, forked: false }])
  })

  it('invites and takes invites back', async () => {
    const { view } = await operator.json<{ view: { id: string } }>('invite', 'create', '--valid-hours', '1')
    const revoked = await operator.json<{ state: string }>('invite', 'revoke', view.id)
    expect(revoked.state).toBe('revoked')
    const { stdout } = await operator.run('invite', 'list')
    expect(stdout).toMatch(new RegExp(`${view.id}\\s+revoked`))
  })

  it('prints an invite alone on stdout, so that it can be sent on', async () => {
    const { stdout, stderr } = await operator.run('invite', 'create')
    expect(stdout).toMatch(/^\w+\n$/)
    expect(stderr).toContain('Give this text to one person')
  })

  it('reads records, timelines and logs', async () => {
    const timeline = await operator.json<{ items: RecordView[] }>('record', 'timeline', offer.id)
    expect(timeline.items.map(({ kind }) => kind)).toEqual(['offer.published'])
    const shown = await operator.json<RecordView & { headerHex: string }>('record', 'show', offer.id)
    expect(shown).toMatchObject({ id: offer.id, void: null })
    expect(shown.headerHex).toMatch(/^[0-9a-f]+$/)
    const log = await operator.json<{ items: RecordView[]; next?: string }>(
      'record',
      'log',
      offer.lender,
      '--limit',
      '1',
    )
    expect(log.items).toHaveLength(1)
    const rest = await operator.json<{ items: RecordView[] }>('record', 'log', offer.lender, '--cursor', log.next!)
    expect(rest.items.map(({ seq }) => seq)).not.toContain(log.items[0]!.seq)
  })

  it('publishes an offer from a file, quotes it, amends it and takes it back', async () => {
    const file = join(lab.folder('terms'), 'terms.json')
    const written = (terms: object): string => (writeFileSync(file, JSON.stringify(terms)), file)
    const charges = [{ name: 'origination', when: 'atStart', ppm: 10_000, deducted: true }]
    const made = await operator.json<OfferView>('offer', 'publish', written({ ...TERMS, charges, coolingOffDays: 14 }))
    expect(made.terms).toMatchObject({ charges, coolingOffDays: 14 })
    const quote = await operator.run('offer', 'quote', made.id, '1200.00', '12')
    expect(quote.stdout).toMatch(/^received +1188\.00 EUR$/m)
    expect(quote.stdout).toMatch(/^ *12 .* 0\.00 EUR$/m)
    await operator.json('offer', 'amend', made.id, written({ ...made.terms, annualRatePpm: 80_000 }))
    expect((await operator.run('offer', 'show', made.id)).stdout).toMatch(/^rate +8 % a year$/m)
    expect(await operator.json('offer', 'withdraw', made.id)).toMatchObject({ status: 'withdrawn' })
    const contradictory = written({ ...TERMS, lateFee: { amount: 500, ppm: 10_000 } })
    const refused = await operator.run('offer', 'publish', contradictory, '--json')
    expect([refused.code, JSON.parse(refused.stderr)]).toEqual([
      1,
      { refused: 'charge_out_of_range', field: 'lateFee' },
    ])
    const list = await operator.run('offer', 'publish', written([TERMS]), '--json')
    expect(JSON.parse(list.stderr)).toMatchObject({ refused: 'request_malformed', problems: ['terms: must be object'] })
  })

  it.each([
    'offer list',
    'application list',
    'application list --side borrower',
    'payment list',
    'peers list',
    'sync status',
    'peers bans',
    'forks',
    'loan list',
    'ledger balance',
    'ledger journal',
    'report portfolio',
    'report arrears',
    'report interest 2026',
    'report cash-flow',
    'report returns',
    'report guarantees',
    'user list',
    'digests',
  ])('answers %s for people and for programs', async (command) => {
    const words = command.split(' ')
    expect(await operator.run(...words)).toMatchObject({ code: 0, stderr: '' })
    expect(await operator.json(...words)).toEqual(expect.any(Object))
  })

  it('balances the books, empty as they are', async () => {
    const { accounts } = await operator.json<{ accounts: LedgerAccountView[] }>('ledger', 'balance')
    expect(accounts).toEqual([])
  })

  it('gives the name of a refusal, and ends with 1', async () => {
    const { code, stderr } = await operator.run('record', 'show', 'y'.repeat(52), '--json')
    expect([code, JSON.parse(stderr)]).toEqual([1, expect.objectContaining({ refused: 'record_not_found' })])
    const loan = await operator.run('loan', 'show', 'y'.repeat(52))
    expect([loan.code, loan.stderr]).toEqual([1, 'refused: loan not found\n'])
    const ban = await operator.run('ledger', 'statement', 'nobody')
    expect([ban.code, ban.stderr]).toEqual([1, 'refused: account not found\n'])
  })

  it('rebuilds every projection into what it was', async () => {
    const before = await operator.json('digests')
    expect((await operator.json<{ subjects: number }>('rebuild')).subjects).toBeGreaterThan(0)
    expect(await operator.json('digests')).toEqual(before)
  }, 60_000)

  it('verifies the node, exports it, verifies the file with nothing else, and finds a changed byte', async () => {
    expect(await operator.json('verify')).toMatchObject({ ok: true, problems: [] })
    const path = join(lab.folder('exports'), 'valley.car')
    const { records, bytes } = await operator.json<{ records: number; bytes: number }>('export', path)
    expect(bytes).toBe(statSync(path).size)

    const offline = await mutuo(['verify', '--car', path, '--json'], { MUTUO_DATA: '/nowhere' })
    expect([offline.code, JSON.parse(offline.stdout)]).toEqual([0, expect.objectContaining({ ok: true, records })])

    const file = readFileSync(path)
    file[file.length >> 1]! ^= 1
    const changed = `${path}.changed`
    writeFileSync(changed, file)
    const found = await mutuo(['verify', '--car', changed])
    expect([found.code, found.stdout]).toEqual([1, expect.stringContaining('not verified')])

    const again = await operator.run('export', path)
    expect([again.code, again.stderr]).toEqual([1, expect.stringContaining('refused: path exists')])
    const imported = await operator.json('import', path)
    expect(imported).toMatchObject({ accepted: 0, refused: [] })
  }, 60_000)

  it('answers fast enough to be typed', async () => {
    const times: number[] = []
    for (let run = 0; run < 5; run++) {
      const start = performance.now()
      await operator.run('members')
      times.push(performance.now() - start)
    }
    // 0.15 s on a quiet machine; the bound only tells whether a framework was loaded.
    expect(Math.min(...times)).toBeLessThan(600)
  })
})

describe('mutuo, on a node of its own', () => {
  const data = mkdtempSync(join(tmpdir(), 'mutuo cli-'))
  const run = (...args: string[]) => mutuo(args, { MUTUO_DATA: data, MUTUO_BOOTSTRAP: 'none' })
  afterAll(() => rmSync(data, { recursive: true, force: true }))

  it('prepares, starts and stops it', async () => {
    expect((await run('init', '--quiet')).stdout).toBe(
      `'${data}' is ready. Start the node with: mutuo start --data '${data}'\n`,
    )
    expect((await run('status')).code).toBe(3)
    expect(await run('start', '--background', '--port', '0')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^web page +http:\/\/127\.0\.0\.1:\d+\/#setup=\S+$/m) as string,
    })
    try {
      expect((await run('status')).code).toBe(0)
      const twice = await run('start')
      expect([twice.code, twice.stderr]).toEqual([1, expect.stringContaining('already runs')])
      const created = await run('network', 'create', 'Hill', '--alias', 'Ana')
      expect([created.code, created.stdout]).toEqual([0, expect.stringMatching(/name +Hill\n/)])
      const again = await run('network', 'create', 'Valley')
      expect([again.code, again.stderr]).toEqual([1, expect.stringContaining('refused: already in network')])
    } finally {
      expect(await run('stop')).toMatchObject({ code: 0, stdout: 'stopped\n' })
    }
    expect((await run('status')).code).toBe(3)
    expect(statSync(data).mode & 0o777).toBe(0o700)
  }, 120_000)

  it('says at once that a data directory can not be made', async () => {
    for (const command of [['init'], ['start']]) {
      const { code, stderr } = await mutuo([...command, '--data', '/proc/mutuo'])
      expect([code, stderr]).toEqual([1, "failed: the data directory can't be made: /proc/mutuo (ENOENT)\n"])
    }
  }, 30_000)

  it('shows the last words of a node that can not start', async () => {
    const { code, stderr } = await run('start', '--background', '--bootstrap', 'nonsense')
    expect([code, stderr]).toEqual([1, expect.stringContaining('MUTUO_BOOTSTRAP takes host:port')])
  }, 60_000)
})
