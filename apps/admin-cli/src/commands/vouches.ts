/** `mutuo vouch`: what people say of each other. */
import type { Command } from 'commander'
import type { VouchView } from '#libs/messages'
import { instant } from '../format.js'
import { given, id } from '../options.js'
import type { Session, SessionOf } from '../session.js'

export function addVouchCommands(program: Command, sessionOf: SessionOf): void {
  const vouch = program.command('vouch').description('What people say of each other: that one can rely on them')

  vouch
    .command('give')
    .description("Vouch for someone with this node's identity")
    .argument('<identity>', 'for whom', id)
    .option('--text <text>', 'since when you know each other, from what')
    .addHelpText('after', '\nExamples:\n  $ mutuo vouch give KEY --text "ten years next door"')
    .action(async (identity: string, options: { text?: string }, command: Command) => {
      const session = sessionOf(command)
      const view = await session.withNode((node) => node.ask('vouches.give', { identity, ...given(options) }))
      session.print(view, () => vouchesText(session, [view]))
    })

  vouch
    .command('withdraw')
    .description('Take the own word back')
    .argument('<identity>', 'for whom it was', id)
    .option('--reason <text>', 'why')
    .addHelpText('after', '\nExamples:\n  $ mutuo vouch withdraw KEY --reason "moved away"')
    .action(async (identity: string, options: { reason?: string }, command: Command) => {
      const session = sessionOf(command)
      const view = await session.withNode((node) => node.ask('vouches.withdraw', { identity, ...given(options) }))
      session.print(view, () => vouchesText(session, [view]))
    })

  vouch
    .command('list')
    .description('Who vouches for whom, the oldest first')
    .option('--identity <key>', 'for whom', id)
    .option('--by <key>', 'by whom', id)
    .addHelpText('after', '\nExamples:\n  $ mutuo vouch list --identity KEY')
    .action(async ({ identity, by: voucher }: { identity?: string; by?: string }, command: Command) => {
      const session = sessionOf(command)
      const list = await session.withNode((node) => node.ask('vouches.list', given({ identity, voucher })))
      session.print(list, () => vouchesText(session, list.items))
    })
}

function vouchesText(session: Session, vouches: readonly VouchView[]): string {
  return session.table(
    ['FOR', 'BY', 'MEMBER', 'SINCE', 'TAKEN BACK', 'TEXT'],
    vouches.map(({ identity, voucher, voucherAlias, isMember, sinceMs, withdrawnAtMs, text }) => [
      identity,
      voucherAlias ?? voucher,
      isMember ? 'yes' : 'no',
      instant(sinceMs),
      withdrawnAtMs === null ? null : instant(withdrawnAtMs),
      text,
    ]),
    'nobody vouches',
  )
}
