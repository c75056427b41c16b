/** `mutuo payee`: where to pay people, said to the other side of their agreements alone. */
import { type Command, Option } from 'commander'
import type { PayeeView, PayeeWay } from '#libs/messages'
import { instant } from '../format.js'
import { id } from '../options.js'
import type { Session, SessionOf } from '../session.js'

interface SetOptions {
  iban?: string
  bic?: string
  mobileMoney?: string
  provider?: string
  bitcoin?: string
  text?: string
  name?: string
}

export function addPayeeCommands(program: Command, sessionOf: SessionOf): void {
  const payee = program.command('payee').description('Where to pay people')

  payee
    .command('show')
    .description('Where to pay the other side of an agreement, since when, and whether that changed')
    .argument('<key>', 'whom to pay', id)
    .addHelpText('after', '\nExamples:\n  $ mutuo payee show KEY')
    .action(async (key: string, _options: object, command: Command) => {
      const session = sessionOf(command)
      const view = await session.withNode((node) => node.ask('payees.show', { payee: key }))
      session.print(view, () => payeeText(session, view))
    })

  payee
    .command('set')
    .description("Say where to pay this node's identity; all of it: what is left out no longer holds")
    .option('--iban <iban>', 'a bank account, and --name whose it is')
    .option('--bic <bic>', 'its bank')
    .option('--name <name>', 'who holds the account or number')
    .addOption(new Option('--mobile-money <number>', 'a number as +254700000000, with --provider and --name'))
    .option('--provider <provider>', 'of mobile money')
    .option('--bitcoin <address>', 'a bitcoin address')
    .option('--text <text>', 'in words')
    .addHelpText('after', '\nExamples:\n  $ mutuo payee set --iban "DE89 3704 0044 0532 0130 00" --name "Marta Meier"')
    .action(async (options: SetOptions, command: Command) => {
      const session = sessionOf(command)
      const ways = waysOf(options)
      if (ways.length === 0)
        command.error('error: at least one way is needed: --iban, --mobile-money, --bitcoin or --text')
      const view = await session.withNode((node) => node.ask('payees.set', { ways }))
      session.print(view, () => payeeText(session, view))
    })
}

/** In the order in which they are preferred. */
function waysOf({ iban, bic, mobileMoney, provider = '', bitcoin, text, name = '' }: SetOptions): PayeeWay[] {
  const ways: PayeeWay[] = []
  if (iban !== undefined) ways.push({ type: 'iban', iban: iban.replaceAll(/\s/g, ''), name, ...(bic && { bic }) })
  if (mobileMoney !== undefined) ways.push({ type: 'mobileMoney', provider, number: mobileMoney, name })
  if (bitcoin !== undefined) ways.push({ type: 'bitcoin', address: bitcoin })
  if (text !== undefined) ways.push({ type: 'text', text })
  return ways
}

function payeeText(session: Session, view: PayeeView): string {
  const said = session.pairs([
    ...view.ways.map((way) => [way.type === 'iban' ? 'IBAN' : way.type, wayText(way)] as const),
    ['since', instant(view.sinceMs)],
    ['changes', view.changes],
  ])
  return view.notice === null ? said : `${session.colors.red(`! ${view.notice}`)}\n${said}`
}

function wayText(way: PayeeWay): string {
  switch (way.type) {
    case 'iban':
      return [way.iban.replaceAll(/(.{4})(?=.)/g, '$1 '), way.name, way.bic].filter(Boolean).join(', ')
    case 'mobileMoney':
      return `${way.number}, ${way.name} (${way.provider})`
    case 'bitcoin':
      return way.address
    case 'text':
      return way.text
  }
}
