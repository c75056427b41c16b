/** `mutuo record`: signed records as a person reads them. */
import type { Command } from 'commander'
import type { RecordView } from '#libs/messages'
import { instant } from '../format.js'
import { given, id, wholeNumber } from '../options.js'
import type { Session, SessionOf } from '../session.js'

export function addRecordCommands(program: Command, sessionOf: SessionOf): void {
  const record = program.command('record').description('Read signed records')

  record
    .command('show')
    .description('One record with its bytes, signature, validity and finality')
    .argument('<id>', 'the record', id)
    .addHelpText('after', '\nExamples:\n  $ mutuo record show ID\n  $ mutuo record show ID --json | jq -r .headerHex')
    .action(async (of: string, _options: object, command: Command) => {
      const session = sessionOf(command)
      const view = await session.withNode((node) => node.ask('records.show', { id: of }))
      session.print(view, () =>
        [
          session.pairs([
            ['id', view.id],
            ['kind', view.kind],
            ['author', view.authorAlias === null ? view.author : `${view.author} (${view.authorAlias})`],
            ...(view.authorHeldBy === null ? [] : ([['held by', view.authorHeldBy]] as const)),
            ['seq', view.seq],
            ['at', instant(view.atMs)],
            ['subject', view.subject],
            ['refs', view.refs.length === 0 ? null : view.refs.join('\n           ')],
            ['signed', view.signed === 'itself' ? 'itself' : 'by a later record of its run'],
            ['standing', standingOf(view)],
            ['finality', view.finality],
            ['header', view.headerHex],
            ['signature', view.signatureHex],
          ]),
          view.body === null ? 'body not held' : JSON.stringify(view.body, null, 2),
        ].join('\n\n'),
      )
    })

  record
    .command('timeline')
    .description('All records of a subject (an offer, a loan, an identity), in canonical order')
    .argument('<subject>', "id of the subject's first record", id)
    .addHelpText('after', '\nExamples:\n  $ mutuo record timeline LOAN')
    .action(async (subject: string, _options: object, command: Command) => {
      const session = sessionOf(command)
      const { items } = await session.withNode((node) => node.ask('records.timeline', { subject }))
      session.print({ items }, () => recordTable(session, items))
    })

  record
    .command('log')
    .description('What one author wrote, in order')
    .argument('<author>', 'a member', id)
    .option('--limit <count>', 'at most so many', wholeNumber(1, 200))
    .option('--cursor <cursor>', 'go on where a page ended')
    .addHelpText('after', '\nExamples:\n  $ mutuo record log AUTHOR --limit 20')
    .action(async (author: string, options: { limit?: number; cursor?: string }, command: Command) => {
      const session = sessionOf(command)
      const page = await session.withNode((node) => node.ask('records.log', { author, ...given(options) }))
      session.print(page, () => recordTable(session, page.items) + session.more(page.next))
    })
}

function recordTable(session: Session, records: readonly RecordView[]): string {
  return session.table(
    ['AT', 'KIND', 'AUTHOR', 'SEQ', 'STANDING', 'FINALITY', 'ID'],
    records.map((view) => [
      instant(view.atMs),
      view.kind,
      `${view.authorAlias ?? view.author}${view.authorHeldBy === null ? '' : ' (held)'}`,
      view.seq,
      standingOf(view),
      view.finality,
      view.id,
    ]),
    'no records',
  )
}

const standingOf = (view: RecordView): string =>
  view.suspended ? 'suspended' : view.void === null ? 'valid' : `void: ${view.void}`
