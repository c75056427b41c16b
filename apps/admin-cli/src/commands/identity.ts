/** `mutuo identity`, `mutuo witness`: the key that one signs with, the next one, and who certifies what was signed. */
import type { Command } from 'commander'
import type { IdentityKeyView, ProfileView, WitnessesView } from '#libs/messages'
import { instant } from '../format.js'
import type { Session, SessionOf } from '../session.js'

export function addIdentityCommands(program: Command, sessionOf: SessionOf): void {
  const identity = program
    .command('identity')
    .description('The key that you sign with, and going on under the next one')

  identity
    .command('show')
    .description('Which key is in use, and how far the next one has come')
    .addHelpText('after', '\nExamples:\n  $ mutuo identity show')
    .action((_options: object, command: Command) => act(sessionOf(command), 'identities.key'))

  identity
    .command('rotate')
    .description('Go on under the next key, once all that was said is final')
    .addHelpText('after', '\nExamples:\n  $ mutuo identity rotate\n  $ mutuo identity show')
    .action((_options: object, command: Command) => act(sessionOf(command), 'identities.rotate'))

  identity
    .command('continue')
    .description('Go on under the next key at once: what witnesses did not attest of the old one is void')
    .addHelpText(
      'after',
      '\nFor a key that may be in other hands, and for a log that forked by accident. After a restore from a backup it is your word that\nthe next key was never used, for when no quorum of witnesses is left to say so.\n\nExamples:\n  $ mutuo identity continue',
    )
    .action((_options: object, command: Command) => act(sessionOf(command), 'identities.continue'))

  identity
    .command('hold')
    .description('Make an identity for a person without a phone: every record of it says that you hold it')
    .argument('<alias>', 'what the person wants to be called')
    .addHelpText('after', '\nExamples:\n  $ mutuo identity hold Amara\n  $ mutuo --as KEY loan sign LOAN')
    .action(async (alias: string, _options: object, command: Command) => {
      const session = sessionOf(command)
      const view = await session.withNode((node) => node.ask('identities.hold', { alias }))
      session.print(view, () => session.pairs([...heldRow(view), ['act for them with', `--as ${view.identity}`]]))
    })

  identity
    .command('held')
    .description('The people without a phone for whom you sign; act for one with --as KEY')
    .addHelpText('after', '\nExamples:\n  $ mutuo identity held')
    .action(async (_options: object, command: Command) => {
      const session = sessionOf(command)
      const { items } = await session.withNode((node) => node.ask('identities.held', {}))
      session.print({ items }, () =>
        session.table(
          ['IDENTITY', 'ALIAS', 'ADMITTED', 'SINCE'],
          items.map((view) => heldRow(view).map(([, value]) => value)),
          'nobody',
        ),
      )
    })

  program
    .command('witness')
    .description('Who certifies records')
    .command('status')
    .description('The witnesses in force, what this one did, and which of them signed twice')
    .addHelpText('after', '\nExamples:\n  $ mutuo witness status')
    .action(async (_options: object, command: Command) => {
      const session = sessionOf(command)
      const view = await session.withNode((node) => node.ask('witnesses.show', {}))
      session.print(view, () => witnessesText(session, view))
    })
}

/** A person without a phone. */
const heldRow = ({ identity, facts, admitted, createdAtMs }: ProfileView) =>
  [
    ['identity', identity],
    ['alias', facts.alias ?? null],
    ['admitted', admitted],
    ['since', instant(createdAtMs)],
  ] as const

async function act(
  session: Session,
  message: 'identities.key' | 'identities.rotate' | 'identities.continue',
): Promise<void> {
  const view = await session.withNode((node) => node.ask(message, {}))
  session.print(view, () => identityText(session, view))
}

function identityText(session: Session, view: IdentityKeyView): string {
  return session.pairs([
    ['identity', view.identity],
    ['key', view.key],
    ['keys before', view.number],
    ['state', stateText(view)],
    ['records', `${view.certified} of ${view.records} certified`],
  ])
}

function stateText({ state, because, answered, missing, quorum }: IdentityKeyView): string {
  if (state === 'open') return 'in use'
  if (state === 'continued') return 'the next key waits to be certified'
  const why = { rotation: 'by rotation', continuation: 'by continuation', restored: 'restored from a backup' }[because!]
  const waiting = missing.length === 0 ? '' : `; silent: ${missing.join(', ')}`
  return `closed ${why}: ${answered.length} witnesses answered, ${quorum} needed${waiting}`
}

function witnessesText(session: Session, { cfg, quorum, witnesses, own, conflicts }: WitnessesView): string {
  const parts = [
    session.pairs([
      ['configuration', cfg],
      ['quorum', `${quorum} of ${witnesses.length}`],
      [
        'here',
        own
          ? `${own.attested} logs attested, ${own.frozen} frozen${own.stopped ? ', stopped for the next configuration' : ''}`
          : 'no witness',
      ],
    ]),
    session.table(
      ['WITNESS', 'MEMBER', 'ALIAS', 'HERE', 'SIGNED TWICE'],
      witnesses.map(({ key, identity, alias, here, signedTwice }) => [key, identity, alias, here, signedTwice]),
      'no witnesses known',
    ),
  ]
  if (conflicts.length === 0) return parts.join('\n')
  const table = session.table(
    ['AUTHOR', 'SEQ', 'CERTIFIED', 'SIGNED BOTH'],
    conflicts.map(({ author, seq, heads, witnesses: both }) => [author, seq, heads.join('\n'), both.join('\n')]),
    '',
  )
  return [...parts, 'Two heads of one log were certified:', table].join('\n')
}
