/** `mutuo bid`, `lending`: what lenders would lend of a request, and how much they may promise. */
import type { Command } from 'commander'
import { Option } from 'commander'
import type { BidView, PledgeView } from '#libs/messages'
import { instant, percent } from '../format.js'
import { amountIn, bidPart, day, given, id, type PageOptions, rate, wholeNumber } from '../options.js'
import type { Session, SessionOf } from '../session.js'
import { loanText } from './loan-text.js'

const HOUR_MS = 3_600_000
const STATUSES = ['open', 'withdrawn', 'expired', 'taken', 'agreed'] as const

interface ListOptions extends PageOptions {
  side: 'lender' | 'borrower'
  request?: string
  status?: (typeof STATUSES)[number]
}

export function addBidCommands(program: Command, sessionOf: SessionOf): void {
  const bid = program.command('bid').description('Bids of lenders on requests')

  bid
    .command('list')
    .description('Bids, newest first')
    .addOption(
      new Option('--side <side>', 'as who lends or who borrows').choices(['lender', 'borrower']).default('lender'),
    )
    .option('--request <id>', 'only those on this request', id)
    .addOption(new Option('--status <status>', 'only those').choices(STATUSES))
    .option('--limit <count>', 'at most so many', wholeNumber(1, 200))
    .option('--cursor <cursor>', 'go on where a page ended')
    .addHelpText('after', '\nExamples:\n  $ mutuo bid list --side borrower --request ID --status open')
    .action(async (options: ListOptions, command: Command) => {
      const session = sessionOf(command)
      const page = await session.withNode((node) => node.ask('bids.list', given(options)))
      session.print(
        page,
        () =>
          session.table(
            ['BID', 'STATUS', 'AMOUNT', 'AT LEAST', 'RATE', 'VALID UNTIL', 'LENDER', 'REQUEST', 'LOAN'],
            page.items.map((of) => [
              of.id,
              of.status,
              session.money(of.amount.amount, of.amount.currency),
              session.money(of.leastAmount, of.amount.currency),
              percent(of.ratePpm),
              instant(of.validUntilMs),
              of.lenderAlias ?? of.lender,
              of.request,
              of.loan,
            ]),
            'no bids',
          ) + session.more(page.next),
      )
    })

  bid
    .command('place')
    .description('Lender: bid on a request. Not binding: the signature under the agreement is')
    .argument('<request>', 'the request', id)
    .argument('<amount>', 'how much of it, as 500.00')
    .argument('<rate>', 'at which rate a year, percent, as 7.25', rate)
    .option('--at-least <amount>', 'take no smaller part; the whole otherwise')
    .option('--valid-hours <count>', 'for so long; 168 otherwise', wholeNumber(1, 8_784), 168)
    .addHelpText('after', '\nExamples:\n  $ mutuo bid place REQUEST 500 6.5 --at-least 100')
    .action(
      async (
        request: string,
        amount: string,
        ratePpm: number,
        options: { atLeast?: string; validHours: number },
        command: Command,
      ) => {
        const session = sessionOf(command)
        const view = await session.withNode(async (node) => {
          const { currency } = (await node.ask('requests.show', { request })).terms
          const { atLeast, validHours } = options
          const leastAmount = atLeast === undefined ? undefined : amountIn(command, atLeast, currency)
          const said = { request, ratePpm, validUntilMs: Date.now() + validHours * HOUR_MS }
          return node.ask('bids.place', {
            ...{ ...said, amount: amountIn(command, amount, currency) },
            ...given({ leastAmount }),
          })
        })
        session.print(view, () => bidText(session, view))
      },
    )

  bid
    .command('withdraw')
    .description('Lender: take a bid back')
    .argument('<id>', 'the bid', id)
    .addHelpText('after', '\nExamples:\n  $ mutuo bid withdraw ID')
    .action(async (of: string, _options: object, command: Command) => {
      const session = sessionOf(command)
      const view = await session.withNode((node) => node.ask('bids.withdraw', { bid: of }))
      session.print(view, () => bidText(session, view))
    })

  bid
    .command('take')
    .description('Borrower: propose the agreement of the cheapest set of bids, or of these, and sign it')
    .argument('<request>', 'the request', id)
    .option('--bid <id=amount...>', 'these parts of these bids instead, as ID=500.00')
    .option('--start-date <day>', 'when interest begins; today otherwise', day)
    .option('--first-due-date <day>', 'when the first instalment is due', day)
    .option('--expires-in-hours <count>', 'until when it can be signed; 72 otherwise', wholeNumber(1, 720))
    .addHelpText('after', '\nExamples:\n  $ mutuo request choose REQUEST\n  $ mutuo bid take REQUEST')
    .action(
      async (
        request: string,
        options: { bid?: string[]; startDate?: string; firstDueDate?: string; expiresInHours?: number },
        command: Command,
      ) => {
        const session = sessionOf(command)
        const view = await session.withNode(async (node) => {
          const { bid: named, ...said } = options
          const { currency } = (await node.ask('requests.show', { request })).terms
          const bids = named?.map((text) => bidPart(command, text, currency))
          return node.ask('requests.take', { request, ...given({ bids, ...said }) })
        })
        session.print(view, () => loanText(session, view))
      },
    )

  addLendingCommands(program, sessionOf)
}

function addLendingCommands(program: Command, sessionOf: SessionOf): void {
  const lending = program.command('lending').description("What this node's identity has promised to lend")

  lending
    .command('pledges')
    .description('Promised by signatures, bids and offers, and the limits')
    .addHelpText('after', '\nExamples:\n  $ mutuo lending pledges')
    .action(async (_options: object, command: Command) => {
      const session = sessionOf(command)
      const { items } = await session.withNode((node) => node.ask('lending.pledges', {}))
      session.print({ items }, () => pledgesText(session, items))
    })

  lending
    .command('limit')
    .description('How much may be promised in a currency; beyond it this node does not sign')
    .argument('<currency>', 'as EUR')
    .argument('<amount>', 'as 5000.00, or none')
    .addOption(
      new Option('--counts <what>', 'signatures alone, or offers and bids as well')
        .choices(['signed', 'promised'])
        .default('signed'),
    )
    .addHelpText('after', '\nExamples:\n  $ mutuo lending limit EUR 5000\n  $ mutuo lending limit EUR none')
    .action(
      async (currency: string, amount: string, { counts }: { counts: 'signed' | 'promised' }, command: Command) => {
        const session = sessionOf(command)
        const limit = amount === 'none' ? null : { amount: amountIn(command, amount, currency), counts }
        const view = await session.withNode((node) => node.ask('lending.setLimit', { currency, limit }))
        session.print(view, () => pledgesText(session, [view]))
      },
    )
}

function bidText(session: Session, view: BidView): string {
  const amount = (minor: number): string => session.money(minor, view.amount.currency)
  return session.pairs([
    ['bid', view.id],
    ['status', view.status],
    ['request', view.request],
    ['lender', view.lenderAlias === null ? view.lender : `${view.lender} (${view.lenderAlias})`],
    ['amount', `${amount(view.amount.amount)}, at least ${amount(view.leastAmount)}`],
    ['rate', `${percent(view.ratePpm)} a year`],
    ['valid until', instant(view.validUntilMs)],
    ['loan', view.loan],
    ['placed', instant(view.placedAtMs)],
  ])
}

function pledgesText(session: Session, items: readonly PledgeView[]): string {
  return session.table(
    ['CURRENCY', 'SIGNED', 'BIDS', 'OFFERS', 'LIMIT', 'COUNTS'],
    items.map(({ currency, signed, bids, offers, limit }) => [
      currency,
      ...[signed, bids, offers].map((minor) => session.money(minor, currency)),
      limit && session.money(limit.amount, currency),
      limit && limit.counts,
    ]),
    'nothing promised',
  )
}
