/** `mutuo dispute`: what is said to be wrong with a loan, and what its arbiter rules. */
import { type Command, Option } from 'commander'
import type { DisputeOutcome, DisputeView } from '#libs/messages'
import { instant } from '../format.js'
import type { NodeConnection } from '../node-connection.js'
import { amountIn, day, given, id, type PageOptions, wholeNumber } from '../options.js'
import type { Session, SessionOf } from '../session.js'
import { currencyOfLoan } from './currency.js'

const OUTCOMES = [
  ...(['dismissed', 'establishPayment', 'acceptReversal', 'waiveCharge', 'upholdCancellation'] as const),
  ...(['annulCancellation', 'upholdDefault', 'annulDefault', 'award'] as const),
]

interface ResolveOptions {
  outcome: DisputeOutcome['type']
  record?: string
  amount?: string
  receivedOn?: string
  to?: 'borrower' | 'lender'
  forNote?: string
  reason: string
}

export function addDisputeCommands(program: Command, sessionOf: SessionOf): void {
  const dispute = program.command('dispute').description('Disputes about loans, and the rulings of their arbiters')

  const show = async (command: Command, ask: (node: NodeConnection) => Promise<DisputeView>): Promise<void> => {
    const session = sessionOf(command)
    const view = await session.withNode(ask)
    session.print(view, () => disputeText(session, view))
  }

  dispute
    .command('list')
    .description('Disputes, newest first')
    .option('--loan <id>', 'about one loan', id)
    .addOption(new Option('--status <status>', 'only those').choices(['open', 'resolved']))
    .option('--limit <count>', 'at most so many', wholeNumber(1, 200))
    .option('--cursor <cursor>', 'go on where a page ended')
    .addHelpText('after', '\nExamples:\n  $ mutuo dispute list --status open')
    .action(async (options: PageOptions & { loan?: string; status?: DisputeView['status'] }, command: Command) => {
      const session = sessionOf(command)
      const page = await session.withNode((node) => node.ask('disputes.list', given(options)))
      session.print(
        page,
        () =>
          session.table(
            ['DISPUTE', 'STATUS', 'ABOUT', 'OPENED', 'BY', 'RULING', 'TEXT', 'LOAN'],
            page.items.map((of) => [
              ...[of.id, of.status, of.aboutKind, instant(of.openedAtMs), of.byAlias ?? of.by],
              ...[of.ruling?.outcome.type ?? null, of.text, of.loan],
            ]),
            'no disputes',
          ) + session.more(page.next),
      )
    })

  dispute
    .command('show')
    .description('A dispute, what was answered, and the ruling')
    .argument('<dispute>', 'as `dispute list` names it', id)
    .addHelpText('after', '\nExamples:\n  $ mutuo dispute show DISPUTE')
    .action((of: string, _options: object, command: Command) =>
      show(command, (node) => node.ask('disputes.show', { dispute: of })),
    )

  dispute
    .command('open')
    .description('Say that a record of a loan is wrong')
    .argument('<loan>', 'the loan', id)
    .argument('<record>', 'as `loan history` names it', id)
    .requiredOption('--text <text>', 'what is wrong with it')
    .addHelpText('after', '\nExamples:\n  $ mutuo dispute open LOAN RECORD --text "it was paid in cash"')
    .action((loan: string, about: string, { text }: { text: string }, command: Command) =>
      show(command, (node) => node.ask('disputes.open', { loan, about, text })),
    )

  dispute
    .command('answer')
    .description('Give the other side of it')
    .argument('<dispute>', 'as `dispute list` names it', id)
    .requiredOption('--text <text>', 'what is to be said')
    .addHelpText('after', '\nExamples:\n  $ mutuo dispute answer DISPUTE --text "nothing came"')
    .action((of: string, { text }: { text: string }, command: Command) =>
      show(command, (node) => node.ask('disputes.answer', { dispute: of, text })),
    )

  dispute
    .command('resolve')
    .description('Arbiter: rule')
    .argument('<dispute>', 'as `dispute list` names it', id)
    .addOption(new Option('--outcome <outcome>', 'what the ruling does').choices(OUTCOMES).makeOptionMandatory())
    .option('--record <id>', 'the payment, reversal, charge, cancellation or default; otherwise what is disputed', id)
    .option('--amount <amount>', 'establishPayment, award: how much, as 12.50')
    .option('--received-on <day>', 'establishPayment: when it came', day)
    .addOption(new Option('--to <side>', 'award: to whom').choices(['borrower', 'lender']))
    .option('--for-note <name>', 'award: of several notes, which')
    .requiredOption('--reason <text>', 'why; all sides read it')
    .addHelpText('after', '\nExamples:\n  $ mutuo dispute resolve DISPUTE --outcome waiveCharge --reason "never sent"')
    .action((of: string, options: ResolveOptions, command: Command) =>
      show(command, async (node) => {
        const { loan, about } = await node.ask('disputes.show', { dispute: of })
        const outcome = outcomeOf(command, options, about, await currencyOfLoan(node, loan))
        return node.ask('disputes.resolve', { dispute: of, outcome, reason: options.reason })
      }),
    )
}

/** Ends with wrong usage when something is missing that the outcome needs. */
function outcomeOf(command: Command, options: ResolveOptions, about: string, currency: string): DisputeOutcome {
  const { outcome: type, record = about, amount, receivedOn, to, forNote } = options
  const needed = <T>(value: T | undefined, name: string): T =>
    value === undefined ? command.error(`error: ${type} needs --${name}`) : value
  const minor = (): number => amountIn(command, needed(amount, 'amount'), currency)
  switch (type) {
    case 'dismissed':
      return { type }
    case 'establishPayment':
      return { type, record, amount: minor(), receivedOn: needed(receivedOn, 'received-on') }
    case 'award':
      return { type, to: needed(to, 'to'), amount: minor(), ...given({ note: forNote }) }
    default:
      return { type, record }
  }
}

function disputeText(session: Session, view: DisputeView): string {
  const { ruling } = view
  const facts = session.pairs([
    ['dispute', view.id],
    ['status', view.status],
    ['loan', view.loan],
    ['about', `${view.aboutKind} ${view.about}`],
    ['opened', `${instant(view.openedAtMs)} by ${view.byAlias ?? view.by}`],
    ['text', view.text],
    ['arbiter', view.arbiter],
    ['ruling', ruling && `${ruling.outcome.type}: ${ruling.reason}`],
    ['without effect', ruling?.withoutEffect ?? null],
  ])
  const answers = view.answers.map(({ by, text, atMs }) => `${instant(atMs)} ${by}\n  ${text}`)
  return [facts, ...answers].join('\n\n')
}
