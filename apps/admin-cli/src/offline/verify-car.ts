/** Verifies an exported loan book with nothing but the file: what any reader can check who trusts nobody. */
import {
  AUTHOR_REMOVED,
  foldKey,
  type FoldRecord,
  foldWorld,
  placeOf,
  speakersOf,
  spoken,
  type Succession,
  takesPart,
  type World,
} from '#libs/fold'
import type { LoanState } from '#libs/loans'
import { isAdmitted, type NetworkState } from '#libs/network'
import { type Certificate, FormatError, toText } from '#libs/record'
import { rules } from '#libs/rules'
import { readBook } from './book.js'
import { checkBooks } from './check-books.js'
import { checkCertificates } from './check-certificates.js'
import { checkLogs } from './check-logs.js'
import { removalsIn } from './removals-in.js'

/** What was found. `ok` exactly when `problems` is empty. */
export interface Verdict {
  ok: boolean
  /** Authentic records. */
  records: number
  subjects: number
  /** Records that are authentic but against a rule: no problem, they have no effect on any node. */
  voids: number
  certificates: number
  journalEntries: number
  /** Members whose admission is not in the file: the export of one loan leaves out who invited its parties. */
  notAdmittedHere: string[]
  problems: string[]
}

/** Checks a CAR file from its blocks to its books. Throws what the source throws; a malformed file is a problem found. */
export async function verifyCar(
  source: AsyncIterable<Uint8Array>,
  onProgress: (step: string, checked: number) => void,
): Promise<Verdict> {
  const problems: string[] = []
  const verdict: Verdict = {
    ok: false,
    records: 0,
    subjects: 0,
    voids: 0,
    certificates: 0,
    journalEntries: 0,
    notAdmittedHere: [],
    problems,
  }
  const problem = (sentence: string): void => void problems.push(sentence)
  try {
    const book = await readBook(source, (blocks) => onProgress('blocks', blocks))
    const { net, logs, records, suspended } = checkLogs(book, problem)
    verdict.records = records.length
    onProgress('records', records.length)

    const speakers = speakersOf(successionsIn(records, book.certificates))
    const said = records.flatMap((record) => spoken(record, speakers.get(record.author)) ?? [])
    const { folded, voids } = foldSaid(said, suspended, net && toText(net), book.certificates)
    verdict.subjects = folded.size
    verdict.voids = voids.size + records.length - said.length
    onProgress('subjects', folded.size)
    for (const { subject, needsNewerRules } of folded.values())
      if (needsNewerRules) problem(`subject ${subject} has records of kinds that this version does not know`)

    if (net !== null) {
      const network = folded.get(foldKey(toText(net), 'network'))!.state as NetworkState
      if (network.steward === '') problem('the genesis record is void: the network has no steward')
      const identities = [...logs.values()].map(([first]) => toText(first!.id))
      verdict.notAdmittedHere = identities.filter((identity) => !isAdmitted(network, identity))
      verdict.certificates = checkCertificates(book.certificates, net, network, logs, problem)
      onProgress('certificates', verdict.certificates)
    }
    const loans = [...folded.values()].filter(({ type, applied }) => type === 'loan' && applied.length > 0)
    verdict.journalEntries = checkBooks(
      loans.map(({ state }) => state as LoanState),
      problem,
    )
    onProgress('journal entries', verdict.journalEntries)
  } catch (error) {
    if (!(error instanceof FormatError)) throw error
    problem(`the file is malformed: ${error.message}`)
  }
  verdict.ok = problems.length === 0
  return verdict
}

/** Folds everything, and once more when members were removed: what they began afterwards is void. */
function foldSaid(
  said: readonly FoldRecord[],
  suspended: ReadonlySet<string>,
  net: string | null,
  certificates: readonly Certificate[],
): World {
  const world = foldWorld(said, rules, suspended)
  const network = net === null ? undefined : world.folded.get(foldKey(net, 'network'))
  const removed = network ? removalsIn(network.state as NetworkState, said, certificates) : new Map<string, number>()
  if (removed.size === 0) return world
  const begun = said.filter(
    (record) => placeOf(record) > (removed.get(record.author) ?? Infinity) && takesPart(record, rules),
  )
  return foldWorld(said, rules, suspended, new Map(begun.map(({ id }) => [id, AUTHOR_REMOVED])))
}

/** Continuations in effect: certified, and nothing beyond them certified of the log before. Certificates are checked elsewhere. */
function successionsIn(records: readonly FoldRecord[], certificates: readonly Certificate[]): Succession[] {
  const certified = new Map<string, number>()
  for (const { author, seq } of certificates) {
    const key = toText(author)
    certified.set(key, Math.max(certified.get(key) ?? -1, seq))
  }
  const byId = new Map(records.map((record) => [record.id, record]))
  return records.flatMap(({ kind, seq, author, refs, subj }) => {
    const after = kind === 'identity.continued' && seq === 0 ? byId.get(refs[0] ?? subj ?? '') : undefined
    if (!after || !certified.has(author) || (certified.get(after.author) ?? -1) > after.seq) return []
    return [{ key: author, old: after.author, afterSeq: after.seq }]
  })
}
