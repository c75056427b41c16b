/** `mutuo network`, `invite`, `members`, `member`: who is in it, and how one gets in and out. */
import type { Command } from 'commander'
import type { InviteView, MemberView, NetworkView } from '#libs/messages'
import { instant } from '../format.js'
import { addPolicyCommand, policyText } from './policy.js'
import { given, id, ids, wholeNumber } from '../options.js'
import type { Session, SessionOf } from '../session.js'

interface AmendOptions {
  witness: string[]
  quorum: number
  settle?: string
  head?: string
}

export function addNetworkCommands(program: Command, sessionOf: SessionOf): void {
  const network = program.command('network').description('Create, join and show the lending network')

  network
    .command('create')
    .description('Make a network with this node as its steward and only witness')
    .argument('<name>', 'what people call it')
    .option('--alias <name>', 'your pseudonym in it')
    .addHelpText('after', '\nExamples:\n  $ mutuo network create "Valley lenders" --alias maria')
    .action(async (name: string, options: { alias?: string }, command: Command) => {
      const session = sessionOf(command)
      const view = await session.withNode((node) => node.ask('network.create', { name, ...given(options) }))
      session.print(view, () => networkText(session, view))
    })

  network
    .command('join')
    .description('Join by invite; admission comes when the node of the inviter is met')
    .argument('<invite>', 'the text that the inviter gave')
    .option('--alias <name>', 'your pseudonym in it')
    .addHelpText('after', '\nExamples:\n  $ mutuo network join "$(cat invite.txt)" --alias tom\n  $ mutuo network show')
    .action(async (invite: string, options: { alias?: string }, command: Command) => {
      const session = sessionOf(command)
      const view = await session.withNode((node) =>
        node.ask('network.join', { invite: invite.trim(), ...given(options) }),
      )
      session.print(view, () => networkText(session, view))
    })

  network
    .command('show')
    .description('The network, its witnesses and rules, and where this node stands in it')
    .addHelpText('after', '\nExamples:\n  $ mutuo network show\n  $ mutuo network show --json')
    .action(async (_options: object, command: Command) => {
      const session = sessionOf(command)
      const view = await session.withNode((node) => node.ask('network.show', {}))
      session.print(view, () => networkText(session, view))
    })

  network
    .command('amend')
    .description('Steward: name the witnesses and how many of them make a record final')
    .requiredOption('--witness <key...>', 'a member; give all of them', ids)
    .requiredOption('--quorum <count>', 'how many certify', wholeNumber(1, 64))
    .option('--settle <author>', 'a member whose log forked and that no certificate settles', id)
    .option('--head <record>', 'with --settle: the record of it that counts', id)
    .addHelpText(
      'after',
      '\nExamples:\n  $ mutuo network amend --witness KEY1 --witness KEY2 --witness KEY3 --quorum 2',
    )
    .action(async (options: AmendOptions, command: Command) => {
      const session = sessionOf(command)
      const { witness: witnesses, quorum, settle: author, head: record } = options
      if ((author === undefined) !== (record === undefined)) command.error('--settle and --head go together')
      const request = { witnesses, quorum, ...(author && record && { settle: { author, record } }) }
      const view = await session.withNode((node) => node.ask('network.amend', request))
      session.print(view, () => networkText(session, view))
    })

  addPolicyCommand(network, sessionOf)
  addInviteCommands(program, sessionOf)
  addMemberCommands(program, sessionOf)

  program
    .command('members')
    .description('Everyone who was admitted, with how much of their log is here and final')
    .addHelpText('after', '\nExamples:\n  $ mutuo members\n  $ mutuo members --json')
    .action(async (_options: object, command: Command) => {
      const session = sessionOf(command)
      const { items } = await session.withNode((node) => node.ask('members.list', {}))
      session.print({ items }, () =>
        session.table(
          ['MEMBER', 'ALIAS', 'ADMITTED', 'RECORDS', 'FINAL', 'WITNESS', 'HERE', 'FORKED', 'REMOVED'],
          items.map((member) => [
            member.identity,
            member.alias,
            instant(member.admittedAtMs),
            member.records,
            member.certified,
            member.witness,
            member.here,
            member.forked,
            removedText(member),
          ]),
          'no members',
        ),
      )
    })
}

function addMemberCommands(program: Command, sessionOf: SessionOf): void {
  const member = program.command('member').description('End memberships')

  member
    .command('remove')
    .description('Ask for the removal of a member whom you admitted, or of any as the steward')
    .argument('<member>', 'as `members` shows it', id)
    .addHelpText(
      'after',
      '\nIn effect once it is final. What the member starts from then on is void; what it owes and is owed stays.\n' +
        'While `members` says "asked" for long, the member wrote more meanwhile: ask again.\n' +
        '\nExamples:\n  $ mutuo member remove KEY',
    )
    .action(async (of: string, _options: object, command: Command) => {
      const session = sessionOf(command)
      const asked = await session.withNode((node) => node.ask('members.remove', { member: of }))
      session.print(asked, () => `asked for after record ${asked.seq}, by ${asked.record}`)
    })
}

/** How far a removal is. */
const removedText = ({ removed }: MemberView): string | null => {
  if (removed === null) return null
  return removed.inEffect ? instant(removed.atMs) : 'asked'
}

function addInviteCommands(program: Command, sessionOf: SessionOf): void {
  const invite = program.command('invite').description('Invite people: each invite admits one')

  invite
    .command('create')
    .description('Make an invite; whoever holds its text can join once')
    .option('--valid-hours <hours>', 'until it expires', wholeNumber(1, 8760))
    .addHelpText('after', '\nExamples:\n  $ mutuo invite create\n  $ mutuo invite create --valid-hours 24 > invite.txt')
    .action(async (options: { validHours?: number }, command: Command) => {
      const session = sessionOf(command)
      const answer = await session.withNode((node) => node.ask('invites.create', given(options)))
      session.say(
        `Give this text to one person, by a way that you trust. Valid until ${instant(answer.view.expiresAtMs)}.`,
      )
      session.print(answer, () => answer.invite)
    })

  invite
    .command('list')
    .description('Invites that were made here, and what became of them')
    .addHelpText('after', '\nExamples:\n  $ mutuo invite list')
    .action(async (_options: object, command: Command) => {
      const session = sessionOf(command)
      const { items } = await session.withNode((node) => node.ask('invites.list', {}))
      session.print({ items }, () => inviteTable(session, items))
    })

  invite
    .command('revoke')
    .description('Make an open invite worthless')
    .argument('<id>', 'as `invite list` shows it')
    .addHelpText('after', '\nExamples:\n  $ mutuo invite revoke ID')
    .action(async (of: string, _options: object, command: Command) => {
      const session = sessionOf(command)
      const view = await session.withNode((node) => node.ask('invites.revoke', { invite: of }))
      session.print(view, () => inviteTable(session, [view]))
    })
}

const inviteTable = (session: Session, invites: readonly InviteView[]): string =>
  session.table(
    ['INVITE', 'STATE', 'MADE', 'EXPIRES', 'USED BY'],
    invites.map((view) => [view.id, view.state, instant(view.createdAtMs), instant(view.expiresAtMs), view.usedBy]),
    'no invites',
  )

/** How a newcomer stands: whom it waits for, or why it waits in vain. */
function waitingText({ waitingFor, refused }: NetworkView['self']): string {
  if (refused === null) return `joining, waiting for ${waitingFor ?? 'the network'}`
  return `not admitted: ${refused.replaceAll('_', ' ')}; join with another invite`
}

function networkText(session: Session, view: NetworkView): string {
  const { self } = view
  return session.pairs([
    ['name', view.name],
    ['id', view.id],
    ['created', view.createdAtMs === 0 ? null : instant(view.createdAtMs)],
    ['members', view.members],
    ['steward', view.steward || null],
    ['witnesses', view.witnesses.join('\n           ')],
    ['quorum', `${view.quorum} of ${view.witnesses.length}`],
    ...policyText(session, view.policy),
    ['configuration', view.cfg],
    ['here', self.admitted ? `admitted as ${self.identity}` : waitingText(self)],
  ])
}
