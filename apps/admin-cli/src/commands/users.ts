/** `mutuo user`: people who may use this node. */
import type { Command } from 'commander'
import { Option } from 'commander'
import type { Role } from '#libs/messages'
import { instant } from '../format.js'
import type { SessionOf } from '../session.js'

const ROLES: readonly Role[] = ['operator', 'lender', 'borrower', 'auditor']

export function addUserCommands(program: Command, sessionOf: SessionOf): void {
  const user = program.command('user').description('People who may use this node')

  user
    .command('add')
    .description('Make an account, and a one-time code with which its first device registers')
    .argument('<name>', 'what the node calls the account')
    .addOption(new Option('--role <role>', 'what it may do').choices(ROLES).default('borrower'))
    .addHelpText('after', '\nExamples:\n  $ mutuo user add tom\n  $ mutuo user add ana --role lender')
    .action(async (name: string, options: { role: Role }, command: Command) => {
      const session = sessionOf(command)
      const answer = await session.withNode((node) => node.ask('accounts.enrol', { name, role: options.role }))
      session.say(`Enrolment code for ${name} (${options.role}), valid once and until ${instant(answer.expiresAtMs)}:`)
      session.print(answer, () => answer.code)
    })

  user
    .command('list')
    .description('Accounts of this node')
    .addHelpText('after', '\nExamples:\n  $ mutuo user list')
    .action(async (_options: object, command: Command) => {
      const session = sessionOf(command)
      const { items } = await session.withNode((node) => node.ask('accounts.list', {}))
      session.print({ items }, () =>
        session.table(
          ['ACCOUNT', 'NAME', 'ROLE', 'IDENTITY'],
          items.map((account) => [account.id, account.name, account.role, account.identity]),
          'no accounts',
        ),
      )
    })
}
