/** `mutuo operators`: whose key operates this node from anywhere, and which key is one's own. */
import type { Command } from 'commander'
import { instant } from '../format.js'
import { id } from '../options.js'
import type { SessionOf } from '../session.js'

export function addOperatorCommands(program: Command, sessionOf: SessionOf): void {
  const operators = program.command('operators').description('Keys that operate this node from anywhere')

  operators
    .command('key')
    .description("Print one's own key, for a node's operator to add; made when there is none yet")
    .addHelpText('after', '\nExamples:\n  $ mutuo operators key')
    .action(async (_options: object, command: Command) => {
      const session = sessionOf(command)
      const { ownKey } = await import('../node-remote.js')
      const key = ownKey(session.terminal.env)
      session.print({ key }, () => key)
    })

  operators
    .command('add')
    .description('Let the holder of a key operate this node, with mutuo --node')
    .argument('<key>', 'as `mutuo operators key` prints it on their machine', id)
    .option('--name <name>', 'whose it is', 'operator')
    .addHelpText(
      'after',
      '\nExamples:\n  $ mutuo operators add KEY --name "Ana, laptop"\n  $ mutuo --node NODEKEY status',
    )
    .action(async (key: string, options: { name: string }, command: Command) => {
      const session = sessionOf(command)
      const [added, { nodeKey }] = await session.withNode(async (node) => [
        await node.ask('operators.add', { key, name: options.name }),
        await node.ask('node.status', {}),
      ])
      session.say(`${added.name} reaches this node with: mutuo --node ${nodeKey} status`)
      session.print({ ...added, nodeKey }, () => `${added.name} operates this node`)
    })

  operators
    .command('list')
    .description('Keys that operate this node, and when each was last used')
    .addHelpText('after', '\nExamples:\n  $ mutuo operators list')
    .action(async (_options: object, command: Command) => {
      const session = sessionOf(command)
      const { items } = await session.withNode((node) => node.ask('operators.list', {}))
      session.print({ items }, () =>
        session.table(
          ['KEY', 'NAME', 'ADDED', 'LAST USED'],
          items.map((each) => [
            each.key,
            each.name,
            instant(each.addedAtMs),
            each.usedAtMs === null ? null : instant(each.usedAtMs),
          ]),
          'nobody but the owner of its socket',
        ),
      )
    })

  operators
    .command('remove')
    .description('Take a key back; what its holder has open is closed at once')
    .argument('<key>', 'as `operators list` shows it', id)
    .addHelpText('after', '\nExamples:\n  $ mutuo operators remove KEY')
    .action(async (key: string, _options: object, command: Command) => {
      const session = sessionOf(command)
      const answer = await session.withNode((node) => node.ask('operators.remove', { key }))
      session.print(answer, () => `${key} no longer operates this node`)
    })
}
