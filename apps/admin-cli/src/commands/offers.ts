/** `mutuo offer`, `application`: what is offered, and what people apply for. */
import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { Option } from 'commander'
import type { ApplicationView, OfferTerms, OfferView } from '#libs/messages'
import { instant, percent } from '../format.js'
import { amountIn, day, given, id, type PageOptions, wholeNumber } from '../options.js'
import type { Session, SessionOf } from '../session.js'
import { previewText } from './loan-text.js'

export function addOfferCommands(program: Command, sessionOf: SessionOf): void {
  const offer = program.command('offer').description('Offers of lenders')

  offer
    .command('list')
    .description('Offers, newest first')
    .addOption(new Option('--status <status>', 'only those').choices(['open', 'withdrawn']))
    .option('--mine', "only those of this node's identity")
    .option('--limit <count>', 'at most so many', wholeNumber(1, 200))
    .option('--cursor <cursor>', 'go on where a page ended')
    .addHelpText('after', '\nExamples:\n  $ mutuo offer list --status open')
    .action(async (options: PageOptions & { status?: 'open' | 'withdrawn'; mine?: boolean }, command: Command) => {
      const session = sessionOf(command)
      const page = await session.withNode((node) => node.ask('offers.list', given(options)))
      session.print(
        page,
        () =>
          session.table(
            ['OFFER', 'STATUS', 'RATE', 'METHOD', 'FROM', 'TO', 'AVAILABLE', 'LENDER'],
            page.items.map(({ terms, ...of }) => [
              of.id,
              of.status,
              percent(terms.annualRatePpm),
              terms.method,
              session.money(terms.minAmount, terms.currency),
              session.money(terms.maxAmount, terms.currency),
              session.money(of.available, terms.currency),
              of.lenderAlias ?? of.lender,
            ]),
            'no offers',
          ) + session.more(page.next),
      )
    })

  offer
    .command('show')
    .description('All terms of an offer')
    .argument('<id>', 'the offer', id)
    .addHelpText('after', '\nExamples:\n  $ mutuo offer show ID --json | jq .terms > terms.json')
    .action(async (of: string, _options: object, command: Command) => {
      const session = sessionOf(command)
      const view = await session.withNode((node) => node.ask('offers.show', { offer: of }))
      session.print(view, () => offerText(session, view))
    })

  offer
    .command('publish')
    .description('Publish an offer, from a file with its terms in JSON')
    .argument('<file>', 'terms as `offer show --json` has them')
    .addHelpText('after', '\nExamples:\n  $ mutuo offer publish terms.json')
    .action(async (file: string, _options: object, command: Command) => {
      const session = sessionOf(command)
      const terms = readTerms(file)
      const view = await session.withNode((node) => node.ask('offers.publish', { terms }))
      session.print(view, () => offerText(session, view))
    })

  offer
    .command('amend')
    .description('Replace the terms of an offer; the currency stays')
    .argument('<id>', 'the offer', id)
    .argument('<file>', 'the new terms in JSON')
    .addHelpText('after', '\nExamples:\n  $ mutuo offer amend ID terms.json')
    .action(async (of: string, file: string, _options: object, command: Command) => {
      const session = sessionOf(command)
      const terms = readTerms(file)
      const view = await session.withNode((node) => node.ask('offers.amend', { offer: of, terms }))
      session.print(view, () => offerText(session, view))
    })

  offer
    .command('withdraw')
    .description('Take an offer back: no new applications')
    .argument('<id>', 'the offer', id)
    .addHelpText('after', '\nExamples:\n  $ mutuo offer withdraw ID')
    .action(async (of: string, _options: object, command: Command) => {
      const session = sessionOf(command)
      const view = await session.withNode((node) => node.ask('offers.withdraw', { offer: of }))
      session.print(view, () => offerText(session, view))
    })

  offer
    .command('quote')
    .description('A loan as it would be under an offer: every instalment, payouts, cost')
    .argument('<id>', 'the offer', id)
    .argument('<amount>', 'how much, as 1200.00')
    .argument('<instalments>', 'how many', wholeNumber(1, 600))
    .option('--start-date <day>', 'when interest begins; today otherwise', day)
    .option('--first-due-date <day>', 'when the first instalment is due', day)
    .addHelpText('after', '\nExamples:\n  $ mutuo offer quote ID 1200 12')
    .action(
      async (
        of: string,
        amount: string,
        instalments: number,
        options: { startDate?: string; firstDueDate?: string },
        command: Command,
      ) => {
        const session = sessionOf(command)
        const preview = await session.withNode(async (node) => {
          const { terms } = await node.ask('offers.show', { offer: of })
          const minor = amountIn(command, amount, terms.currency)
          return node.ask('offers.quote', { offer: of, amount: minor, instalments, ...given(options) })
        })
        session.print(preview, () => previewText(session, preview))
      },
    )

  addApplicationCommands(program, sessionOf)
}

const STATUSES: readonly ApplicationView['status'][] = ['submitted', 'withdrawn', 'declined', 'proposed', 'agreed']

function addApplicationCommands(program: Command, sessionOf: SessionOf): void {
  const application = program.command('application').description('Applications for loans')

  application
    .command('list')
    .description('Applications, newest first')
    .addOption(
      new Option('--side <side>', 'as who lends or who borrows').choices(['lender', 'borrower']).default('lender'),
    )
    .addOption(new Option('--status <status>', 'only those').choices(STATUSES))
    .option('--limit <count>', 'at most so many', wholeNumber(1, 200))
    .option('--cursor <cursor>', 'go on where a page ended')
    .addHelpText('after', '\nExamples:\n  $ mutuo application list --status submitted')
    .action(
      async (
        options: PageOptions & { side: 'lender' | 'borrower'; status?: ApplicationView['status'] },
        command: Command,
      ) => {
        const session = sessionOf(command)
        const page = await session.withNode((node) => node.ask('applications.list', given(options)))
        session.print(
          page,
          () =>
            session.table(
              ['APPLICATION', 'STATUS', 'AMOUNT', 'INSTALMENTS', 'PURPOSE', 'BORROWER', 'LOAN'],
              page.items.map((item) => [
                item.id,
                item.status,
                session.money(item.amount.amount, item.amount.currency),
                item.instalments,
                item.purpose,
                item.borrowerAlias ?? item.borrower,
                item.loan,
              ]),
              'no applications',
            ) + session.more(page.next),
        )
      },
    )

  application
    .command('show')
    .description('One application, with what the borrower wishes')
    .argument('<id>', 'the application', id)
    .addHelpText('after', '\nExamples:\n  $ mutuo application show ID')
    .action(async (of: string, _options: object, command: Command) => {
      const session = sessionOf(command)
      const view = await session.withNode((node) => node.ask('applications.show', { application: of }))
      session.print(view, () => applicationText(session, view))
    })

  application
    .command('decline')
    .description('Lender: answer with no')
    .argument('<id>', 'the application', id)
    .requiredOption('--reason <text>', 'why; the borrower reads it')
    .addHelpText('after', '\nExamples:\n  $ mutuo application decline ID --reason "lent out for this year"')
    .action(async (of: string, { reason }: { reason: string }, command: Command) => {
      const session = sessionOf(command)
      const view = await session.withNode((node) => node.ask('applications.decline', { application: of, reason }))
      session.print(view, () => applicationText(session, view))
    })
}

/** The node checks every member and names the one at fault. */
function readTerms(file: string): OfferTerms {
  return JSON.parse(readFileSync(file, 'utf8')) as OfferTerms
}

function offerText(session: Session, { terms, ...view }: OfferView): string {
  const amount = (minor: number): string => session.money(minor, terms.currency)
  const { capacity, minAmount, maxAmount, minInstalments, maxInstalments, annualRatePpm, note, ...others } = terms
  const rest = Object.entries(others).filter(([name]) => name !== 'currency')
  return session.pairs([
    ['offer', view.id],
    ['status', view.status],
    ['lender', view.lenderAlias === null ? view.lender : `${view.lender} (${view.lenderAlias})`],
    ['amount', `${amount(minAmount)} to ${amount(maxAmount)}`],
    ['instalments', `${minInstalments} to ${maxInstalments}`],
    ['rate', `${percent(annualRatePpm)} a year`],
    ['available', `${amount(view.available)} of ${amount(capacity)}`],
    ...rest.map(([name, value]): [string, string] => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
    ['note', note ?? null],
    ['published', instant(view.publishedAtMs)],
  ])
}

function applicationText(session: Session, view: ApplicationView): string {
  const amount = (minor: number): string => session.money(minor, view.amount.currency)
  return session.pairs([
    ['application', view.id],
    ['status', view.declinedBecause === null ? view.status : `${view.status}: ${view.declinedBecause}`],
    ['borrower', view.borrowerAlias === null ? view.borrower : `${view.borrower} (${view.borrowerAlias})`],
    ['amount', amount(view.amount.amount)],
    ['instalments', view.instalments],
    ['first due', view.firstDueDate],
    ['in parts', view.tranches?.map(([date, part]) => `${amount(part)} on ${date}`).join(', ') ?? null],
    ['purpose', view.purpose],
    ['offer', view.offer],
    ['loan', view.loan],
    ['submitted', instant(view.submittedAtMs)],
  ])
}
