/** `mutuo attestation`: what verifiers say that they verified of people. */
import { type Command, Option } from 'commander'
import type { AttestationView, AttestedFact } from '#libs/messages'
import { instant } from '../format.js'
import { day, given, id, type PageOptions, wholeNumber } from '../options.js'
import type { Session, SessionOf } from '../session.js'

const FACTS: readonly AttestedFact[] = ['identity', 'incomeBand', 'membership']
const STATUSES = ['valid', 'expired', 'revoked'] as const

interface ListOptions extends PageOptions {
  of?: string
  by?: string
  status?: (typeof STATUSES)[number]
}

interface IssueOptions {
  what: AttestedFact
  level: number
  until: string
  value?: string
}

export function addAttestationCommands(program: Command, sessionOf: SessionOf): void {
  const attestation = program.command('attestation').description('What verifiers say that they verified of people')

  attestation
    .command('list')
    .description('Attestations, newest first; expired and revoked ones too')
    .option('--of <key>', 'only those about this identity', id)
    .option('--by <key>', 'only those of this verifier', id)
    .addOption(new Option('--status <status>', 'only those').choices(STATUSES))
    .option('--limit <count>', 'at most so many', wholeNumber(1, 200))
    .option('--cursor <cursor>', 'go on where a page ended')
    .addHelpText('after', '\nExamples:\n  $ mutuo attestation list --of KEY --status valid')
    .action(async ({ of: identity, by: verifier, ...options }: ListOptions, command: Command) => {
      const session = sessionOf(command)
      const page = await session.withNode((node) =>
        node.ask('attestations.list', given({ identity, verifier, ...options })),
      )
      session.print(
        page,
        () =>
          session.table(
            ['ATTESTATION', 'WHAT', 'LEVEL', 'VALUE', 'STATUS', 'UNTIL', 'OF', 'VERIFIER'],
            page.items.map((each) => [
              ...[each.id, each.what, each.level, each.value, each.status, each.until, each.identity],
              each.verifierAlias ?? each.verifier,
            ]),
            'no attestations',
          ) + session.more(page.next),
      )
    })

  attestation
    .command('show')
    .description('One attestation')
    .argument('<id>', 'the attestation', id)
    .addHelpText('after', '\nExamples:\n  $ mutuo attestation show ID')
    .action(async (of: string, _options: object, command: Command) => {
      const session = sessionOf(command)
      const view = await session.withNode((node) => node.ask('attestations.show', { attestation: of }))
      session.print(view, () => attestationText(session, view))
    })

  attestation
    .command('issue')
    .description("Say what this node's identity verified of someone; never what is in the document")
    .argument('<key>', 'of whom', id)
    .addOption(new Option('--what <fact>', 'what was verified').choices(FACTS).makeOptionMandatory())
    .option(
      '--level <level>',
      '1 known to the verifier, 2 seen in documents, 3 checked at the source',
      wholeNumber(1, 3),
      1,
    )
    .requiredOption('--until <day>', 'the last day on which it holds', day)
    .option('--value <text>', 'the income band, or to what someone belongs')
    .addHelpText(
      'after',
      '\nExamples:\n  $ mutuo attestation issue KEY --what identity --level 2 --until 2028-12-31' +
        '\n  $ mutuo attestation issue KEY --what incomeBand --value 25k-50k --until 2027-06-30',
    )
    .action(async (identity: string, options: IssueOptions, command: Command) => {
      const session = sessionOf(command)
      const view = await session.withNode((node) => node.ask('attestations.issue', { identity, ...given(options) }))
      session.print(view, () => attestationText(session, view))
    })

  attestation
    .command('revoke')
    .description('Take an own attestation back')
    .argument('<id>', 'the attestation', id)
    .option('--reason <text>', 'why, in a line')
    .addHelpText('after', '\nExamples:\n  $ mutuo attestation revoke ID --reason "moved away"')
    .action(async (of: string, options: { reason?: string }, command: Command) => {
      const session = sessionOf(command)
      const view = await session.withNode((node) =>
        node.ask('attestations.revoke', { attestation: of, ...given(options) }),
      )
      session.print(view, () => attestationText(session, view))
    })
}

function attestationText(session: Session, view: AttestationView): string {
  const { revoked } = view
  return session.pairs([
    ...([
      ['attestation', view.id],
      ['of', view.identity],
    ] as const),
    ['verifier', view.verifierAlias === null ? view.verifier : `${view.verifierAlias} ${view.verifier}`],
    ['what', view.value === '' ? view.what : `${view.what}: ${view.value}`],
    ['level', view.level],
    ['status', view.status],
    ['issued', instant(view.issuedAtMs)],
    ['until', view.until],
    ...(revoked ? ([['revoked', `${instant(revoked.atMs)} ${revoked.reason}`]] as const) : []),
  ])
}
