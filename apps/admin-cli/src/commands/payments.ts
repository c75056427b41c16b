/** `mutuo payment`: money that was sent, confirmed, refused, taken back, or established by the arbiter. */
import type { Command } from 'commander'
import { Option } from 'commander'
import type { PaymentView, Rail } from '#libs/messages'
import type { NodeConnection } from '../node-connection.js'
import { amountIn, day, given, id, type PageOptions, wholeNumber } from '../options.js'
import type { Session, SessionOf } from '../session.js'
import { currencyOfLoan, currencyOfPayment } from './currency.js'

const RAILS: readonly Rail[] = ['bank', 'mobile-money', 'cash', 'bitcoin', 'other']
const STATUSES: readonly PaymentView['status'][] = ['sent', 'confirmed', 'refused', 'established', 'reversed']

export function addPaymentCommands(program: Command, sessionOf: SessionOf): void {
  const payment = program.command('payment').description('Payments of loans: what was sent, and what became of it')

  const show = async (command: Command, ask: (node: NodeConnection) => Promise<PaymentView>): Promise<void> => {
    const session = sessionOf(command)
    const view = await session.withNode(ask)
    session.print(view, () => paymentText(session, view))
  }

  payment
    .command('list')
    .description('Payments, newest first')
    .option('--loan <id>', 'of one loan', id)
    .addOption(new Option('--status <status>', 'only those').choices(STATUSES))
    .option('--limit <count>', 'at most so many', wholeNumber(1, 200))
    .option('--cursor <cursor>', 'go on where a page ended')
    .addHelpText('after', '\nExamples:\n  $ mutuo payment list --status sent\n  $ mutuo payment list --loan ID --json')
    .action(async (options: PageOptions & { loan?: string; status?: PaymentView['status'] }, command: Command) => {
      const session = sessionOf(command)
      const page = await session.withNode((node) => node.ask('payments.list', given(options)))
      session.print(
        page,
        () =>
          session.table(
            ['PAYMENT', 'VALUE DATE', 'PURPOSE', 'STATUS', 'SAID', 'CONFIRMED', 'RAIL', 'REFERENCE', 'LOAN'],
            page.items.map((item) => [
              item.id,
              item.valueDate,
              item.purpose,
              item.status,
              session.money(item.amount.amount, item.amount.currency),
              item.confirmedAmount === null ? null : session.money(item.confirmedAmount, item.amount.currency),
              item.rail,
              item.reference,
              item.loan,
            ]),
            'no payments',
          ) + session.more(page.next),
      )
    })

  payment
    .command('send')
    .description('Payer: say that money was sent')
    .argument('<loan>', 'the loan', id)
    .argument('<amount>', 'how much, as 12.50')
    .addOption(new Option('--rail <rail>', 'by what way').choices(RAILS).default('bank'))
    .option('--value-date <day>', 'the day of the transfer; today otherwise', day)
    .option('--reference <text>', 'of the transfer')
    .option('--call <id>', 'guarantor: the call that it answers', id)
    .option('--guarantee <id>', 'borrower: the guarantee under which a guarantor is paid back', id)
    .option('--settles', 'meant to settle the loan, with the amount of `loan settlement`')
    .option('--for-note <name>', 'which note it is for, where each is paid on its own')
    .option('--pass-on', 'who collected for the owner of the note passes it on')
    .addHelpText(
      'after',
      '\nExamples:\n  $ mutuo payment send LOAN 120.50 --reference RF18…\n  $ mutuo payment send LOAN 23.10 --for-note 2.1 --pass-on',
    )
    .action(
      (
        loan: string,
        amount: string,
        options: {
          rail: Rail
          valueDate?: string
          reference?: string
          call?: string
          guarantee?: string
          settles?: boolean
          forNote?: string
          passOn?: boolean
        },
        command: Command,
      ) =>
        show(command, async (node) => {
          const minor = amountIn(command, amount, await currencyOfLoan(node, loan))
          const { forNote, ...said } = options
          const note = forNote === undefined ? {} : { note: forNote }
          return node.ask('payments.send', { loan, amount: minor, ...given(said), ...note })
        }),
    )

  payment
    .command('confirm')
    .description('Payee: confirm that a payment arrived')
    .argument('<payment>', 'as `payment list` names it', id)
    .argument('<amount>', 'what arrived, as 12.50')
    .option('--received-on <day>', 'when; today otherwise', day)
    .addHelpText('after', '\nExamples:\n  $ mutuo payment confirm PAYMENT 120.50')
    .action((of: string, amount: string, options: { receivedOn?: string }, command: Command) =>
      show(command, async (node) => {
        const minor = amountIn(command, amount, await currencyOfPayment(node, of))
        return node.ask('payments.confirm', { payment: of, amount: minor, ...given(options) })
      }),
    )

  const reasoned = (name: string, description: string, example: string): Command =>
    payment
      .command(name)
      .description(description)
      .argument('<payment>', 'as `payment list` names it', id)
      .requiredOption('--reason <text>', 'why; both sides read it')
      .addHelpText('after', `\nExamples:\n  $ mutuo payment ${name} ${example}`)

  reasoned('refuse', 'Payee: say that a payment did not arrive', 'PAYMENT --reason "nothing came"').action(
    (of: string, { reason }: { reason: string }, command: Command) =>
      show(command, (node) => node.ask('payments.refuse', { payment: of, reason })),
  )

  reasoned(
    'reverse',
    'Payee: take a confirmation back; it counts once the payer accepts',
    'PAYMENT --reason "returned by the bank"',
  )
    .option('--amount <amount>', 'so much of it is owed again; otherwise as if it had never been paid')
    .action((of: string, { reason, amount }: { reason: string; amount?: string }, command: Command) =>
      show(command, async (node) => {
        const minor = amount === undefined ? undefined : amountIn(command, amount, await currencyOfPayment(node, of))
        return node.ask('payments.reverse', { payment: of, reason, ...given({ amount: minor }) })
      }),
    )

  payment
    .command('accept-reversal')
    .description('Payer or arbiter: accept that a payment was taken back')
    .argument('<reversal>', 'as `loan show` lists it', id)
    .addHelpText('after', '\nExamples:\n  $ mutuo payment accept-reversal REVERSAL')
    .action((reversal: string, _options: object, command: Command) =>
      show(command, (node) => node.ask('payments.acceptReversal', { reversal })),
    )

  reasoned(
    'establish',
    'Arbiter: rule that an unanswered or refused payment did arrive',
    'PAYMENT 120.50 --received-on 2026-05-02 --reason "bank statement seen"',
  )
    .argument('<amount>', 'what arrived, as 12.50')
    .requiredOption('--received-on <day>', 'when', day)
    .action((of: string, amount: string, options: { receivedOn: string; reason: string }, command: Command) =>
      show(command, async (node) => {
        const minor = amountIn(command, amount, await currencyOfPayment(node, of))
        return node.ask('payments.establish', { payment: of, amount: minor, ...options })
      }),
    )

  payment
    .command('refund')
    .description('Lender: say that money paid beyond the debt was given back')
    .argument('<loan>', 'the loan', id)
    .argument('<amount>', 'how much, as 12.50')
    .option('--value-date <day>', 'when; today otherwise', day)
    .addHelpText('after', '\nExamples:\n  $ mutuo payment refund LOAN 3.20')
    .action(async (loan: string, amount: string, options: { valueDate?: string }, command: Command) => {
      const session = sessionOf(command)
      const answer = await session.withNode(async (node) => {
        const minor = amountIn(command, amount, await currencyOfLoan(node, loan))
        return node.ask('payments.refund', { loan, amount: minor, ...given(options) })
      })
      const { refunded, overpaid } = answer
      session.print(answer, () =>
        session.pairs([
          ['refunded', session.money(refunded.amount, refunded.currency)],
          ['still overpaid', session.money(overpaid, refunded.currency)],
        ]),
      )
    })
}

function paymentText(session: Session, view: PaymentView): string {
  const amount = (minor: number): string => session.money(minor, view.amount.currency)
  const { allocation, confirmedAmount } = view
  return session.pairs([
    ['payment', view.id],
    ['loan', view.loan],
    ['purpose', view.settles ? `${view.purpose}, to settle` : view.purpose],
    ['status', view.refusedBecause === null ? view.status : `${view.status}: ${view.refusedBecause}`],
    ['said', amount(view.amount.amount)],
    ['confirmed', confirmedAmount === null ? null : amount(confirmedAmount)],
    ['value date', view.valueDate],
    ['reference', view.reference],
    [
      'went to',
      allocation &&
        Object.entries(allocation)
          .map(([part, minor]) => `${part} ${amount(minor)}`)
          .join(', '),
    ],
    ['owed again', view.chargedBack === 0 ? null : amount(view.chargedBack)],
    ['reversal to accept', view.reversal],
  ])
}
