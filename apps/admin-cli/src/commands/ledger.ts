/** `mutuo ledger`: the books that follow from records. */
import type { Command } from 'commander'
import { day, given, id, type PageOptions, wholeNumber } from '../options.js'
import type { SessionOf } from '../session.js'
import { addLedgerExplanations } from './explain.js'
import { csvOption, printTable } from './reports.js'

export function addLedgerCommands(program: Command, sessionOf: SessionOf): void {
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
