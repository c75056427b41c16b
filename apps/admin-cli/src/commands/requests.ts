/** `mutuo request`: what borrowers ask for, and the choice among the bids of lenders. */
import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { Option } from 'commander'
import type { Choice, RequestTerms, RequestView } from '#libs/messages'
import { instant, percent } from '../format.js'
import { amountIn, day, given, id, type PageOptions, rate, wholeNumber } from '../options.js'
import type { Session, SessionOf } from '../session.js'
import { previewText } from './loan-text.js'

const STATUSES = ['open', 'withdrawn', 'proposed', 'agreed'] as const

interface ListOptions extends PageOptions {
  mine?: boolean
  biddable?: boolean
  status?: (typeof STATUSES)[number]
  currency?: string
  ratePpm?: number
  instalments?: number
}

export function addRequestCommands(program: Command, sessionOf: SessionOf): void {
  const request = program.command('request').description('Requests of borrowers, on which lenders bid')

  request
    .command('list')
    .description('Requests, newest first')
    .option('--biddable', 'only those on which one can bid now')
    .option('--mine', "only those of this node's identity")
    .addOption(new Option('--status <status>', 'only those').choices(STATUSES))
    .option('--currency <code>', 'only in this currency')
    .option('--rate-ppm <ppm>', 'only those that would pay at least this rate', wholeNumber(0, 10_000_000))
    .option('--instalments <count>', 'only those of at most so many', wholeNumber(1, 600))
    .option('--limit <count>', 'at most so many', wholeNumber(1, 200))
    .option('--cursor <cursor>', 'go on where a page ended')
    .addHelpText('after', '\nExamples:\n  $ mutuo request list --biddable --currency EUR --rate-ppm 60000')
    .action(async (options: ListOptions, command: Command) => {
      const session = sessionOf(command)
      const page = await session.withNode((node) => node.ask('requests.list', given(options)))
      session.print(
        page,
        () =>
          session.table(
            ['REQUEST', 'STATUS', 'AMOUNT', 'AT LEAST', 'RATE UP TO', 'INSTALMENTS', 'CLOSES', 'BIDS', 'BORROWER'],
            page.items.map(({ terms, ...of }) => [
              of.id,
              of.status,
              session.money(terms.amount, terms.currency),
              session.money(terms.leastAmount, terms.currency),
              percent(terms.highestRatePpm),
              terms.instalments,
              instant(terms.closesAt),
              of.bids,
              of.borrowerAlias ?? of.borrower,
            ]),
            'no requests',
          ) + session.more(page.next),
      )
    })

  request
    .command('show')
    .description('All terms of a request')
    .argument('<id>', 'the request', id)
    .addHelpText('after', '\nExamples:\n  $ mutuo request show ID --json | jq .terms > terms.json')
    .action(async (of: string, _options: object, command: Command) => {
      const session = sessionOf(command)
      const view = await session.withNode((node) => node.ask('requests.show', { request: of }))
      session.print(view, () => requestText(session, view))
    })

  request
    .command('publish')
    .description('Publish a request, from a file with its terms in JSON')
    .argument('<file>', 'terms as `request show --json` has them')
    .addHelpText('after', '\nExamples:\n  $ mutuo request publish terms.json')
    .action(async (file: string, _options: object, command: Command) => {
      const session = sessionOf(command)
      // The node checks every member and names the one at fault.
      const terms = JSON.parse(readFileSync(file, 'utf8')) as RequestTerms
      const view = await session.withNode((node) => node.ask('requests.publish', { terms }))
      session.print(view, () => requestText(session, view))
    })

  request
    .command('withdraw')
    .description('Take a request back: no more bids')
    .argument('<id>', 'the request', id)
    .addHelpText('after', '\nExamples:\n  $ mutuo request withdraw ID')
    .action(async (of: string, _options: object, command: Command) => {
      const session = sessionOf(command)
      const view = await session.withNode((node) => node.ask('requests.withdraw', { request: of }))
      session.print(view, () => requestText(session, view))
    })

  request
    .command('quote')
    .description('The loan as it would be at a rate: every instalment, payouts, cost')
    .argument('<id>', 'the request', id)
    .option('--amount <amount>', 'how much of it, as 1200.00; all of it otherwise')
    .option('--rate <percent>', 'at this rate a year, as 7.25; the highest otherwise', rate)
    .option('--start-date <day>', 'when interest begins; today otherwise', day)
    .addHelpText('after', '\nExamples:\n  $ mutuo request quote ID --rate 6.5')
    .action(async (of: string, options: { amount?: string; rate?: number; startDate?: string }, command: Command) => {
      const session = sessionOf(command)
      const preview = await session.withNode(async (node) => {
        const { terms } = await node.ask('requests.show', { request: of })
        const { amount, rate: ratePpm, startDate } = options
        const minor = amount === undefined ? undefined : amountIn(command, amount, terms.currency)
        return node.ask('requests.quote', { request: of, ...given({ amount: minor, ratePpm, startDate }) })
      })
      session.print(preview, () => previewText(session, preview))
    })

  request
    .command('choose')
    .description('The cheapest set of bids as it stands, with its blended rate; takes nothing')
    .argument('<id>', 'the request', id)
    .option('--start-date <day>', 'when interest begins; today otherwise', day)
    .option('--first-due-date <day>', 'when the first instalment is due', day)
    .addHelpText('after', '\nExamples:\n  $ mutuo request choose ID\n  $ mutuo bid take ID')
    .action(async (of: string, options: { startDate?: string; firstDueDate?: string }, command: Command) => {
      const session = sessionOf(command)
      const choice = await session.withNode((node) => node.ask('requests.choose', { request: of, ...given(options) }))
      session.print(choice, () => choiceText(session, choice))
    })
}

function requestText(session: Session, { terms, ...view }: RequestView): string {
  const amount = (minor: number): string => session.money(minor, terms.currency)
  const { amount: asked, leastAmount, instalments, highestRatePpm, purpose, closesAt, currency: _, ...others } = terms
  return session.pairs([
    ['request', view.id],
    ['status', view.status],
    ['borrower', view.borrowerAlias === null ? view.borrower : `${view.borrower} (${view.borrowerAlias})`],
    ['amount', `${amount(asked)}, at least ${amount(leastAmount)}`],
    ['rate', `up to ${percent(highestRatePpm)} a year`],
    ['instalments', instalments],
    ['purpose', purpose],
    ['closes', instant(closesAt)],
    ['bids', `${view.bids}, of ${amount(view.bidAmount)}`],
    ['loan', view.loan],
    ...Object.entries(others).map(([name, value]): [string, string] => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
    ['published', instant(view.publishedAtMs)],
  ])
}

function choiceText(session: Session, { taken, amount, blendedRatePpm, proven, preview }: Choice): string {
  const facts = session.pairs([
    ['amount', session.money(amount.amount, amount.currency)],
    ['blended rate', percent(blendedRatePpm)],
    ['the cheapest', proven ? 'yes' : 'the best that was found in time'],
  ])
  const bids = session.table(
    ['BID', 'LENDER', 'TAKEN', 'RATE'],
    taken.map((of) => [
      of.bid,
      of.lenderAlias ?? of.lender,
      session.money(of.amount, amount.currency),
      percent(of.ratePpm),
    ]),
    'no bids',
  )
  return [facts, bids, previewText(session, preview)].join('\n\n')
}
