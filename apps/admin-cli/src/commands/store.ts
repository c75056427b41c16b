/** `mutuo verify`, `export`, `import`, `digests`, `rebuild`: what the node holds, as a whole. */
import { createReadStream } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { EXIT } from '../exit-code.js'
import { bytes, instant } from '../format.js'
import type { ForkVerdict } from '../offline/verify-fork.js'
import { given, id } from '../options.js'
import type { Session, SessionOf } from '../session.js'

/** What a verification found, wherever it ran. */
interface Verdict {
  ok: boolean
  records: number
  subjects: number
  notAdmittedHere?: string[]
  problems: string[]
}

export function addStoreCommands(program: Command, sessionOf: SessionOf): void {
  program
    .command('verify')
    .description('Re-check every hash, signature, fold, certificate and ledger entry; exit 1 when something is wrong')
    .option('--car <file>', 'check an exported file, with nothing but the file')
    .option('--proof <file>', 'check a proof, that a record is final or that a log forked, with nothing but the file')
    .addHelpText(
      'after',
      '\nExamples:\n  $ mutuo verify\n  $ mutuo verify --car loans.car --json\n  $ mutuo verify --proof record.proof',
    )
    .action(async (options: { car?: string; proof?: string }, command: Command) => {
      const session = sessionOf(command)
      if (options.proof !== undefined) return verifyProofFile(session, options.proof)
      const verdict = options.car === undefined ? await verifyNode(session) : await verifyFile(session, options.car)
      session.print(verdict, () => verdictText(session, verdict))
      if (!verdict.ok) session.endWith(EXIT.failed)
    })

  program
    .command('proof')
    .description('Write a file that proves to anyone that a record is final, or that a member signed two histories')
    .argument('<id>', 'of the record, or with --fork the key of the member', id)
    .requiredOption('--out <file>', 'must not exist yet')
    .option('--bodies', 'with what the records say, as far as it is public')
    .option('--fork', 'that a member signed two different records at one place of its log')
    .addHelpText(
      'after',
      '\nExamples:\n  $ mutuo proof ID --out loan.proof\n  $ mutuo proof KEY --fork --out cheat.proof\n  $ mutuo verify --proof loan.proof',
    )
    .action(async (of: string, options: { out: string; bodies?: boolean; fork?: boolean }, command: Command) => {
      const session = sessionOf(command)
      const { proof } = await session.withNode((node) =>
        options.fork
          ? node.ask('forks.prove', { author: of })
          : node.ask('records.prove', { id: of, bodies: options.bodies ?? false }),
      )
      const file = session.path(options.out)
      const block = Buffer.from(proof, 'base64')
      await writeFile(file, block, { flag: 'wx' })
      session.print({ path: file, bytes: block.length }, () => `${file}: ${bytes(block.length)}`)
    })

  program
    .command('export')
    .description('Write the records to a CAR file that anyone can verify offline')
    .argument('<file>', 'must not exist yet')
    .option('--loan <id>', 'only what belongs to one loan', id)
    .addHelpText('after', '\nExamples:\n  $ mutuo export network.car\n  $ mutuo export loan.car --loan ID')
    .action(async (file: string, options: { loan?: string }, command: Command) => {
      const session = sessionOf(command)
      const request = { path: session.path(file), ...given(options) }
      const answer = await session.withNode((node) => node.ask('store.export', request))
      session.print(
        answer,
        () => `${answer.path}: ${answer.records} records, ${answer.certificates} certificates, ${bytes(answer.bytes)}`,
      )
    })

  program
    .command('import')
    .description('Take in the records of a CAR file, checked as if peers had sent them')
    .argument('<file>', 'a CAR file')
    .addHelpText('after', '\nExamples:\n  $ mutuo import network.car')
    .action(async (file: string, _options: object, command: Command) => {
      const session = sessionOf(command)
      const answer = await session.withNode((node) => node.ask('store.import', { path: session.path(file) }))
      session.print(answer, () =>
        [
          `${answer.accepted} accepted, ${answer.known} known before, ${answer.staged} waiting for others`,
          ...answer.refused.map(({ author, reason }) => session.colors.red(`refused from ${author}: ${reason}`)),
        ].join('\n'),
      )
      if (answer.refused.length > 0) session.endWith(EXIT.failed)
    })

  program
    .command('digests')
    .description('What every subject folds to, as a hash: nodes that agree print the same')
    .addHelpText('after', '\nExamples:\n  $ mutuo digests\n  $ mutuo digests --json | jq -r .digest')
    .action(async (_options: object, command: Command) => {
      const session = sessionOf(command)
      const answer = await session.withNode((node) => node.ask('store.digests', {}))
      session.print(answer, () =>
        [
          session.table(
            ['SUBJECT', 'TYPE', 'DIGEST'],
            answer.subjects.map((of) => [of.subject, of.type, of.digest]),
            'no subjects',
          ),
          session.pairs([['all', answer.digest]]),
        ].join('\n\n'),
      )
    })

  program
    .command('rebuild')
    .description('Drop every projection and make it anew from the records')
    .addHelpText('after', '\nExamples:\n  $ mutuo rebuild')
    .action(async (_options: object, command: Command) => {
      const session = sessionOf(command)
      const progress = session.progress()
      const answer = await session.withNode(async (node) => {
        for await (const item of node.stream('store.rebuild', {})) {
          if ('step' in item) progress.show(`${item.step}: ${item.done} of ${item.total}`)
          else return item
        }
        throw new Error('the node stopped before the end')
      })
      progress.end()
      session.print(answer, () => `${answer.subjects} subjects rebuilt`)
    })
}

async function verifyProofFile(session: Session, file: string): Promise<void> {
  const proof = new Uint8Array(await readFile(session.path(file)))
  const { verifyFork } = await import('../offline/verify-fork.js')
  const fork = verifyFork(proof)
  if (fork !== null) return printFork(session, fork)
  const { verifyProof } = await import('../offline/verify-proof.js')
  const verdict = verifyProof(proof)
  session.print(verdict, () =>
    verdict.ok
      ? session.pairs([
          ['final', verdict.record],
          ['kind', verdict.kind],
          ['author', verdict.author],
          ['place', verdict.seq],
          ['network', verdict.network],
          ['rests on', `${verdict.rests} records in ${verdict.logs} logs`],
          ['certified by', `${verdict.certificates} certificates, configurations up to ${verdict.cfg}`],
        ])
      : session.colors.red(`not proven: ${verdict.reason.replaceAll('_', ' ')}${verdict.at ? ` (${verdict.at})` : ''}`),
  )
  if (!verdict.ok) session.endWith(EXIT.failed)
}

function printFork(session: Session, verdict: ForkVerdict): void {
  session.print(verdict, () =>
    verdict.ok
      ? session.pairs([
          ['signed two histories', verdict.author],
          ['network', verdict.network],
          ['place', verdict.seq],
          ...verdict.branches.map((branch): [string, string] => [
            'one history',
            branch.map(({ id: record, kind, atMs }) => `${record} ${kind} ${instant(atMs)}`).join('\n'),
          ]),
        ])
      : session.colors.red(`not proven: ${verdict.reason.replaceAll('_', ' ')}`),
  )
  if (!verdict.ok) session.endWith(EXIT.failed)
}

async function verifyNode(session: Session): Promise<Verdict> {
  const progress = session.progress()
  try {
    return await session.withNode(async (node) => {
      for await (const item of node.stream('store.verify', {})) {
        if ('done' in item)
          return { ok: item.ok, records: item.records, subjects: item.subjects, problems: item.problems }
        progress.show(`${item.step}: ${item.checked} checked`)
      }
      throw new Error('the node stopped before the end')
    })
  } finally {
    progress.end()
  }
}

async function verifyFile(session: Session, file: string): Promise<Verdict> {
  const { verifyCar } = await import('../offline/verify-car.js')
  const progress = session.progress()
  try {
    return await verifyCar(createReadStream(session.path(file)), (step, checked) =>
      progress.show(`${step}: ${checked} checked`),
    )
  } finally {
    progress.end()
  }
}

function verdictText(session: Session, { ok, records, subjects, notAdmittedHere = [], problems }: Verdict): string {
  const what = `${records} records, ${subjects} subjects`
  const remarks = notAdmittedHere.map((identity) => `the admission of ${identity} is not in the file`)
  if (ok) return [`${session.colors.green('verified')}: ${what}, no problems`, ...remarks].join('\n')
  return [`${session.colors.red('not verified')}: ${what}, ${problems.length} problems`, ...problems].join('\n')
}
