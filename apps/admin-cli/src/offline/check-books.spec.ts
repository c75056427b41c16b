import type { JournalEntry } from '#libs/ledger'
import { foldSubject } from '#libs/fold'
import type { LoanState } from '#libs/loans'
import { journalOf } from '#libs/payments'
import { rules } from '#libs/rules'
import { LoanStory } from '../../../../libs/loans/src/testing/loan-story.js'
import { checkBooks, checkJournal } from './check-books.js'

/** A loan that was paid out, paid in time, paid too much and refunded. */
function repaidLoan(): LoanState {
  const story = new LoanStory({ instalments: 2 })
  story.paidOut()
  const sent = story.send(story.borrower, 60_000, '2026-02-15')
  story.confirm(story.lender, 60_000, '2026-02-16', sent)
  story.confirm(story.lender, 70_000, '2026-03-15')
  const records = story.records.filter(({ id, subj }) => id === story.proposal.id || subj === story.proposal.id)
  return foldSubject<LoanState>(story.proposal.id, 'loan', records, rules).state
}

const confirmedOf = ({ confirmed }: LoanState): Map<string, bigint> =>
  new Map(
    Object.entries(confirmed)
      .filter(([, { purpose }]) => purpose === 'repayment')
      .map(([id, { amount }]) => [id, BigInt(amount)]),
  )

const problemsOf = (journal: readonly JournalEntry[], confirmed: ReadonlyMap<string, bigint>): string[] => {
  const problems: string[] = []
  checkJournal('L', journal, confirmed, (sentence) => problems.push(sentence))
  return problems
}

describe('the books of a loan', () => {
  it('hold together', () => {
    const problems: string[] = []
    expect(checkBooks([repaidLoan()], (sentence) => problems.push(sentence))).toBeGreaterThan(5)
    expect(problems).toEqual([])
  })

  it('are found out when an entry is missing, altered or moved to another day', () => {
    const loan = repaidLoan()
    const journal = journalOf(loan)
    const confirmed = confirmedOf(loan)
    expect([...confirmed.values()].sort()).toEqual([60_000n, 70_000n])
    expect(problemsOf(journal, confirmed)).toEqual([])
    journal.forEach((entry, index) => {
      const others = journal.filter((_, other) => other !== index)
      const [first, ...rest] = entry.postings
      const altered = { ...entry, postings: [{ ...first!, amount: first!.amount + 1n }, ...rest] }
      expect(problemsOf([...others, altered], confirmed)).not.toEqual([])
      if (entry.kind !== 'payment.confirmed') return
      expect(problemsOf(others, confirmed)).not.toEqual([])
      expect(problemsOf([...others, { ...entry, valueDate: '2026-12-31' }], confirmed)).not.toEqual([])
    })
  })

  it('are found out when they do not have what was confirmed', () => {
    const loan = repaidLoan()
    const [[record, amount]] = [...confirmedOf(loan)] as [[string, bigint]]
    expect(problemsOf(journalOf(loan), new Map([[record, amount + 1n]]))).toEqual([
      `loan L: ${amount + 1n} confirmed by ${record}, ${amount} in the books`,
    ])
    expect(problemsOf(journalOf(loan), new Map([['R', 1n]]))).toEqual(['loan L: 1 confirmed by R, 0 in the books'])
  })

  it('are empty before an agreement is valid', () => {
    const loan = { ...repaidLoan(), agreement: null }
    expect(checkBooks([loan], () => undefined)).toBe(0)
  })
})
