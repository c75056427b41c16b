/** `mutuo loan`: what a lender or a borrower does with a loan that runs. Each answers with the loan as it is then. */
import type { Command } from 'commander'
import { Option } from 'commander'
import type { CreditView, LoanChargeView, LoanView } from '#libs/messages'
import type { NodeConnection } from '../node-connection.js'
import { amountIn, day, given, id } from '../options.js'
import type { SessionOf } from '../session.js'
import { currencyOfLoan } from './currency.js'
import { loanText } from './loan-text.js'

interface LevyOptions {
  charge: LoanChargeView['charge']
  name?: string
  component?: LoanChargeView['component']
  amount?: string
  due?: string
  reason: string
}

/** The loan, and what else a command names. */
type Change = (
  node: NodeConnection,
  loan: string,
  amount: (text: string, currency: string) => number,
) => Promise<LoanView>

export function addServicingCommands(loan: Command, sessionOf: SessionOf): void {
  const reasoned = (name: string, description: string, example: string): Command =>
    loan
      .command(name)
      .description(description)
      .argument('<id>', 'the loan', id)
      .requiredOption('--reason <text>', 'why; both sides read it')
      .addHelpText('after', `\nExamples:\n  $ mutuo loan ${name} ${example}`)

  const show = async (command: Command, of: string, change: Change): Promise<void> => {
    const session = sessionOf(command)
    const view = await session.withNode((node) =>
      change(node, of, (text, currency) => amountIn(command, text, currency)),
    )
    session.print(view, () => loanText(session, view))
  }

  loan
    .command('settlement')
    .description('What settles a loan on a day, to the cent')
    .argument('<id>', 'the loan', id)
    .option('--on <day>', 'the value date of the money; today otherwise', day)
    .addHelpText('after', '\nExamples:\n  $ mutuo loan settlement ID\n  $ mutuo loan settlement ID --on 2026-12-31')
    .action(async (of: string, { on }: { on?: string }, command: Command) => {
      const session = sessionOf(command)
      const quote = await session.withNode((node) => node.ask('loans.settlement', { loan: of, ...given({ date: on }) }))
      const amount = (minor: number): string => session.money(minor, quote.currency)
      session.print(quote, () =>
        session.pairs([
          ['settles on', quote.date],
          ['total', amount(quote.total)],
          ['principal', amount(quote.principal)],
          ['interest', amount(quote.interest)],
          ['fees', amount(quote.fees)],
          ['of them for settling early', amount(quote.earlySettlementFee)],
          ['penalties', amount(quote.penalties)],
          ['holds until', quote.holdsUntil],
          ['saved by it', amount(quote.saved)],
        ]),
      )
    })

  loan
    .command('leviable')
    .description('What the terms let the lender charge on a day')
    .argument('<id>', 'the loan', id)
    .option('--on <day>', 'which; today otherwise', day)
    .addHelpText('after', '\nExamples:\n  $ mutuo loan leviable ID')
    .action(async (of: string, { on }: { on?: string }, command: Command) => {
      const session = sessionOf(command)
      const { view, currency } = await session.withNode(async (node) => ({
        currency: await currencyOfLoan(node, of),
        view: await node.ask('loans.leviable', { loan: of, ...given({ date: on }) }),
      }))
      session.print(view, () =>
        session.pairs([
          ['on', view.date],
          ['late fee', session.money(view.lateFee, currency)],
          ['penalty interest', session.money(view.penaltyInterest, currency)],
          ...view.events.map(({ name, amount }): [string, string] => [name, session.money(amount, currency)]),
        ]),
      )
    })

  reasoned('levy', 'Lender: charge what the terms allow', 'ID --charge lateFee --reason "instalment 3 is late"')
    .addOption(
      new Option('--charge <charge>', 'by which term')
        .choices(['lateFee', 'penaltyInterest', 'event'])
        .makeOptionMandatory(),
    )
    .option('--name <name>', 'which charge on an event, by its name in the agreement')
    .addOption(new Option('--component <component>', 'what it counts as').choices(['fee', 'penalty']))
    .option('--amount <amount>', 'less than the terms allow, as 12.50')
    .option('--due <day>', 'when it is due; today otherwise', day)
    .action((of: string, { amount, ...options }: LevyOptions, command: Command) =>
      show(command, of, async (node, on, minor) => {
        const levied = amount === undefined ? undefined : minor(amount, await currencyOfLoan(node, on))
        return node.ask('loans.levyCharge', { loan: on, ...given({ ...options, amount: levied }) })
      }),
    )

  reasoned('waive', 'Lender: what is unpaid of a charge is no longer owed', 'ID CHARGE --reason "goodwill"')
    .argument('<charge>', 'as `loan show` lists it', id)
    .action((of: string, charge: string, { reason }: { reason: string }, command: Command) =>
      show(command, of, (node, on) => node.ask('loans.waiveCharge', { loan: on, charge, reason })),
    )

  reasoned('adjust', 'Lender: credit an amount against a charge', 'ID CHARGE --amount 2.50 --reason "too much"')
    .argument('<charge>', 'as `loan show` lists it', id)
    .requiredOption('--amount <amount>', 'how much, as 12.50')
    .action((of: string, charge: string, { amount, reason }: { amount: string; reason: string }, command: Command) =>
      show(command, of, async (node, on, minor) => {
        const credited = minor(amount, await currencyOfLoan(node, on))
        return node.ask('loans.adjustCharge', { loan: on, charge, amount: credited, reason })
      }),
    )

  reasoned('credit', 'Lender: credit an amount without money', 'ID --kind goodwill --amount 20 --reason "bad winter"')
    .addOption(
      new Option('--kind <kind>', 'of which kind')
        .choices(['goodwill', 'merchantRefund', 'payoutRefund'])
        .makeOptionMandatory(),
    )
    .requiredOption('--amount <amount>', 'how much, as 12.50')
    .option('--date <day>', 'from when it counts; today otherwise', day)
    .action(
      (
        of: string,
        { kind, amount, ...rest }: { kind: CreditView['credit']; amount: string; date?: string; reason: string },
        command: Command,
      ) =>
        show(command, of, async (node, on, minor) => {
          const credited = minor(amount, await currencyOfLoan(node, on))
          return node.ask('loans.grantCredit', { loan: on, credit: kind, amount: credited, ...given(rest) })
        }),
    )

  reasoned(
    'default',
    'Lender: declare default of a loan that is late enough',
    'ID --reason "120 days without a word"',
  ).action((of: string, { reason }: { reason: string }, command: Command) =>
    show(command, of, (node, on) => node.ask('loans.declareDefault', { loan: on, reason })),
  )

  reasoned('write-off', 'Lender: a loss in its own books; the debt remains', 'ID --reason "gone abroad"').action(
    (of: string, { reason }: { reason: string }, command: Command) =>
      show(command, of, (node, on) => node.ask('loans.writeOff', { loan: on, reason })),
  )

  loan
    .command('cancel')
    .description('Borrower: withdraw within the cooling-off days')
    .argument('<id>', 'the loan', id)
    .option('--reason <text>', 'why, if you want to say')
    .addHelpText('after', '\nExamples:\n  $ mutuo loan cancel ID')
    .action((of: string, { reason }: { reason?: string }, command: Command) =>
      show(command, of, (node, on) => node.ask('loans.cancel', { loan: on, ...given({ reason }) })),
    )

  reasoned(
    'contest-cancellation',
    'Lender: say that the borrower withdrew too late; all see it',
    'ID --reason "certified on day 16"',
  ).action((of: string, { reason }: { reason: string }, command: Command) =>
    show(command, of, (node, on) => node.ask('loans.contestCancellation', { loan: on, reason })),
  )
}
