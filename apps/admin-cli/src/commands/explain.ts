/** `mutuo ledger explain`, `ledger export`, `loan explain`: from figures to records, and from our books to other tools. */
import type { Command } from 'commander'
import { Option } from 'commander'
import type { AnswerOf, RecordProof } from '#libs/messages'
import { instant } from '../format.js'
import { day, given, id, wholeNumber } from '../options.js'
import type { Session, SessionOf } from '../session.js'
import { csvOption, printTable } from './reports.js'

type ExplainedLoan = Exclude<AnswerOf<'loans.explain'>, { refused: string }>

interface ExplainOptions {
  asOf?: string
  limit?: number
  cursor?: string
  csv?: boolean
}

export function addLedgerExplanations(ledger: Command, sessionOf: SessionOf): void {
  ledger
    .command('explain')
    .description('A balance, down to the signed records behind it')
    .argument('<account>', 'as `ledger balance` names it')
    .option('--as-of <day>', 'at the end of a day', day)
    .option('--limit <count>', 'at most so many', wholeNumber(1, 200))
    .option('--cursor <cursor>', 'go on where a page ended')
    .addOption(csvOption())
    .addHelpText('after', '\nExamples:\n  $ mutuo ledger explain ACCOUNT\n  $ mutuo ledger explain ACCOUNT --csv')
    .action(async (account: string, { csv, ...options }: ExplainOptions, command: Command) => {
      const session = sessionOf(command)
      const answer = await session.withNode((node) => node.ask('ledger.explain', { account, ...given(options) }))
      if (csv) return printTable(session, 'ledger.explain', answer, csv)
      const amount = (minor: number): string => session.money(minor, answer.currency)
      session.print(
        answer,
        () =>
          `${session.pairs([['balance', `${amount(answer.balance)} on ${answer.asOf}`]])}\n\n` +
          session.table(
            [
              'DATE',
              'DESCRIPTION',
              'DEBIT',
              'CREDIT',
              'BALANCE',
              'RECORD',
              'KIND',
              'AUTHOR',
              'AT',
              'SIGNED',
              'FINALITY',
            ],
            answer.items.map((item) => [
              item.valueDate,
              item.description,
              item.debit === 0 ? '' : amount(item.debit),
              item.credit === 0 ? '' : amount(item.credit),
              amount(item.balance),
              ...proofCells(item.record),
            ]),
            'no movements',
          ) +
          session.more(answer.next),
      )
    })

  ledger
    .command('export')
    .description('The journal as plain text for an accountant’s tool, on stdout')
    .addOption(new Option('--format <format>', 'whose').choices(['hledger', 'beancount']).makeOptionMandatory())
    .option('--owner <identity>', 'whose books; otherwise all that this node holds', id)
    .addHelpText(
      'after',
      '\nExamples:\n  $ mutuo ledger export --format hledger > books.journal\n  $ hledger -f books.journal check --strict',
    )
    .action(async (options: { format: 'hledger' | 'beancount'; owner?: string }, command: Command) => {
      const session = sessionOf(command)
      const entries = await session.withNode(async (node) => {
        let written = 0
        for (let cursor: string | undefined, more = true; more;) {
          const page = await node.ask('ledger.export', { ...given({ ...options, cursor }), limit: 200 })
          session.terminal.out(page.text)
          written += page.entries
          cursor = page.next
          more = cursor !== undefined
        }
        return written
      })
      session.say(`${entries} entries`)
    })
}

export function addLoanExplanation(loan: Command, sessionOf: SessionOf): void {
  loan
    .command('explain')
    .description('Every movement of a loan, with the records behind it and what it posted in both parties’ books')
    .argument('<id>', 'the loan', id)
    .option('--as-of <day>', 'up to the end of a day', day)
    .addHelpText('after', '\nExamples:\n  $ mutuo loan explain ID\n  $ mutuo loan explain ID --as-of 2026-12-31 --json')
    .action(async (of: string, options: { asOf?: string }, command: Command) => {
      const session = sessionOf(command)
      const answer = await session.withNode((node) => node.ask('loans.explain', { loan: of, ...given(options) }))
      session.print(answer, () => explainedText(session, answer))
    })
}

function explainedText(session: Session, { items }: ExplainedLoan): string {
  if (items.length === 0) return session.colors.dim('no money has moved')
  return items
    .map(({ valueDate, record, rests, postings }) => {
      const records = session.table(
        ['', 'RECORD', 'KIND', 'AUTHOR', 'AT', 'SIGNED', 'FINALITY'],
        [['caused by', ...proofCells(record)], ...rests.map((rest) => ['resting on', ...proofCells(rest)])],
        '',
      )
      const lines = session.table(
        ['DESCRIPTION', 'ACCOUNT', 'DEBIT', 'CREDIT'],
        postings.map(({ description, account, currency, debit, credit }) => [
          description,
          account,
          debit === 0 ? '' : session.money(debit, currency),
          credit === 0 ? '' : session.money(credit, currency),
        ]),
        '',
      )
      return `${session.colors.bold(valueDate)}\n${records}\n${lines}`
    })
    .join('\n\n')
}

function proofCells({ id: record, kind, author, authorAlias, atMs, signed, finality }: RecordProof): string[] {
  const how = signed === 'itself' ? 'itself' : 'by a later record'
  return [record, kind, authorAlias ?? author, instant(atMs), how, finality]
}
