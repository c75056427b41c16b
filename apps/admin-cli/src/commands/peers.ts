/** `mutuo peers`, `forks`: the nodes that this one talks to, and the logs that were caught with two histories. */
import type { Command } from 'commander'
import { bytes, instant } from '../format.js'
import { id } from '../options.js'
import type { SessionOf } from '../session.js'

export function addPeerCommands(program: Command, sessionOf: SessionOf): void {
  const peers = program.command('peers').description('Nodes that this one is connected to, and those it shuns')

  peers
    .command('list')
    .description('Connections, what went over them, and whether both sides hold the same')
    .addHelpText('after', '\nExamples:\n  $ mutuo peers list')
    .action(async (_options: object, command: Command) => {
      const session = sessionOf(command)
      const { items } = await session.withNode((node) => node.ask('peers.list', {}))
      session.print({ items }, () =>
        session.table(
          ['PEER', 'MEMBER', 'DIRECTION', 'SINCE', 'RTT', 'RECEIVED', 'SENT', 'IN SYNC'],
          items.map((peer) => [
            peer.key,
            peer.alias ?? peer.identity,
            peer.direction,
            instant(peer.connectedAtMs),
            peer.roundTripMs === null ? null : `${Math.round(peer.roundTripMs)} ms`,
            `${peer.recordsIn} records, ${bytes(peer.bytesIn)}`,
            `${peer.recordsOut} records, ${bytes(peer.bytesOut)}`,
            peer.inSync,
          ]),
          'no peers',
        ),
      )
    })

  peers
    .command('bans')
    .description('Peers that broke the protocol, and until when they are shunned')
    .addHelpText('after', '\nExamples:\n  $ mutuo peers bans')
    .action(async (_options: object, command: Command) => {
      const session = sessionOf(command)
      const { items } = await session.withNode((node) => node.ask('peers.bans', {}))
      session.print({ items }, () =>
        session.table(
          ['PEER', 'REASON', 'UNTIL'],
          items.map((ban) => [ban.key, ban.reason, instant(ban.untilMs)]),
          'no bans',
        ),
      )
    })

  peers
    .command('unban')
    .description('Let a peer connect again')
    .argument('<key>', "the peer's node key", id)
    .addHelpText('after', '\nExamples:\n  $ mutuo peers unban KEY')
    .action(async (key: string, _options: object, command: Command) => {
      const session = sessionOf(command)
      const answer = await session.withNode((node) => node.ask('peers.unban', { key }))
      session.print(answer, () => `${key} may connect again`)
    })

  program
    .command('forks')
    .description('Authors who signed two different records at one place of their log, with both')
    .addHelpText('after', '\nExamples:\n  $ mutuo forks')
    .action(async (_options: object, command: Command) => {
      const session = sessionOf(command)
      const { items } = await session.withNode((node) => node.ask('forks.list', {}))
      session.print({ items }, () =>
        session.table(
          ['AUTHOR', 'SEQ', 'HEADS', 'SETTLED', 'SEEN'],
          items.map((fork) => [fork.author, fork.seq, fork.heads.join('\n'), fork.settled, instant(fork.seenAtMs)]),
          'no forks seen',
        ),
      )
    })
}
