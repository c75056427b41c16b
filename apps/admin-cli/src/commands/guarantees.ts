/** `mutuo guarantee`: who stands in for whose loans, what was called, and what groups owe. */
import { type Command, Option } from 'commander'
import type { GuaranteeStatus, GuaranteeView, GroupView } from '#libs/messages'
import type { NodeConnection } from '../node-connection.js'
import { amountIn, day, given, id, type PageOptions, wholeNumber } from '../options.js'
import type { Session, SessionOf } from '../session.js'
import { currencyOfLoan } from './currency.js'

const STATUSES: readonly GuaranteeStatus[] = ['asked', 'signed', 'inForce', 'called', 'ended']

interface ListOptions extends PageOptions {
  loan?: string
  side?: 'guarantor' | 'borrower' | 'lender'
  status?: GuaranteeStatus
}

interface SignOptions {
  cap?: string
  covers?: 'all' | 'principal'
  until?: string
  note?: string
}

export function addGuaranteeCommands(program: Command, sessionOf: SessionOf): void {
  const guarantee = program.command('guarantee').description('Who stands in for whose loans')

  const show = async (command: Command, ask: (node: NodeConnection) => Promise<GuaranteeView>): Promise<void> => {
    const session = sessionOf(command)
    const view = await session.withNode(ask)
    session.print(view, () => guaranteeText(session, view))
  }

  guarantee
    .command('list')
    .description('Guarantees that were given or are asked for, newest first')
    .option('--loan <id>', 'of one loan', id)
    .addOption(new Option('--side <side>', 'as which of the three').choices(['guarantor', 'borrower', 'lender']))
    .addOption(new Option('--status <status>', 'only those').choices(STATUSES))
    .option('--limit <count>', 'at most so many', wholeNumber(1, 200))
    .option('--cursor <cursor>', 'go on where a page ended')
    .addHelpText('after', '\nExamples:\n  $ mutuo guarantee list --side guarantor --status called')
    .action(async (options: ListOptions, command: Command) => {
      const session = sessionOf(command)
      const page = await session.withNode((node) => node.ask('guarantees.list', given(options)))
      session.print(
        page,
        () =>
          session.table(
            ['GUARANTEE', 'STATUS', 'CAP', 'CALLED', 'PAID', 'OWED BACK', 'GUARANTOR', 'BORROWER', 'LOAN'],
            page.items.map((of) => [
              of.id,
              of.status,
              session.money(of.id === null ? of.asked! : of.cap, of.currency),
              ...[of.called, of.paid, of.owed].map((amount) => session.money(amount, of.currency)),
              of.guarantorAlias ?? of.guarantor,
              of.borrowerAlias ?? of.borrower,
              of.loan,
            ]),
            'no guarantees',
          ) + session.more(page.next),
      )
    })

  guarantee
    .command('show')
    .description('A guarantee, its calls and payments')
    .argument('<guarantee>', 'as `guarantee list` names it', id)
    .addHelpText('after', '\nExamples:\n  $ mutuo guarantee show GUARANTEE')
    .action((of: string, _options: object, command: Command) =>
      show(command, (node) => node.ask('guarantees.show', { guarantee: of })),
    )

  guarantee
    .command('sign')
    .description("Stand in for a loan with this node's identity, up to a cap")
    .argument('<loan>', 'the loan', id)
    .option('--cap <amount>', 'the most that may be called, as 500.00; otherwise as much as the agreement asks for')
    .addOption(new Option('--covers <what>', 'what of the debt').choices(['all', 'principal']).default('all'))
    .option('--until <day>', 'the last day on which it may be called; otherwise as long as something is owed', day)
    .option('--note <text>', 'what both sides should know')
    .addHelpText('after', '\nExamples:\n  $ mutuo guarantee sign LOAN --cap 500.00')
    .action((loan: string, { cap, ...options }: SignOptions, command: Command) =>
      show(command, async (node) => {
        const minor = cap === undefined ? undefined : amountIn(command, cap, await currencyOfLoan(node, loan))
        return node.ask('guarantees.sign', { loan, ...given({ cap: minor, ...options }) })
      }),
    )

  guarantee
    .command('call')
    .description('Lender: ask the guarantor of a loan in default for an amount')
    .argument('<guarantee>', 'as `guarantee list` names it', id)
    .option('--amount <amount>', 'how much, as 500.00; otherwise as much as may be called')
    .option('--for-note <name>', 'of several notes, which')
    .requiredOption('--reason <text>', 'why; the guarantor reads it')
    .addHelpText('after', '\nExamples:\n  $ mutuo guarantee call GUARANTEE --reason "two months without a payment"')
    .action(
      (
        of: string,
        { amount, forNote, reason }: { amount?: string; forNote?: string; reason: string },
        command: Command,
      ) =>
        show(command, async (node) => {
          const { currency } = await node.ask('guarantees.show', { guarantee: of })
          const minor = amount === undefined ? undefined : amountIn(command, amount, currency)
          return node.ask('guarantees.call', { guarantee: of, reason, ...given({ amount: minor, note: forNote }) })
        }),
    )

  guarantee
    .command('callable')
    .description('What may be called of each guarantor of a loan now, and what is fair')
    .argument('<loan>', 'the loan', id)
    .addHelpText('after', '\nExamples:\n  $ mutuo guarantee callable LOAN')
    .action(async (loan: string, _options: object, command: Command) => {
      const session = sessionOf(command)
      const answer = await session.withNode((node) => node.ask('guarantees.callable', { loan }))
      const amount = (minor: number): string => session.money(minor, answer.owed.currency)
      session.print(answer, () =>
        session.table(
          ['GUARANTEE', 'CALLABLE', 'FAIR SHARE', 'GUARANTOR'],
          answer.items.map((of) => [of.guarantee, amount(of.callable), amount(of.fairShare), of.guarantor]),
          'no guarantees',
        ),
      )
    })

  guarantee
    .command('group')
    .description('People who guarantee each other: who owes what')
    .argument('<group>', 'as `guarantee show` names it', id)
    .addHelpText('after', '\nExamples:\n  $ mutuo guarantee group GROUP')
    .action(async (group: string, _options: object, command: Command) => {
      const session = sessionOf(command)
      const answer = await session.withNode((node) => node.ask('guarantees.group', { group }))
      session.print(answer, () => answer.items.map((of) => groupText(session, of)).join('\n\n'))
    })
}

function guaranteeText(session: Session, view: GuaranteeView): string {
  const amount = (minor: number): string => session.money(minor, view.currency)
  const facts = session.pairs([
    ['guarantee', view.id],
    ['status', view.status],
    ['loan', view.loan],
    ['guarantor', view.guarantorAlias ?? view.guarantor],
    ['borrower', view.borrowerAlias ?? view.borrower],
    ['cap', `${amount(view.cap)}, of ${view.covers === 'all' ? 'all that is owed' : 'principal'}`],
    ['until', view.until ?? 'as long as something is owed'],
    ['called, paid', `${amount(view.called)}, ${amount(view.paid)}`],
    ['owed by the borrower', `${amount(view.owed)}, ${amount(view.recovered)} paid back`],
    ['group', view.group],
  ])
  const calls = session.table(
    ['CALL', 'AMOUNT', 'PAID', 'BY', 'REASON'],
    view.calls.map((call) => [call.id, amount(call.amount), amount(call.paid), call.by, call.reason]),
    'not called',
  )
  return `${facts}\n\n${calls}`
}

function groupText(session: Session, { currency, members, loans }: GroupView): string {
  const amount = (minor: number): string => session.money(minor, currency)
  const people = session.table(
    ['MEMBER', 'OWES', 'OVERDUE', 'ANSWERS FOR', 'FAIR SHARE', 'OWED BY OTHERS', 'OWES OTHERS'],
    members.map(({ identity, alias, owes, overdue, answersFor, fairShare, owedByOthers, owesOthers }) => [
      alias ?? identity,
      ...[owes, overdue, answersFor, fairShare, owedByOthers, owesOthers].map(amount),
    ]),
    'nobody',
  )
  const owed = session.table(
    ['LOAN', 'STATUS', 'OUTSTANDING', 'DAYS LATE', 'BORROWER'],
    loans.map((of) => [of.loan, of.status, amount(of.outstanding), of.daysPastDue, of.borrower]),
    'no loans',
  )
  return `${people}\n\n${owed}`
}
