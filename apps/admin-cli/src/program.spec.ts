import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Command } from 'commander'
import { completionScript } from './completion.js'
import { frame, FrameReader } from './json-frames.js'
import { createProgram, run } from './program.js'
import type { Terminal } from './terminal.js'

const ID = 'y'.repeat(52)

/** A terminal that remembers. */
function terminal(env: Record<string, string> = {}, cwd = '/'): Terminal & { stdout: string; stderr: string } {
  const of = {
    stdout: '',
    stderr: '',
    out: (text: string) => void (of.stdout += text),
    err: (text: string) => void (of.stderr += text),
    outIsTty: false,
    errIsTty: false,
    env,
    cwd,
  }
  return of
}

describe('usage', () => {
  it.each([
    [['loan', 'list', '--status', 'lost']],
    [['loan', 'show', 'abc']],
    [['loan', 'show', ID, '--as-of', '2026-02-30']],
    [['network', 'amend', '--witness', ID]],
    [['network', 'amend', '--witness', ID, '--quorum', '0']],
    [['record', 'log', ID, '--limit', '1.5']],
    [['start', '--port', '65536']],
    [['completion', 'fish']],
    [['no-such-command']],
    [['peers']],
    [['user', 'add', 'tom', '--role', 'king']],
    [['export']],
    [['--node', 'short', 'status']],
    [['--node', ID, 'start']],
    [['init', '--node', ID]],
    [['payee', 'set']],
    [['request', 'list', '--status', 'lost']],
    [['request', 'quote', ID, '--rate', '7,25']],
    [['bid', 'place', ID, '500', '1000.1']],
    [['bid', 'place', ID, '500']],
    [['lending', 'limit', 'EUR']],
    [['loan', 'adopt', 'rows.csv', '--side', 'lender']],
    [['loan', 'levy', ID, '--charge', 'fine', '--reason', 'late']],
    [['loan', 'levy', ID, '--charge', 'lateFee']],
    [['loan', 'restructure', 'propose', ID, '--type', 'reage', '--every', '1year', '--reason', 'hardship']],
    [['payment', 'establish', ID, '12.50', '--reason', 'seen']],
  ])('%j ends with 2 before any node is asked, and says why on stderr', async (argv) => {
    const at = terminal()
    expect(await run(argv, at)).toBe(2)
    expect(at.stdout).toBe('')
    expect(at.stderr).not.toBe('')

    const program = terminal()
    expect(await run([...argv, '--json'], program)).toBe(2)
    expect(JSON.parse(program.stderr)).toEqual({ refused: 'usage_wrong', message: expect.any(String) })
  })

  it('shows help with examples for every command, on stdout, and ends with 0', async () => {
    for (const path of leaves(createProgram(terminal(), () => undefined))) {
      const at = terminal()
      expect(await run([...path, '--help'], at)).toBe(0)
      expect(at.stdout).toContain('Examples:')
      expect(at.stderr).toBe('')
    }
  })

  it('prints the version of the package', async () => {
    const at = terminal()
    expect(await run(['--version'], at)).toBe(0)
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }
    expect(at.stdout.trim()).toBe(version)
  })
})

describe('without a node', () => {
  it('ends with 3 and says how to start one', async () => {
    const at = terminal({ MUTUO_DATA: '/nowhere' })
    expect(await run(['status'], at)).toBe(3)
    expect(at.stderr).toContain('no node answers on /nowhere/node.sock')
    expect(at.stderr).toContain('mutuo start')
  })

  it('takes --data before MUTUO_DATA, wherever it stands', async () => {
    for (const argv of [
      ['--data', '/here', 'members'],
      ['members', '--data', '/here'],
    ]) {
      const at = terminal({ MUTUO_DATA: '/nowhere' })
      expect(await run(argv, at)).toBe(3)
      expect(at.stderr).toContain('/here/node.sock')
    }
  })

  it('tells a program in JSON', async () => {
    const at = terminal({ MUTUO_DATA: '/nowhere' })
    expect(await run(['members', '--json'], at)).toBe(3)
    expect(JSON.parse(at.stderr)).toMatchObject({ refused: 'node_unreachable' })
  })
})

describe('with something on the socket', () => {
  let folder: string
  let server: Server
  let requests: { pattern: string; data: Record<string, unknown>; id: string }[]
  let answer: (pattern: string) => object[]

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'mutuo-cli-'))
    requests = []
    server = createServer((socket) => serve(socket))
    await new Promise<void>((resolve) => server.listen(join(folder, 'node.sock'), resolve))
  })
  afterEach(async () => {
    await new Promise((resolve) => server.close(resolve))
    rmSync(folder, { recursive: true })
  })

  const serve = (socket: Socket) => {
    const reader = new FrameReader()
    socket.on('data', (chunk) => {
      for (const message of reader.push(chunk)) {
        const request = message as (typeof requests)[number]
        requests.push(request)
        for (const part of answer(request.pattern)) socket.write(frame({ id: request.id, ...part }))
      }
    })
  }
  const once = (response: unknown) => [{ response, isDisposed: true }]
  /** A node that answers some messages, and refuses the rest by one name. */
  const answering = (answers: Record<string, object>, refused: string) => (pattern: string) =>
    once({ 'node.status': { identity: null }, ...answers }[pattern] ?? { refused })

  it("speaks as the operator, for the node's identity", async () => {
    answer = (pattern) => once(pattern === 'node.status' ? { identity: ID } : { items: [] })
    const at = terminal({ MUTUO_DATA: folder })
    expect(await run(['invite', 'list'], at)).toBe(0)
    expect(at.stdout).toBe('no invites\n')
    expect(requests.at(-1)).toMatchObject({
      pattern: 'invites.list',
      data: { actor: { account: 'cli', role: 'operator', identity: ID } },
    })
  })

  it('sends only the options that were given', async () => {
    answer = (pattern) => once(pattern === 'node.status' ? { identity: null } : { items: [] })
    await run(['loan', 'list', '--status', 'active'], terminal({ MUTUO_DATA: folder }))
    expect(requests.at(-1)!.data).toEqual({
      actor: { account: 'cli', role: 'operator', identity: null },
      side: 'all',
      status: 'active',
    })
  })

  it.each([
    ['12.50', 'EUR', 1250],
    ['12.5', 'EUR', 1250],
    ['1200', 'EUR', 120_000],
    ['1200', 'JPY', 1200],
    ['0.125', 'TND', 125],
    ['90071992547409.91', 'EUR', Number.MAX_SAFE_INTEGER],
  ])('takes %s as an amount of %s', async (text, currency, amount) => {
    answer = answering({ 'loans.show': { principal: { amount: 1, currency } } }, 'charge_exceeds_terms')
    const argv = ['loan', 'levy', ID, '--charge', 'lateFee', '--reason', 'late', '--amount', text]
    expect(await run(argv, terminal({ MUTUO_DATA: folder }))).toBe(1)
    expect(requests.at(-1)).toMatchObject({
      pattern: 'loans.levyCharge',
      data: { loan: ID, charge: 'lateFee', amount, reason: 'late' },
    })
  })

  it.each([
    ['12.505', 'EUR'],
    ['12.5', 'JPY'],
    ['1,200', 'EUR'],
    ['-5', 'EUR'],
    ['1e3', 'EUR'],
    ['90071992547409.92', 'EUR'],
  ])('takes %s as no amount of %s: wrong usage', async (text, currency) => {
    answer = answering({ 'loans.show': { principal: { amount: 1, currency } } }, 'nothing_overpaid')
    const at = terminal({ MUTUO_DATA: folder })
    expect(await run(['payment', 'refund', ID, '--', text], at)).toBe(2)
    expect(at.stderr).toContain(`is no amount of ${currency}`)
    expect(requests.map(({ pattern }) => pattern)).not.toContain('payments.refund')
  })

  it('sends parts of a loan and an own table in minor units of its currency', async () => {
    answer = answering({ 'applications.show': { amount: { amount: 1, currency: 'EUR' } } }, 'tranches_invalid')
    const table = join(folder, 'rows.csv')
    writeFileSync(table, 'day,principal,interest,fees\n2026-05-01,100.00,1.5,0\n2026-06-01,20,0.25\n')
    const parts = ['--tranche', '2026-03-01=50', '--tranche', '2026-04-01=70.00']
    await run(['loan', 'propose', ID, ...parts, '--table', table], terminal({ MUTUO_DATA: folder }))
    expect(requests.at(-1)).toMatchObject({
      pattern: 'loans.propose',
      data: {
        tranches: [
          ['2026-03-01', 5_000],
          ['2026-04-01', 7_000],
        ],
        table: [
          ['2026-05-01', 10_000, 150, 0],
          ['2026-06-01', 2_000, 25, 0],
        ],
      },
    })
    const wrong = terminal({ MUTUO_DATA: folder })
    expect(await run(['loan', 'propose', ID, '--tranche', 'May=50'], wrong)).toBe(2)
    expect(wrong.stderr).toContain('"May" is no day')
  })

  it('sends the balance and the unpaid rows of a loan that ran before', async () => {
    answer = answering({}, 'balance_differs_from_table')
    const table = join(folder, 'paper.csv')
    writeFileSync(table, 'day,principal,interest,fees\n2026-05-01,100.00,1.5,0.25\n')
    const of = ['--side', 'borrower', '--counterparty', ID, '--currency', 'EUR', '--rate', '9', '--paper', 'page 14']
    const on = ['--start-date', '2026-04-01', '--balance-on', '2026-05-02', '--principal', '100', '--interest', '1.50']
    const at = terminal({ MUTUO_DATA: folder })
    expect(await run(['loan', 'adopt', table, ...of, ...on, '--grace-days', '3'], at)).toBe(1)
    expect(requests.at(-1)).toMatchObject({
      pattern: 'loans.adopt',
      data: {
        ...{ side: 'borrower', counterparty: ID, currency: 'EUR', annualRatePpm: 90_000, startDate: '2026-04-01' },
        ...{ arrears: { graceDays: 3 }, paper: 'page 14', table: [['2026-05-01', 10_000, 150, 25]] },
        balance: { on: '2026-05-02', principal: 10_000, interest: 150, fees: 0 },
      },
    })
  })

  it('sends a change with the members that were given', async () => {
    answer = answering({}, 'nothing_past_due')
    const argv = ['loan', 'restructure', 'propose', ID, '--type', 'reage', '--first-due', '2026-06-01']
    const rest = ['--every', '2weeks', '--instalments', '12', '--reason', 'hardship']
    const at = terminal({ MUTUO_DATA: folder })
    expect(await run([...argv, ...rest], at)).toBe(1)
    expect(at.stderr).toBe('refused: nothing past due\n')
    expect(requests.at(-1)!.data).toMatchObject({
      loan: ID,
      change: { type: 'reage', firstDue: '2026-06-01', every: { count: 2, unit: 'week' }, instalments: 12 },
      reason: 'hardship',
    })
  })

  it('gives a program the answer as one line of JSON', async () => {
    answer = () => once({ items: [] })
    const at = terminal({ MUTUO_DATA: folder })
    expect(await run(['members', '--json'], at)).toBe(0)
    expect(at.stdout).toBe('{"items":[]}\n')
  })

  it('ends with 1 on a refusal, with its name and details', async () => {
    answer = (pattern) => once(pattern === 'node.status' ? { identity: null } : { refused: 'quorum_unsafe', least: 3 })
    const argv = ['network', 'amend', '--witness', ID, '--quorum', '1']
    const at = terminal({ MUTUO_DATA: folder })
    expect(await run(argv, at)).toBe(1)
    expect(at.stderr).toBe('refused: quorum unsafe\n  least: 3\n')

    const json = terminal({ MUTUO_DATA: folder })
    expect(await run([...argv, '--json'], json)).toBe(1)
    expect(JSON.parse(json.stderr)).toEqual({ refused: 'quorum_unsafe', least: 3 })
  })

  it('follows a stream to its end; problems found end with 1', async () => {
    answer = (pattern) =>
      pattern === 'node.status'
        ? once({ identity: null })
        : [
            { response: { step: 'signatures', checked: 5 } },
            { response: { done: true, ok: false, records: 5, subjects: 2, problems: ['record x: bad'] } },
            { isDisposed: true },
          ]
    const at = terminal({ MUTUO_DATA: folder })
    expect(await run(['verify'], at)).toBe(1)
    expect(at.stdout).toContain('5 records, 2 subjects, 1 problems\nrecord x: bad')
  })

  it('ends with 1 when the node fails on a message', async () => {
    answer = () => [{ err: { message: 'Internal server error' }, isDisposed: true }]
    const at = terminal({ MUTUO_DATA: folder })
    expect(await run(['members'], at)).toBe(1)
    expect(at.stderr).toContain('the node failed: Internal server error')
  })

  it('ends with 3 when the node goes away before it answers', async () => {
    rmSync(join(folder, 'node.sock'))
    const going = createServer((socket) => socket.once('data', () => socket.destroy()))
    await new Promise<void>((resolve) => going.listen(join(folder, 'node.sock'), resolve))
    const at = terminal({ MUTUO_DATA: folder })
    expect(await run(['members'], at)).toBe(3)
    expect(at.stderr).toContain('closed the connection')
    await new Promise((resolve) => going.close(resolve))
  })
})

describe('completion', () => {
  it('knows every command and its options', () => {
    const program = createProgram(terminal(), () => undefined)
    const script = completionScript(program, 'bash')
    for (const path of leaves(program)) expect(script).toContain(`'${path.join(' ')}')`)
    expect(script).toMatch(/'loan list'\) words='[^']*--status[^']*--json/)
    expect(completionScript(program, 'zsh')).toContain('compdef _mutuo mutuo')
  })
})

describe('the manual', () => {
  it('has every command', () => {
    const manual = readFileSync('docs/cli.md', 'utf8')
    for (const path of leaves(createProgram(terminal(), () => undefined))) {
      expect(manual).toContain(`\`mutuo ${path.join(' ')}`)
    }
  })
})

/** The words of every command that does something. */
function leaves(command: Command, path: string[] = []): string[][] {
  if (command.commands.length === 0) return [path]
  return command.commands.flatMap((sub) => leaves(sub, [...path, sub.name()]))
}
