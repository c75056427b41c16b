/** What an accountant's tool says of an exported journal: Debian's hledger reads it strictly, and finds our balances. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { currencyDigits } from '#libs/money'
import { LendingNode, ok } from '../../libs/reports/src/testing/lending-node.js'

describe('hledger', () => {
  let node: LendingNode
  let folder: string
  let file: string

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'mutuo-hledger-'))
    file = join(folder, 'books.journal')
    node = await LendingNode.start()
    await tellStory()
    writeFileSync(file, await exported())
  }, 60_000)
  afterAll(async () => {
    await node.close()
    rmSync(folder, { recursive: true })
  })

  /** Loans in currencies of two, no and three digits; money that is late, short, refused, unanswered, too much and given back; and servicing. */
  async function tellStory(): Promise<void> {
    const euros = await node.lend(120_000, 3)
    const yen = await node.lend(90_000, 2, { currency: 'JPY' })
    await node.lend(50_000, 2, { currency: 'KWD' })
    node.pass(31)
    await node.repay(euros.id, euros.schedule[0]!.total)
    await node.repay(yen.id, yen.schedule[0]!.total, yen.schedule[0]!.total - 7)
    const { lender, borrower } = node
    const sent = { actor: borrower, loan: euros.id, amount: 1_234, rail: 'cash' } as const
    const refused = await ok(node.payments.send(sent))
    await ok(node.payments.refuse({ actor: lender, payment: refused.id, reason: 'it did not come' }))
    node.pass(40)
    await ok(node.payments.send(sent))
    await node.repay(euros.id, 500_000)
    await ok(node.payments.refund({ actor: lender, loan: euros.id, amount: 300_000 }))
    await tellServicing()
  }

  /** A fee kept back, a down payment, a charge given up, a payment taken back, goodwill, a write-off and what still came. */
  async function tellServicing(): Promise<void> {
    const { lender, borrower } = node
    const costly = await node.lend(80_000, 3, {
      charges: [{ name: 'origination', when: 'atStart', ppm: 20_000, deducted: true }],
      downPaymentPpm: 100_000,
      eventCharges: [{ name: 'reminder', amount: 300 }],
    })
    const loan = costly.id
    const { id: levied } = (
      await ok(node.servicing.levyCharge({ actor: lender, loan, charge: 'event', name: 'reminder', reason: '' }))
    ).charges[0]!
    node.pass(3)
    await node.repay(loan, 30_000)
    await ok(node.servicing.adjustCharge({ actor: lender, loan, charge: levied, amount: 300, reason: 'sorry' }))
    const { items } = await ok(node.payments.list({ actor: lender, loan }))
    const payment = items.find(({ purpose }) => purpose === 'repayment')!
    const { reversal } = await ok(node.payments.reverse({ actor: lender, payment: payment.id, reason: 'bounced' }))
    await ok(node.payments.acceptReversal({ actor: borrower, reversal: reversal! }))
    await ok(node.servicing.grantCredit({ actor: lender, loan, credit: 'goodwill', amount: 1_500, reason: 'sorry' }))
    await ok(node.servicing.writeOff({ actor: lender, loan, reason: 'gone' }))
    node.pass(1)
    await node.repay(loan, 20_000)
  }

  async function exported(owner?: string): Promise<string> {
    let text = ''
    let cursor: string | undefined
    do {
      const asked = { actor: node.lender, format: 'hledger', limit: 5 } as const
      const page = await ok(node.journal.page({ ...asked, ...(owner ? { owner } : {}), ...(cursor ? { cursor } : {}) }))
      text += page.text
      cursor = page.next
    } while (cursor)
    return text
  }

  const hledger = (...args: string[]) => {
    const { status, stdout, stderr, error } = spawnSync('hledger', ['-f', file, ...args], { encoding: 'utf8' })
    if (error) throw error
    return { status, stdout, stderr }
  }

  it('finds nothing to complain of: declared, balanced, in order', () => {
    const checked = hledger('check', '--strict', 'ordereddates', 'accounts', 'commodities', 'balancednoautoconversion')
    expect(checked).toEqual({ status: 0, stdout: '', stderr: '' })
  })

  it('complains of a journal with a mistake, so its silence says something', () => {
    const broken = join(folder, 'broken.journal')
    const entry =
      '\n2026-01-01 an entry\n    someone:asset:cash:loan  1.00 EUR\n    another:asset:cash:loan  -2.00 EUR\n'
    writeFileSync(broken, `commodity 1000.00 EUR\n${entry}`)
    expect(spawnSync('hledger', ['-f', broken, 'check', '--strict']).status).not.toBe(0)
  })

  it('has the balances of our trial balance, account by account', async () => {
    const { stdout } = hledger('balance', '--flat', '--no-total', '--empty', '-O', 'csv', '--layout', 'bare')
    const theirs = stdout
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(',').map((cell) => cell.slice(1, -1)))
      .map(([account, currency, amount]) => `${account} ${currency} ${minor(amount!, currency!)}`)
    const { accounts } = await ok(node.ledger.trialBalance('9999-12-31'))
    expect(accounts.length).toBeGreaterThan(20)
    const nonzero = accounts.map(({ account, currency, balance }) => `${account} ${currency} ${balance}`)
    expect(theirs.sort()).toEqual(nonzero.sort())
  })

  it('can follow an entry to the record that caused it', async () => {
    const { items } = await ok(node.ledger.journal({ limit: 200 }))
    const { record, postings } = items.at(-1)!
    const { stdout } = hledger('print', `tag:record=${record}`)
    for (const { account } of postings) expect(stdout).toContain(account)
  })

  it('reads one owner’s books alone, and finds that they sum to nothing', async () => {
    const own = join(folder, 'own.journal')
    writeFileSync(own, await exported(node.lender.identity!))
    const { stdout, status } = spawnSync('hledger', ['-f', own, 'balance', '--strict', '--depth', '1'], {
      encoding: 'utf8',
    })
    expect(status).toBe(0)
    expect(stdout.trim().split('\n').at(-1)!.trim()).toBe('0')
    expect(stdout).not.toContain(node.borrower.identity!)
  })
})

/** A decimal amount in minor units, without floating point. */
function minor(text: string, currency: string): number {
  const [whole, part = ''] = text.split('.')
  return Number(`${whole}${part.padEnd(currencyDigits(currency)!, '0')}`)
}
