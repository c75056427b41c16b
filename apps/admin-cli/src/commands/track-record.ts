/** `mutuo track-record`: what records say of a person, as borrower, lender, guarantor and verifier. */
import { type Command, Option } from 'commander'
import type { TrackFigure, TrackRecordView } from '#libs/messages'
import { percent } from '../format.js'
import { day, given, id, type PageOptions, wholeNumber } from '../options.js'
import { newcomerText } from './policy.js'
import type { Session, SessionOf } from '../session.js'

const FIGURES: readonly TrackFigure[] = [
  ...(['borrowed', 'repaid', 'instalments', 'defaults', 'lossesCaused'] as const),
  ...(['lent', 'bought', 'sold', 'losses', 'guaranteed', 'called', 'honoured'] as const),
  ...(['attested', 'revoked', 'disputesOpened', 'disputesAgainst', 'disputesLost', 'forks'] as const),
]

interface ShowOptions extends PageOptions {
  asOf?: string
  figure?: TrackFigure
}

export function addTrackRecordCommands(program: Command, sessionOf: SessionOf): void {
  program
    .command('track-record')
    .description('What records say of a person; with --figure the records behind a figure')
    .argument('<key>', 'of whom', id)
    .option('--as-of <day>', 'as it stood at the end of a day', day)
    .addOption(new Option('--figure <figure>', 'the records behind it, newest first').choices(FIGURES))
    .option('--limit <count>', 'at most so many', wholeNumber(1, 200))
    .option('--cursor <cursor>', 'go on where a page ended')
    .addHelpText(
      'after',
      '\nExamples:\n  $ mutuo track-record KEY\n  $ mutuo track-record KEY --figure instalments --as-of 2026-12-31',
    )
    .action(async (identity: string, { figure, asOf, ...page }: ShowOptions, command: Command) => {
      const session = sessionOf(command)
      if (figure === undefined) {
        const view = await session.withNode((node) => node.ask('trackRecords.show', { identity, ...given({ asOf }) }))
        session.print(view, () => trackText(session, view))
        return
      }
      const evidence = await session.withNode((node) =>
        node.ask('trackRecords.evidence', { identity, figure, ...given({ asOf, ...page }) }),
      )
      session.print(
        evidence,
        () =>
          session.table(
            ['DATE', 'AMOUNT', 'DAYS LATE', 'RECORD', 'LOAN'],
            evidence.items.map(({ date, amount, currency, daysLate, record, loan }) => [
              ...[date, currency === null ? null : session.money(amount, currency), daysLate, record, loan],
            ]),
            'no records',
          ) + session.more(evidence.next),
      )
    })
}

function trackText(session: Session, view: TrackRecordView): string {
  const { identity, alias, heldBy, asOf, sums, punctuality, newcomer } = view
  const { due, onTime, onTimePpm, worstDelayDays } = punctuality
  const head = session.pairs([
    ['identity', alias === null ? identity : `${alias} ${identity}`],
    ...(heldBy === null ? [] : ([['held by', heldBy]] as const)),
    ['as of', asOf],
    ['on time', onTimePpm === null ? 'nothing was due yet' : `${onTime} of ${due} (${percent(onTimePpm)})`],
    ['worst delay', `${worstDelayDays} days`],
    ...(newcomer === null ? [] : ([['as a newcomer', newcomerText(session, newcomer)]] as const)),
  ])
  const rows = sums.map(({ figure, count, amount, currency }) => [
    ...[figure, count, currency === null ? null : session.money(amount, currency)],
  ])
  return `${head}\n${session.table(['FIGURE', 'RECORDS', 'AMOUNT'], rows, 'no records yet')}`
}
