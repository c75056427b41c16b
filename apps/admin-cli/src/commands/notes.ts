/** `mutuo note`: who owns which share of which loan, and the market on which shares change hands. */
import type { Command } from 'commander'
import { Option } from 'commander'
import { InvalidArgumentError } from 'commander'
import type { NoteListingView, NoteView, Rail } from '#libs/messages'
import { percent } from '../format.js'
import type { NodeConnection } from '../node-connection.js'
import { amountIn, day, given, id, type PageOptions, wholeNumber } from '../options.js'
import type { Session, SessionOf } from '../session.js'
import { currencyOfLoan } from './currency.js'

const RAILS: readonly Rail[] = ['bank', 'mobile-money', 'cash', 'bitcoin', 'other']

export function addNoteCommands(program: Command, sessionOf: SessionOf): void {
  const note = program.command('note').description('Notes: shares of loans, their owners, and the market for them')

  const showNote = async (command: Command, ask: (node: NodeConnection) => Promise<NoteView>): Promise<void> => {
    const session = sessionOf(command)
    const view = await session.withNode(ask)
    session.print(view, () => noteText(session, view))
  }
  const showListing = async (
    command: Command,
    ask: (node: NodeConnection) => Promise<NoteListingView>,
  ): Promise<void> => {
    const session = sessionOf(command)
    const view = await session.withNode(ask)
    session.print(view, () => listingText(session, view))
  }

  note
    .command('list')
    .description("This node's notes, or all of one loan")
    .option('--loan <id>', 'all notes of this loan', id)
    .option('--as-of <day>', 'at the end of this day; today otherwise', day)
    .option('--limit <count>', 'at most so many loans', wholeNumber(1, 200))
    .option('--cursor <cursor>', 'go on where a page ended')
    .addHelpText('after', '\nExamples:\n  $ mutuo note list\n  $ mutuo note list --loan ID')
    .action(async (options: PageOptions & { loan?: string; asOf?: string }, command: Command) => {
      const session = sessionOf(command)
      const page = await session.withNode((node) => node.ask('notes.list', given(options)))
      session.print(
        page,
        () =>
          session.table(
            ['LOAN', 'NOTE', 'OWNER', 'PRINCIPAL', 'ACCRUED', 'OUTSTANDING', 'SALES', 'LISTED'],
            page.items.map((of) => [
              of.loan,
              of.note,
              of.ownerAlias ?? of.owner,
              session.money(of.principal, of.currency),
              session.money(of.accrued, of.currency),
              session.money(of.outstanding, of.currency),
              of.titles.length - 1,
              of.listing,
            ]),
            'no notes',
          ) + session.more(page.next),
      )
    })

  note
    .command('show')
    .alias('title')
    .description('A note with its rows, and its chain of title with the record and the finality of each link')
    .argument('<loan>', 'the loan', id)
    .argument('<note>', 'its name, as 2 or 2.1', noteName)
    .option('--as-of <day>', 'at the end of this day; today otherwise', day)
    .addHelpText('after', '\nExamples:\n  $ mutuo note show LOAN 2\n  $ mutuo note title LOAN 2.1')
    .action((loan: string, name: string, options: { asOf?: string }, command: Command) =>
      showNote(command, (node) => node.ask('notes.show', { loan, note: name, ...given(options) })),
    )

  note
    .command('market')
    .description('What is for sale, newest first')
    .option('--loan <id>', 'only of this loan', id)
    .option('--mine', 'only what this node sells')
    .option('--limit <count>', 'at most so many', wholeNumber(1, 200))
    .option('--cursor <cursor>', 'go on where a page ended')
    .addHelpText('after', '\nExamples:\n  $ mutuo note market')
    .action(async (options: PageOptions & { loan?: string; mine?: boolean }, command: Command) => {
      const session = sessionOf(command)
      const page = await session.withNode((node) => node.ask('notes.market', given(options)))
      session.print(
        page,
        () =>
          session.table(
            [
              'LISTING',
              'STATUS',
              'PRINCIPAL',
              'CLEAN',
              'ACCRUED',
              'PRICE',
              'YIELD',
              'LATE',
              'EXPOSURE',
              'FINAL',
              'NOTE',
            ],
            page.items.map((of) => [
              of.id,
              of.status,
              session.money(of.principal, of.currency),
              session.money(of.cleanPrice, of.currency),
              session.money(of.accrued, of.currency),
              session.money(of.price, of.currency),
              of.yieldPpm === null ? null : percent(of.yieldPpm),
              of.daysPastDue,
              session.money(of.exposure, of.currency),
              of.final ? 'yes' : 'no',
              `${of.loan} ${of.note}`,
            ]),
            'nothing for sale',
          ) + session.more(page.next),
      )
    })

  note
    .command('sell')
    .description(
      'Owner: offer a note, or a part of the principal owed on it, for a clean price; accrued interest comes on top',
    )
    .argument('<loan>', 'the loan', id)
    .argument('<note>', 'its name', noteName)
    .argument('<price>', 'for the principal alone, as 950.00')
    .option('--part <amount>', 'sell only so much of the principal')
    .option('--reason <text>', 'what buyers are told')
    .addHelpText('after', '\nExamples:\n  $ mutuo note sell LOAN 0 950.00\n  $ mutuo note sell LOAN 0 480 --part 500')
    .action(
      (
        loan: string,
        name: string,
        price: string,
        { part, ...options }: { part?: string; reason?: string },
        command: Command,
      ) =>
        showListing(command, async (node) => {
          const currency = await currencyOfLoan(node, loan)
          const cleanPrice = amountIn(command, price, currency)
          const sold = part === undefined ? {} : { part: amountIn(command, part, currency) }
          return node.ask('notes.sell', { loan, note: name, cleanPrice, ...sold, ...given(options) })
        }),
    )

  note
    .command('delist')
    .description('Owner: take a listing back')
    .argument('<listing>', 'the listing', id)
    .addHelpText('after', '\nExamples:\n  $ mutuo note delist LISTING')
    .action((listing: string, _options: object, command: Command) =>
      showListing(command, (node) => node.ask('notes.delist', { listing })),
    )

  note
    .command('buy')
    .description(
      'Buyer: order what is listed, at its price of the day. The title has to be final, unless you say otherwise',
    )
    .argument('<listing>', 'the listing', id)
    .option('--settle-on <day>', 'the last day for payment and transfer; today otherwise', day)
    .option('--accept-not-final', "although the seller's title is not final yet")
    .addHelpText('after', '\nExamples:\n  $ mutuo note buy LISTING --settle-on 2026-03-31\n  $ mutuo note pay ORDER')
    .action((listing: string, options: { settleOn?: string; acceptNotFinal?: boolean }, command: Command) =>
      showListing(command, (node) => node.ask('notes.order', { listing, ...given(options) })),
    )

  note
    .command('pay')
    .description('Buyer: say that the price of an order was sent')
    .argument('<order>', 'the order', id)
    .addOption(new Option('--rail <rail>', 'by what way').choices(RAILS).default('bank'))
    .addHelpText('after', '\nExamples:\n  $ mutuo note pay ORDER --rail mobile-money')
    .action(async (order: string, { rail }: { rail: Rail }, command: Command) => {
      const session = sessionOf(command)
      const view = await session.withNode((node) => node.ask('notes.pay', { order, rail }))
      session.print(view, () => `${session.money(view.amount.amount, view.amount.currency)} sent: payment ${view.id}`)
    })

  note
    .command('transfer')
    .description('Seller: confirm the price of an order, and give the title to the buyer')
    .argument('<order>', 'the order', id)
    .addHelpText('after', '\nExamples:\n  $ mutuo note transfer ORDER')
    .action((order: string, _options: object, command: Command) =>
      showNote(command, (node) => node.ask('notes.transfer', { order })),
    )

  note
    .command('lapse')
    .description('Seller: will not sell to an order')
    .argument('<order>', 'the order', id)
    .option('--reason <text>', 'why', '')
    .addHelpText('after', '\nExamples:\n  $ mutuo note lapse ORDER --reason "not paid in time"')
    .action((order: string, { reason }: { reason: string }, command: Command) =>
      showListing(command, (node) => node.ask('notes.lapse', { order, reason })),
    )
}

function noteName(text: string): string {
  if (!/^(0|[1-9][0-9]?)(\.[01])*$/.test(text)) throw new InvalidArgumentError('A note is named as 2 or 2.1.')
  return text
}

function noteText(session: Session, view: NoteView): string {
  const { currency } = view
  const facts = session.table(
    ['NOTE', 'OWNER', 'PRINCIPAL', 'ACCRUED', 'OUTSTANDING', 'AS OF'],
    [
      [
        `${view.loan} ${view.note}`,
        view.ownerAlias ?? view.owner,
        session.money(view.principal, currency),
        session.money(view.accrued, currency),
        session.money(view.outstanding, currency),
        view.asOf,
      ],
    ],
    '',
  )
  const titles = session.table(
    ['OWNER', 'SINCE THE END OF', 'FOR', 'RECORD', 'FINAL'],
    view.titles.map((of) => [
      of.ownerAlias ?? of.owner,
      of.after ?? 'the beginning',
      of.price === null ? null : session.money(of.price, currency),
      of.record,
      of.final ? 'yes' : 'no',
    ]),
    '',
  )
  const rows = session.table(
    ['DUE', 'PRINCIPAL', 'INTEREST', 'FEES'],
    view.rows.map(([due, ...cells]) => [due, ...cells.map((cell) => session.money(cell, currency))]),
    'nothing is open',
  )
  return `${facts}\n\n${titles}\n\n${rows}`
}

function listingText(session: Session, view: NoteListingView): string {
  const { currency } = view
  const listing = session.table(
    ['LISTING', 'STATUS', 'PRINCIPAL', 'CLEAN', 'ACCRUED', 'PRICE', 'YIELD', 'EXPOSURE'],
    [
      [
        view.id,
        view.status,
        session.money(view.principal, currency),
        session.money(view.cleanPrice, currency),
        session.money(view.accrued, currency),
        session.money(view.price, currency),
        view.yieldPpm === null ? null : percent(view.yieldPpm),
        session.money(view.exposure, currency),
      ],
    ],
    '',
  )
  const orders = session.table(
    ['ORDER', 'BUYER', 'PRICE', 'PAID', 'SETTLES BY', 'STATUS'],
    view.orders.map((of) => [
      of.id,
      of.buyerAlias ?? of.buyer,
      session.money(of.price, currency),
      session.money(of.paid, currency),
      of.settleOn,
      of.status,
    ]),
    'no orders',
  )
  return `${listing}\n\n${orders}`
}
