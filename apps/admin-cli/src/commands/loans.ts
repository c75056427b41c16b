/** `mutuo loan`, `ledger`: loans as folded from records, and the books derived from them. */
import type { Command } from 'commander'
import { Option } from 'commander'
import type { LoanStatus, LoanView } from '#libs/messages'
import { instant, percent } from '../format.js'
import { day, given, id, wholeNumber } from '../options.js'
import type { Session, SessionOf } from '../session.js'
import { addLedgerExplanations, addLoanExplanation } from './explain.js'
import { csvOption, printTable } from './reports.js'

const STATUSES: readonly LoanStatus[] = ['proposed', 'declined', 'lapsed', 'agreed', 'active', 'in_arrears', 'closed']

interface PageOptions {
  limit?: number
  cursor?: string
}

export function addLoanCommands(program: Command, sessionOf: SessionOf): void {
  const loan = program.command('loan').description('Read loans')

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
    .description('Terms, signatures, every instalment and what was paid')
    .argument('<id>', 'the loan', id)
    .option('--as-of <day>', 'as it stood at the end of a day', day)
    .addHelpText('after', '\nExamples:\n  $ mutuo loan show ID\n  $ mutuo loan show ID --as-of 2026-12-31')
    .action(async (of: string, options: { asOf?: string }, command: Command) => {
      const session = sessionOf(command)
      const view = await session.withNode((node) => node.ask('loans.show', { loan: of, ...given(options) }))
      session.print(view, () => loanText(session, view))
    })

  addLoanExplanation(loan, sessionOf)
  addLedgerCommands(program, sessionOf)
}

function loanText(session: Session, view: LoanView): string {
  const amount = (minor: number): string => session.money(minor, view.principal.currency)
  const conclusion = view.conclusion
  const facts = session.pairs([
    ['loan', view.id],
    ['status', view.daysPastDue > 0 ? `${view.status}, ${view.daysPastDue} days past due` : view.status],
    ['lender', view.lenderAlias === null ? view.lender : `${view.lender} (${view.lenderAlias})`],
    ['borrower', view.borrowerAlias === null ? view.borrower : `${view.borrower} (${view.borrowerAlias})`],
    ['principal', amount(view.principal.amount)],
    [
      'rate',
      `${percent(view.annualRatePpm)} a year, ${view.terms.loan.method}, ${view.terms.loan.dayCount ?? 'equal periods'}`,
    ],
    ['APR, APRC', `${percent(view.cost.aprPpm)}, ${percent(view.cost.aprcPpm)}`],
    ['total to pay', amount(view.cost.totalOfPayments)],
    ['purpose', view.purpose],
    [
      'signed',
      view.signatures.filter(({ signedAtMs }) => signedAtMs !== null).length + ` of ${view.signatures.length}`,
    ],
    ['concluded', conclusion && `${instant(conclusion.atMs)}, ${conclusion.final ? 'final' : 'not final yet'}`],
    ['disbursed', amount(view.disbursed)],
    ['paid', amount(view.paid.total)],
    ['outstanding', amount(view.outstanding)],
    ['accrued interest', `${amount(view.accruedInterest)} on ${view.asOf}`],
  ])
  const schedule = session.table(
    ['#', 'DUE', 'PRINCIPAL', 'INTEREST', 'FEES', 'TOTAL', 'PAID', 'STATE', 'PAID ON'],
    view.schedule.map((row) => [
      row.number,
      row.dueDate,
      amount(row.principal),
      amount(row.interest),
      amount(row.fees),
      amount(row.total),
      amount(row.paid),
      row.state,
      row.paidOn,
    ]),
    'no instalments',
  )
  return `${facts}\n\n${schedule}`
}

function addLedgerCommands(program: Command, sessionOf: SessionOf): void {
  const ledger = program.command('ledger').description('The double-entry books, derived from records')

  ledger
    .command('balance')
    .description('Trial balance: every account, and totals that must agree')
    .option('--owner <identity>', 'whose books', id)
    .option('--as-of <day>', 'at the end of a day', day)
    .addOption(csvOption())
    .addHelpText('after', '\nExamples:\n  $ mutuo ledger balance\n  $ mutuo ledger balance --as-of 2026-12-31 --csv')
    .action(async ({ csv, ...options }: { owner?: string; asOf?: string; csv?: boolean }, command: Command) => {
      const session = sessionOf(command)
      const answer = await session.withNode((node) => node.ask('ledger.trialBalance', given(options)))
      if (csv) return printTable(session, 'ledger.trialBalance', answer, csv)
      session.print(answer, () =>
        [
          session.table(
            ['ACCOUNT', 'CLASS', 'BALANCE'],
            answer.accounts.map((of) => [of.account, of.class, session.money(of.balance, of.currency)]),
            'no accounts',
          ),
          session.table(
            ['', 'DEBIT', 'CREDIT'],
            answer.totals.map((of) => [
              `total ${answer.asOf}`,
              session.money(of.debit, of.currency),
              session.money(of.credit, of.currency),
            ]),
            'no totals',
          ),
        ].join('\n\n'),
      )
    })

  ledger
    .command('journal')
    .description('Entries in order, each with the record that caused it')
    .option('--owner <identity>', 'whose books', id)
    .option('--loan <id>', 'of one loan', id)
    .option('--limit <count>', 'at most so many', wholeNumber(1, 200))
    .option('--cursor <cursor>', 'go on where a page ended')
    .addHelpText('after', '\nExamples:\n  $ mutuo ledger journal --loan ID')
    .action(async (options: PageOptions & { owner?: string; loan?: string }, command: Command) => {
      const session = sessionOf(command)
      const page = await session.withNode((node) => node.ask('ledger.journal', given(options)))
      session.print(
        page,
        () =>
          session.table(
            ['DATE', 'DESCRIPTION', 'ACCOUNT', 'DEBIT', 'CREDIT', 'RECORD'],
            page.items.flatMap((entry) =>
              entry.postings.map((posting, index) => [
                index === 0 ? entry.valueDate : '',
                index === 0 ? entry.description : '',
                posting.account,
                posting.debit === 0 ? '' : session.money(posting.debit, posting.currency),
                posting.credit === 0 ? '' : session.money(posting.credit, posting.currency),
                index === 0 ? entry.record : '',
              ]),
            ),
            'no entries',
          ) + session.more(page.next),
      )
    })

  ledger
    .command('statement')
    .description('One account: its movements and the running balance, in minor units')
    .argument('<account>', 'as `ledger balance` names it')
    .option('--limit <count>', 'at most so many', wholeNumber(1, 200))
    .option('--cursor <cursor>', 'go on where a page ended')
    .addHelpText('after', '\nExamples:\n  $ mutuo ledger statement ACCOUNT')
    .action(async (account: string, options: PageOptions, command: Command) => {
      const session = sessionOf(command)
      const page = await session.withNode((node) => node.ask('ledger.statement', { account, ...given(options) }))
      session.print(
        page,
        () =>
          session.table(
            ['DATE', 'DESCRIPTION', 'DEBIT', 'CREDIT', 'BALANCE', 'RECORD'],
            page.items.map((line) => [
              line.valueDate,
              line.description,
              line.debit,
              line.credit,
              line.balance,
              line.record,
            ]),
            'no movements',
          ) + session.more(page.next),
      )
    })

  addLedgerExplanations(ledger, sessionOf)
}
