import type { JournalEntryView } from '#libs/messages'
import { FORMATS } from './formats.js'

const entry: JournalEntryView = {
  id: 'r1/lender',
  owner: 'lena',
  loan: 'l1',
  record: 'r1',
  kind: 'payment.confirmed',
  valueDate: '2026-02-15',
  description: 'repayment; "received" | here',
  postings: [
    { account: 'lena:asset:cash:l1', currency: 'EUR', debit: 1_005, credit: 0 },
    { account: 'lena:income:interest:l1', currency: 'EUR', debit: 0, credit: 1_005 },
  ],
}
const opened = { account: 'lena:asset:in-transit:l1', currency: 'EUR', since: '2026-01-15' }

describe('the journal as text', () => {
  it('is what hledger reads: tags for what we know, nothing that ends a description early', () => {
    const { begin, open, entry: write } = FORMATS.hledger
    expect(begin([{ currency: 'JPY', since: '2026-01-15' }])).toContain('\ncommodity 1000. JPY\n')
    expect(begin([{ currency: 'KWD', since: '2026-01-15' }])).toContain('\ncommodity 1000.000 KWD\n')
    expect(open(opened)).toBe('\naccount lena:asset:in-transit:l1  ; type: A\n')
    expect(write(entry)).toBe(`
2026-02-15 repayment  "received"   here
    ; entry: r1/lender
    ; record: r1
    ; kind: payment.confirmed
    lena:asset:cash:l1  10.05 EUR
    lena:income:interest:l1  -10.05 EUR
`)
  })

  it('is what Beancount reads: accounts below its five roots, each part with a capital', () => {
    const { begin, open, entry: write } = FORMATS.beancount
    expect(begin([{ currency: 'JPY', since: '2026-01-15' }])).toContain('\n2026-01-15 commodity JPY\n  precision: 0\n')
    expect(open(opened)).toBe('\n2026-01-15 open Assets:Klena:In-transit:Ll1 EUR\n')
    expect(write(entry)).toBe(`
2026-02-15 * "repayment; \\"received\\" | here"
  entry: "r1/lender"
  record: "r1"
  kind: "payment.confirmed"
  Assets:Klena:Cash:Ll1  10.05 EUR
  Income:Klena:Interest:Ll1  -10.05 EUR
`)
  })

  it('leaves nothing in a name that a tool would stumble over', () => {
    const strange = { ...opened, account: 'a;  b"c:asset:cash:l/1' }
    expect(FORMATS.hledger.open(strange)).toBe('\naccount a___b_c:asset:cash:l_1  ; type: A\n')
    expect(FORMATS.beancount.open(strange)).toBe('\n2026-01-15 open Assets:Ka---b-c:Cash:Ll:N1 EUR\n')
  })
})
