/** `mutuo sync`: what the node still lacks of what its peers hold, from whom it comes, and how long that takes. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Command } from 'commander'
import type { SyncStatus } from '#libs/messages'
import { bytes } from '../format.js'
import type { Session, SessionOf } from '../session.js'

const LOOK_MS = 1_000

export function addSyncCommands(program: Command, sessionOf: SessionOf): void {
  const sync = program.command('sync').description('Catching up with other nodes')

  sync
    .command('status')
    .description('What is missing here, from whom it comes, how fast, and how long it takes')
    .option('-w, --watch', 'show it until the node holds what its peers hold')
    .addHelpText('after', '\nExamples:\n  $ mutuo sync status\n  $ mutuo sync status --watch')
    .action(async ({ watch }: { watch?: boolean }, command: Command) => {
      const session = sessionOf(command)
      const status = await session.withNode(async (node) => {
        const progress = session.progress()
        let answer = await node.ask('sync.status', {})
        while (watch && answer.state !== 'caught_up') {
          progress.show(inOneLine(answer))
          await sleep(LOOK_MS)
          answer = await node.ask('sync.status', {})
        }
        progress.end()
        return answer
      })
      session.print(status, () => inFull(session, status))
    })
}

function inOneLine(status: SyncStatus): string {
  if (status.state === 'alone') return 'no peer yet …'
  const { missingRecords, recordsPerSecond, etaMs, sources } = status
  return `${missingRecords} records to come from ${sources.length} peers, ${recordsPerSecond} a second, ${duration(etaMs)}`
}

function inFull(session: Session, status: SyncStatus): string {
  const { state, missingRecords, missingLogs, recordsPerSecond, etaMs, waitingRecords, unindexedRecords } = status
  const facts = session.pairs([
    ['state', state.replace('_', ' ')],
    ['missing', `${missingRecords} records in ${missingLogs} logs`],
    ['pace', `${recordsPerSecond} records a second`],
    ['time left', state === 'behind' ? duration(etaMs) : null],
    ['waiting', `${waitingRecords} records that others must precede`],
    ['to be shown', `${unindexedRecords} records that lists do not show yet`],
  ])
  const sources = session.table(
    ['PEER', 'MEMBER', 'MISSING', 'ASKED', 'RECEIVED', 'IN SYNC'],
    status.sources.map((source) => [
      source.key,
      source.alias ?? source.identity,
      source.missingRecords,
      source.askedRecords,
      `${source.recordsIn} records, ${bytes(source.bytesIn)}`,
      source.inSync,
    ]),
    'no peers',
  )
  return `${facts}\n\n${sources}`
}

function duration(ms: number | null): string {
  if (ms === null) return 'nothing comes'
  const seconds = Math.ceil(ms / 1_000)
  return seconds < 120 ? `${seconds} s left` : `${Math.ceil(seconds / 60)} min left`
}
