import { csvOf } from './index.js'
import { csvText } from './text.js'

describe('comma-separated values', () => {
  it('quote what would break a line or a field', () => {
    expect(
      csvText(
        ['a', 'b'],
        [
          ['x,y', 'say "hi"'],
          ['two\nlines', null],
        ],
      ),
    ).toBe('a,b\r\n"x,y","say ""hi"""\r\n"two\nlines",\r\n')
  })

  it('are no place for a formula that someone else wrote, while numbers stay numbers', () => {
    const cells = ['=1+1', '+49', '-x', '@a', '\tx', '-12.50', '-3', 'a=b']
    const [, line] = csvText(['text'], [cells]).split('\r\n')
    expect(line).toBe(["'=1+1", "'+49", "'-x", "'@a", "'\tx", '-12.50', '-3', 'a=b'].join(','))
  })

  it('have amounts with the digits of their currency', () => {
    const account = { account: 'a:asset:cash:l', owner: 'a', class: 'asset', loan: 'l' } as const
    const balances = [
      { currency: 'EUR', balance: -5 },
      { currency: 'JPY', balance: 1_200 },
      { currency: 'KWD', balance: 1 },
    ]
    const text = csvOf('ledger.trialBalance', {
      asOf: '2026-01-31',
      accounts: balances.map((of) => ({ ...account, ...of })),
      totals: [],
    })
    expect(text.split('\r\n')).toEqual([
      'as_of,account,class,currency,balance',
      '2026-01-31,a:asset:cash:l,asset,EUR,-0.05',
      '2026-01-31,a:asset:cash:l,asset,JPY,1200',
      '2026-01-31,a:asset:cash:l,asset,KWD,0.001',
      '',
    ])
  })

  it('say what was written off, what came back of it, and what was forgiven', () => {
    const parts = {
      disbursed: 0,
      principal: 10_00,
      interest: 0,
      fees: 0,
      overpaid: 0,
      forgiven: -10_00,
      lost: 0,
      trading: 0,
      held: 0,
      net: 0,
    }
    const cashFlow = csvOf('reports.cashFlow', {
      ...{ owner: 'a', asOf: '2026-01-31', delays: [], unpaid: [] },
      items: [{ month: '2026-01', kind: 'past', currency: 'EUR', ...parts }],
    })
    expect(lineOf(cashFlow)).toMatchObject({ principal: '10.00', forgiven: '-10.00', net: '0.00' })
  })
})

/** The first item of a table, by head. */
function lineOf(csv: string): Record<string, string | undefined> {
  const [heads, cells] = csv.split('\r\n').map((line) => line.split(','))
  return Object.fromEntries(heads!.map((head, index) => [head, cells![index]]))
}
