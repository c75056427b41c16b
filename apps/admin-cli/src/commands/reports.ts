/** `mutuo report`: an owner's loans in figures, as a table, as JSON, or as comma-separated values. */
import type { Command } from 'commander'
import { Option } from 'commander'
import { csvOf, tableOf, type TableName } from '#libs/csv'
import type { AnswerOf } from '#libs/messages'
import { day, given, id, wholeNumber } from '../options.js'
import type { Session, SessionOf } from '../session.js'

interface ReportOptions {
  owner?: string
  asOf?: string
  csv?: boolean
}
type SideOptions = ReportOptions & { side?: 'lender' | 'borrower' }

/** The option of every command whose answer can be had as a table. */
export const csvOption = (): Option => new Option('--csv', 'as comma-separated values, for a spreadsheet')

export function addReportCommands(program: Command, sessionOf: SessionOf): void {
  const report = program
    .command('report')
    .description('Figures of one owner’s loans, each following from signed records')

  reportCommand(report, 'portfolio', 'Loans by currency, status and arrears bucket')
    .addOption(sideOption())
    .action(async ({ csv, ...options }: SideOptions, command: Command) => {
      const session = sessionOf(command)
      const answer = await session.withNode((node) => node.ask('reports.portfolio', given(options)))
      printTable(session, 'reports.portfolio', answer, csv)
    })

  reportCommand(report, 'arrears', 'Loans with something overdue, the latest first')
    .addOption(sideOption())
    .action(async ({ csv, ...options }: SideOptions, command: Command) => {
      const session = sessionOf(command)
      const answer = await session.withNode((node) => node.ask('reports.arrears', given(options)))
      printTable(session, 'reports.arrears', answer, csv)
    })

  report
    .command('interest')
    .description('Interest and fees of a calendar year, by counterparty and loan')
    .argument('<year>', 'which', wholeNumber(1900, 9999))
    .option('--owner <identity>', 'whose loans; otherwise the node’s own', id)
    .addOption(csvOption())
    .addHelpText(
      'after',
      '\nExamples:\n  $ mutuo report interest 2026\n  $ mutuo report interest 2026 --csv > interest.csv',
    )
    .action(async (year: number, { csv, ...options }: ReportOptions, command: Command) => {
      const session = sessionOf(command)
      const answer = await session.withNode((node) => node.ask('reports.interest', { year, ...given(options) }))
      printTable(session, 'reports.interest', answer, csv)
    })

  reportCommand(report, 'cash-flow', 'Money by month: moved, scheduled, and expected by the delays so far').action(
    async ({ csv, ...options }: ReportOptions, command: Command) => {
      const session = sessionOf(command)
      const answer = await session.withNode((node) => node.ask('reports.cashFlow', given(options)))
      printTable(session, 'reports.cashFlow', answer, csv)
    },
  )

  reportCommand(report, 'returns', 'What lending brought, net of losses, and what was promised').action(
    async ({ csv, ...options }: ReportOptions, command: Command) => {
      const session = sessionOf(command)
      const answer = await session.withNode((node) => node.ask('reports.returns', given(options)))
      printTable(session, 'reports.returns', answer, csv)
    },
  )

  reportCommand(report, 'guarantees', 'What the owner stands in for, paid, and is owed back').action(
    async ({ csv, ...options }: ReportOptions, command: Command) => {
      const session = sessionOf(command)
      const answer = await session.withNode((node) => node.ask('reports.guarantees', given(options)))
      printTable(session, 'reports.guarantees', answer, csv)
    },
  )
}

/** Prints an answer as its table: with lines for people, comma-separated when asked, as JSON for programs. */
export function printTable<Name extends TableName>(
  session: Session,
  name: Name,
  answer: Exclude<AnswerOf<Name>, { refused: string }>,
  csv = false,
): void {
  if (csv) session.terminal.out(csvOf(name, answer))
  else session.print(answer, () => humanTable(session, name, answer))
}

function humanTable<Name extends TableName>(
  session: Session,
  name: Name,
  answer: Exclude<AnswerOf<Name>, { refused: string }>,
): string {
  const { heads, rows } = tableOf(name, answer)
  const words = heads.map((head) => head.toUpperCase().replaceAll('_', ' '))
  return session.table(words, rows, 'nothing to report')
}

function reportCommand(report: Command, name: string, description: string): Command {
  return report
    .command(name)
    .description(description)
    .option('--owner <identity>', 'whose loans; otherwise the node’s own', id)
    .option('--as-of <day>', 'as it stood at the end of a day', day)
    .addOption(csvOption())
    .addHelpText(
      'after',
      `\nExamples:\n  $ mutuo report ${name}\n  $ mutuo report ${name} --as-of 2026-12-31 --csv > ${name}.csv`,
    )
}

function sideOption(): Option {
  return new Option('--side <side>', 'as who lends or who borrows').choices(['lender', 'borrower']).default('lender')
}
