/** `mutuo collateral`: what is pledged for a loan, what it is worth, and whether that is enough. */
import type { Command } from 'commander'
import type { CollateralView } from '#libs/messages'
import { percent } from '../format.js'
import type { NodeConnection } from '../node-connection.js'
import { amountIn, day, given, id } from '../options.js'
import type { Session, SessionOf } from '../session.js'
import { currencyOfLoan } from './currency.js'

export function addCollateralCommands(program: Command, sessionOf: SessionOf): void {
  const collateral = program.command('collateral').description('What is pledged for loans')

  const show = async (command: Command, ask: (node: NodeConnection) => Promise<CollateralView>): Promise<void> => {
    const session = sessionOf(command)
    const view = await session.withNode(ask)
    session.print(view, () => collateralText(session, view))
  }

  collateral
    .command('show')
    .description('What is pledged for a loan, its worth, and the margin')
    .argument('<loan>', 'the loan', id)
    .option('--as-of <day>', 'on a day; today otherwise', day)
    .addHelpText('after', '\nExamples:\n  $ mutuo collateral show LOAN --as-of 2026-03-31')
    .action((loan: string, options: { asOf?: string }, command: Command) =>
      show(command, (node) => node.ask('collateral.show', { loan, ...given(options) })),
    )

  collateral
    .command('pledge')
    .description('Borrower or guarantor: pledge something of your own')
    .argument('<loan>', 'the loan', id)
    .requiredOption('--what <text>', 'what it is, in a line')
    .option('--description <text>', 'what one has to know of it')
    .option('--document <hash>', 'SHA-256 of a document that describes it, as an id', id)
    .addHelpText('after', '\nExamples:\n  $ mutuo collateral pledge LOAN --what "Van, 2019, KBX 123"')
    .action((loan: string, options: { what: string; description?: string; document?: string }, command: Command) =>
      show(command, (node) => node.ask('collateral.pledge', { loan, ...given(options) })),
    )

  collateral
    .command('value')
    .description('Valuer: say what a pledge is worth on a day')
    .argument('<loan>', 'the loan', id)
    .argument('<pledge>', 'as `collateral show` names it', id)
    .argument('<amount>', 'how much, as 2500.00')
    .option('--date <day>', 'on which day; today otherwise', day)
    .requiredOption('--method <text>', 'how that was found, in a line')
    .addHelpText('after', '\nExamples:\n  $ mutuo collateral value LOAN PLEDGE 2500.00 --method "two dealers"')
    .action(
      (loan: string, pledge: string, amount: string, options: { date?: string; method: string }, command: Command) =>
        show(command, async (node) => {
          const minor = amountIn(command, amount, await currencyOfLoan(node, loan))
          return node.ask('collateral.value', { loan, pledge, amount: minor, ...given(options) })
        }),
    )

  collateral
    .command('release')
    .description('Lender: say that a pledge is free')
    .argument('<loan>', 'the loan', id)
    .argument('<pledge>', 'as `collateral show` names it', id)
    .requiredOption('--reason <text>', 'why')
    .addHelpText('after', '\nExamples:\n  $ mutuo collateral release LOAN PLEDGE --reason "paid back"')
    .action((loan: string, pledge: string, { reason }: { reason: string }, command: Command) =>
      show(command, (node) => node.ask('collateral.release', { loan, pledge, reason })),
    )
}

function collateralText(session: Session, view: CollateralView): string {
  const amount = (minor: number): string => session.money(minor, view.worth.currency)
  const { initialPpm, maintenancePpm, liquidationPpm, valuer } = view.terms
  const facts = session.pairs([
    ['loan', view.loan],
    ['on', view.asOf],
    ['margin', view.status],
    ['worth', amount(view.worth.amount)],
    ['to be covered', amount(view.exposure.amount)],
    ['loan to value', view.loanToValuePpm === null ? null : percent(view.loanToValuePpm)],
    ['levels', [initialPpm, maintenancePpm, liquidationPpm].map(percent).join(', ')],
    ['missing', view.shortfall > 0 ? amount(view.shortfall) : null],
    ['valuer', valuer],
  ])
  const pledges = session.table(
    ['PLEDGE', 'WHAT', 'WORTH', 'ON', 'METHOD', 'RELEASED', 'OWNER'],
    view.pledges.map(({ id: pledge, what, worth, releasedOn, owner, ownerAlias }) => [
      ...[pledge, what, worth && amount(worth.amount), worth?.date ?? null, worth?.method ?? null],
      ...[releasedOn, ownerAlias ?? owner],
    ]),
    'nothing is pledged',
  )
  return `${facts}\n\n${pledges}`
}
