/** `mutuo loan`: loans as folded from records, from the proposal to the signature. What comes after is in servicing.ts. */
import type { Command } from 'commander'
import { Option } from 'commander'
import type { LoanStatus, ProposalWishes } from '#libs/messages'
import { instant, percent } from '../format.js'
import { amountIn, day, each, given, id, type PageOptions, wholeNumber } from '../options.js'
import type { SessionOf } from '../session.js'
import { addAdoptingCommand } from './adopting.js'
import { addLoanExplanation } from './explain.js'
import { loanText, previewText } from './loan-text.js'
import { dayIn, readTable } from './own-table.js'
import { addRestructuringCommands } from './restructuring.js'
import { addServicingCommands } from './servicing.js'

const STATUSES: readonly LoanStatus[] = [
  ...(['proposed', 'declined', 'lapsed', 'agreed', 'active', 'in_arrears'] as const),
  ...(['defaulted', 'recovering', 'cancelled', 'closed'] as const),
]

interface ProposalOptions {
  startDate?: string
  firstDueDate?: string
  tranche?: string[]
  table?: string
  guarantor?: string[]
  group?: true
  collateral?: string
  valuer?: string
  expiresInHours?: number
}

export function addLoanCommands(program: Command, sessionOf: SessionOf): void {
  const loan = program.command('loan').description('Read loans, propose, sign and serve them')

  loan
    .command('list')
    .description('Loans that this node knows, newest first')
    .addOption(new Option('--side <side>', 'whose').choices(['lender', 'borrower', 'all']).default('all'))
    .addOption(new Option('--status <status>', 'only those').choices(STATUSES))
    .option('--limit <count>', 'at most so many', wholeNumber(1, 200))
    .option('--cursor <cursor>', 'go on where a page ended')
    .addHelpText('after', '\nExamples:\n  $ mutuo loan list\n  $ mutuo loan list --status in_arrears --json')
    .action(
      async (options: PageOptions & { side: 'lender' | 'borrower' | 'all'; status?: LoanStatus }, command: Command) => {
        const session = sessionOf(command)
        const page = await session.withNode((node) => node.ask('loans.list', given(options)))
        session.print(
          page,
          () =>
            session.table(
              ['LOAN', 'STATUS', 'PRINCIPAL', 'RATE', 'OUTSTANDING', 'NEXT DUE', 'DAYS LATE', 'LENDER', 'BORROWER'],
              page.items.map((item) => [
                item.id,
                item.status,
                session.money(item.principal.amount, item.principal.currency),
                percent(item.annualRatePpm),
                session.money(item.outstanding, item.principal.currency),
                item.nextDue?.date ?? null,
                item.daysPastDue,
                item.lenderAlias ?? item.lender,
                item.borrowerAlias ?? item.borrower,
              ]),
              'no loans',
            ) + session.more(page.next),
        )
      },
    )

  loan
    .command('show')
    .description('Terms, signatures, every instalment, what was paid, charged and changed')
    .argument('<id>', 'the loan', id)
    .option('--as-of <day>', 'as it stood at the end of a day', day)
    .addHelpText('after', '\nExamples:\n  $ mutuo loan show ID\n  $ mutuo loan show ID --as-of 2026-12-31')
    .action(async (of: string, options: { asOf?: string }, command: Command) => {
      const session = sessionOf(command)
      const view = await session.withNode((node) => node.ask('loans.show', { loan: of, ...given(options) }))
      session.print(view, () => loanText(session, view))
    })

  loan
    .command('history')
    .description('What happened to a loan, in the order of its writing')
    .argument('<id>', 'the loan', id)
    .addHelpText('after', '\nExamples:\n  $ mutuo loan history ID\n  $ mutuo loan history ID --json | jq .items[].kind')
    .action(async (of: string, _options: object, command: Command) => {
      const session = sessionOf(command)
      const { timeline, principal } = await session.withNode((node) => node.ask('loans.show', { loan: of }))
      session.print({ items: timeline }, () =>
        session.table(
          ['AT', 'KIND', 'BY', 'COUNTS FROM', 'AMOUNT', 'TEXT', 'RECORD'],
          timeline.map((item) => [
            instant(item.atMs),
            item.kind,
            item.by,
            item.date,
            item.amount === null ? null : session.money(item.amount, principal.currency),
            item.text,
            item.record,
          ]),
          'nothing yet',
        ),
      )
    })

  proposing(loan, 'preview', 'What a proposal for an application would sign: every instalment, payouts, cost')
    .addHelpText('after', '\nExamples:\n  $ mutuo loan preview APPLICATION --first-due-date 2026-05-01')
    .action(async (application: string, options: ProposalOptions, command: Command) => {
      const session = sessionOf(command)
      const preview = await session.withNode(async (node) => {
        const { amount } = await node.ask('applications.show', { application })
        return node.ask('loans.preview', { application, ...wishesOf(command, options, amount.currency) })
      })
      session.print(preview, () => previewText(session, preview))
    })

  proposing(loan, 'propose', 'Propose the agreement that an application asks for, and sign it')
    .option('--expires-in-hours <count>', 'until when it can be signed; 72 otherwise', wholeNumber(1, 720))
    .addHelpText(
      'after',
      '\nExamples:\n  $ mutuo loan propose APPLICATION\n' +
        '  $ mutuo loan propose APPLICATION --tranche 2026-03-01=500.00 --tranche 2026-04-01=700.00\n' +
        '  $ mutuo loan propose APPLICATION --table rows.csv',
    )
    .action(async (application: string, options: ProposalOptions, command: Command) => {
      const session = sessionOf(command)
      const view = await session.withNode(async (node) => {
        const { amount } = await node.ask('applications.show', { application })
        const { expiresInHours } = options
        const wishes = wishesOf(command, options, amount.currency)
        return node.ask('loans.propose', { application, ...wishes, ...given({ expiresInHours }) })
      })
      session.print(view, () => loanText(session, view))
    })

  loan
    .command('sign')
    .description("Sign an agreement for this node's identity: what is signed is what is owed")
    .argument('<id>', 'the loan', id)
    .addHelpText('after', '\nExamples:\n  $ mutuo loan show ID\n  $ mutuo loan sign ID')
    .action(async (of: string, _options: object, command: Command) => {
      const session = sessionOf(command)
      const view = await session.withNode((node) => node.ask('loans.sign', { loan: of }))
      session.print(view, () => loanText(session, view))
    })

  loan
    .command('decline')
    .description('Decline an agreement')
    .argument('<id>', 'the loan', id)
    .requiredOption('--reason <text>', 'why')
    .addHelpText('after', '\nExamples:\n  $ mutuo loan decline ID --reason "too dear"')
    .action(async (of: string, { reason }: { reason: string }, command: Command) => {
      const session = sessionOf(command)
      const view = await session.withNode((node) => node.ask('loans.decline', { loan: of, reason }))
      session.print(view, () => loanText(session, view))
    })

  addAdoptingCommand(loan, sessionOf)
  addServicingCommands(loan, sessionOf)
  addRestructuringCommands(loan, sessionOf)
  addLoanExplanation(loan, sessionOf)
}

function proposing(loan: Command, name: string, description: string): Command {
  return loan
    .command(name)
    .description(description)
    .argument('<application>', 'the application', id)
    .option('--start-date <day>', 'when interest begins; today otherwise', day)
    .option('--first-due-date <day>', 'when the first instalment is due', day)
    .option('--tranche <day=amount>', 'a part of the money and its day; once for each', each)
    .option('--table <file>', 'an own table: lines of day,principal,interest,fees')
    .option('--guarantor <key=amount>', 'whose guarantee the conclusion waits for, and its cap; once for each', each)
    .option('--group', 'borrower and guarantors are a group, whose members guarantee each other')
    .option('--collateral <levels>', 'initial, maintenance and liquidation loan to value in percent, as 50,65,80')
    .option('--valuer <key>', 'who says what is pledged is worth', id)
}

/** What the lender gives a proposal of its own. Ends with wrong usage when an amount or a row can't be read. */
function wishesOf(
  command: Command,
  { startDate, firstDueDate, tranche, table, group, ...options }: ProposalOptions,
  currency: string,
): ProposalWishes {
  const tranches = tranche?.map((text): [string, number] => {
    const [date = '', amount = ''] = text.split('=')
    return [dayIn(command, date), amountIn(command, amount, currency)]
  })
  const rows = table === undefined ? undefined : readTable(command, table, currency)
  const guarantors = options.guarantor?.map((text): [string, number] => {
    const [key = '', amount = ''] = text.split('=')
    return [idIn(command, key), amountIn(command, amount, currency)]
  })
  const collateral = collateralIn(command, options)
  return given({ startDate, firstDueDate, tranches, table: rows, guarantors, group, collateral })
}

/** What may be owed for what is pledged, and who values it: both, or neither. */
function collateralIn(
  command: Command,
  { collateral, valuer }: Pick<ProposalOptions, 'collateral' | 'valuer'>,
): ProposalWishes['collateral'] {
  if (collateral === undefined && valuer === undefined) return undefined
  const match = /^(\d{1,3}),(\d{1,3}),(\d{1,3})$/.exec(collateral ?? '')
  if (!match || valuer === undefined) return command.error('error: --collateral 50,65,80 needs --valuer, and it that')
  const [initialPpm, maintenancePpm, liquidationPpm] = match.slice(1).map((percent) => Number(percent) * 10_000)
  return { initialPpm: initialPpm!, maintenancePpm: maintenancePpm!, liquidationPpm: liquidationPpm!, valuer }
}

function idIn(command: Command, text: string): string {
  try {
    return id(text)
  } catch {
    return command.error(`error: ${JSON.stringify(text)} is no key`)
  }
}
