/** `mutuo loan restructure …`: changes of a loan's table, asked for by one side and in force once both have signed. */
import type { Command } from 'commander'
import { Option } from 'commander'
import type { ChangedRow, LoanChange } from '#libs/messages'
import { day, given, id, period, wholeNumber } from '../options.js'
import type { Session, SessionOf } from '../session.js'
import { currencyOfLoan } from './currency.js'
import { loanText } from './loan-text.js'

const TYPES = ['reschedule', 'reamortise', 'reage', 'interestPause'] as const

interface ChangeOptions {
  type: LoanChange['type']
  effectiveOn?: string
  from?: string
  to?: string
  newDueDate?: string
  principalGraceInstalments?: number
  extraInstalments?: number
  annualRatePpm?: number
  firstDue?: string
  every?: { count: number; unit: 'day' | 'week' | 'month' }
  instalments?: number
}

export function addRestructuringCommands(loan: Command, sessionOf: SessionOf): void {
  const change = loan.command('restructure').description('Change the table of a loan, by both signatures')

  changing(change, 'preview', 'The table that a change would make')
    .addHelpText('after', '\nExamples:\n  $ mutuo loan restructure preview ID --type reamortise')
    .action(async (of: string, { effectiveOn, ...options }: ChangeOptions, command: Command) => {
      const session = sessionOf(command)
      const { answer, currency } = await session.withNode(async (node) => ({
        currency: await currencyOfLoan(node, of),
        answer: await node.ask('loans.previewChange', {
          loan: of,
          change: changeOf(options),
          ...given({ effectiveOn }),
        }),
      }))
      session.print(answer, () => {
        const amount = (minor: number): string => session.money(minor, currency)
        const facts = session.pairs([
          ['effective on', answer.effectiveOn],
          ['outstanding', `${amount(answer.outstandingBefore)} now, ${amount(answer.outstandingAfter)} after it`],
        ])
        return [facts, rowsText(session, answer.before, currency), rowsText(session, answer.after, currency)].join(
          '\n\n',
        )
      })
    })

  changing(change, 'propose', 'Ask the other side for a change; asking is signing')
    .requiredOption('--reason <text>', 'why; both sides read it')
    .option('--expires-in-hours <count>', 'until when it can be signed; 168 otherwise', wholeNumber(1, 720))
    .addHelpText(
      'after',
      '\nExamples:\n  $ mutuo loan restructure propose ID --type reschedule --from 2026-05-01 --extra-instalments 3 --reason hardship\n' +
        '  $ mutuo loan restructure propose ID --type reage --first-due 2026-06-01 --every 1month --instalments 12 --reason hardship\n' +
        '  $ mutuo loan restructure propose ID --type interestPause --from 2026-05-01 --to 2026-07-01 --reason flood',
    )
    .action(
      async (
        of: string,
        {
          effectiveOn,
          reason,
          expiresInHours,
          ...options
        }: ChangeOptions & { reason: string; expiresInHours?: number },
        command: Command,
      ) => {
        const session = sessionOf(command)
        const request = { loan: of, change: changeOf(options), reason, ...given({ effectiveOn, expiresInHours }) }
        const view = await session.withNode((node) => node.ask('loans.proposeChange', request))
        session.print(view, () => loanText(session, view))
      },
    )

  change
    .command('sign')
    .description('Sign a change that the other side asked for: its table is what will be owed')
    .argument('<id>', 'the loan', id)
    .argument('<restructuring>', 'as `loan show` lists it', id)
    .addHelpText('after', '\nExamples:\n  $ mutuo loan restructure sign ID RESTRUCTURING')
    .action(async (of: string, signed: string, _options: object, command: Command) => {
      const session = sessionOf(command)
      const view = await session.withNode((node) => node.ask('loans.signChange', { loan: of, change: signed }))
      session.print(view, () => loanText(session, view))
    })

  change
    .command('decline')
    .description('Decline a change that the other side asked for')
    .argument('<id>', 'the loan', id)
    .argument('<restructuring>', 'as `loan show` lists it', id)
    .requiredOption('--reason <text>', 'why; both sides read it')
    .addHelpText('after', '\nExamples:\n  $ mutuo loan restructure decline ID RESTRUCTURING --reason "too long"')
    .action(async (of: string, declined: string, { reason }: { reason: string }, command: Command) => {
      const session = sessionOf(command)
      const request = { loan: of, change: declined, reason }
      const view = await session.withNode((node) => node.ask('loans.declineChange', request))
      session.print(view, () => loanText(session, view))
    })
}

function changing(change: Command, name: string, description: string): Command {
  return change
    .command(name)
    .description(description)
    .argument('<id>', 'the loan', id)
    .addOption(new Option('--type <type>', 'of which kind').choices(TYPES).makeOptionMandatory())
    .option('--effective-on <day>', 'from when; today otherwise', day)
    .option('--from <day>', 'reschedule: the instalment that it begins with; interestPause: the first day', day)
    .option('--to <day>', 'interestPause: when interest runs again', day)
    .option('--new-due-date <day>', 'reschedule: when that instalment is due instead', day)
    .option('--principal-grace-instalments <count>', 'reschedule: so many without principal', wholeNumber(1, 600))
    .option('--extra-instalments <count>', 'reschedule: so many more', wholeNumber(1, 600))
    .option('--annual-rate-ppm <ppm>', 'reschedule: another rate, parts per million', wholeNumber(0, 10_000_000))
    .option('--first-due <day>', 'reage: when the first new instalment is due', day)
    .option('--every <period>', 'reage: from one to the next, as 1month or 2week', period)
    .option('--instalments <count>', 'reage: how many', wholeNumber(1, 600))
}

/** The node refuses a change whose members don't belong to its type. */
const changeOf = (options: Omit<ChangeOptions, 'effectiveOn'>): LoanChange => given(options) as LoanChange

function rowsText(session: Session, rows: readonly ChangedRow[], currency: string): string {
  const amount = (minor: number): string => session.money(minor, currency)
  return session.table(
    ['DUE', 'PRINCIPAL', 'INTEREST', 'FEES', 'TOTAL'],
    rows.map(([date, principal, interest, fees]) => [
      date,
      amount(principal),
      amount(interest),
      amount(fees),
      amount(principal + interest + fees),
    ]),
    'no instalments',
  )
}
