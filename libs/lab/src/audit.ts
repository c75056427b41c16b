/** What is checked at the end of every story: that nodes that never shared a database hold the same books. */
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { JournalEntryView, LoanSummary, NodeStatus, NodeMessages, Page } from '#libs/messages'
import type { Community } from './community.js'
import type { Narrator } from './narrator.js'
import type { Operator } from './operator.js'
import { until } from './until.js'

type Digests = Exclude<NodeMessages['store.digests']['answer'], { refused: string }>
type TrialBalance = Exclude<NodeMessages['ledger.trialBalance']['answer'], { refused: string }>

export interface Audit {
  readonly ok: boolean
  readonly nodes: number
  readonly records: number
  readonly loans: Readonly<Record<string, number>>
  readonly finalRecords: number
  readonly booksEqual: boolean
  /** One per node, over the subjects that all hold: SHA-256 of subject, type and digest, hex. */
  readonly stateDigests: readonly string[]
  readonly exports: readonly string[]
  /** What `verify` finds wrong, node by node: nothing. */
  readonly problems: readonly string[]
}

/** Waits until all nodes hold the same records and all are final, compares their states and books, verifies and exports each. */
export async function audit(
  { operators, nodes }: Pick<Community, 'operators' | 'nodes'>,
  exportDir: string,
  narrator: Narrator,
): Promise<Audit> {
  await until('all nodes to hold the same', 60_000, async () => {
    const statuses = await Promise.all(operators.map(statusOf))
    const [first] = statuses
    return statuses.every(
      (status) =>
        status.records === first!.records &&
        status.staged === 0 &&
        status.dirty === 0 &&
        status.finalRecords === status.records,
    )
  })
  const statuses = await Promise.all(operators.map(statusOf))
  const stateDigests = commonDigests(await Promise.all(operators.map((operator) => operator.json<Digests>('digests'))))
  const books = await Promise.all(operators.map(booksOf))
  const booksEqual = books.every((book) => JSON.stringify(book) === JSON.stringify(books[0]) && balances(book.balance))
  narrator.tell(
    `states ${allSame(stateDigests) ? 'equal' : 'DIFFER'}, books ${booksEqual ? 'equal and balanced' : 'DIFFER'} on all three`,
  )

  const checked = await Promise.all(
    operators.map(async (operator, index) => {
      const { name } = nodes[index]!
      const path = join(exportDir, `${name}.car`)
      await operator.json('export', path)
      const online = await problemsOf(operator, 'verify')
      const offline = await problemsOf(operator, 'verify', '--car', path)
      const said = (found: readonly string[]): string => (found.length === 0 ? 'ok' : `FAILED: ${found.join('; ')}`)
      narrator.tell(`"${name}" verified: store ${said(online)}, exported file ${said(offline)}`)
      return { path, problems: [...online, ...offline] }
    }),
  )
  const problems = checked.flatMap((of) => of.problems)

  return {
    ok: allSame(stateDigests) && booksEqual && problems.length === 0,
    nodes: nodes.length,
    records: statuses[0]!.records,
    loans: await loansByStatus(operators[0]!),
    finalRecords: statuses[0]!.finalRecords,
    booksEqual,
    stateDigests,
    exports: checked.map(({ path }) => path),
    problems,
  }
}

/** What a verification prints; whatever it says when it ends badly without a list. */
async function problemsOf(operator: Operator, ...command: string[]): Promise<readonly string[]> {
  const { code, stdout, stderr } = await operator.run(...command, '--json')
  if (code === 0) return []
  const { problems = [] } = stdout === '' ? {} : (JSON.parse(stdout) as { problems?: string[] })
  return problems.length > 0 ? problems : [stderr || stdout]
}

const statusOf = (operator: Operator): Promise<NodeStatus> => operator.json<NodeStatus>('status')
const allSame = (values: readonly string[]): boolean => values.every((value) => value === values[0])
const balances = (book: TrialBalance): boolean => book.totals.every(({ debit, credit }) => debit === credit)

/** The trial balance and the whole journal of all owners. */
async function booksOf(operator: Operator): Promise<{ balance: TrialBalance; journal: JournalEntryView[] }> {
  const balance = await operator.json<TrialBalance>('ledger', 'balance')
  const journal: JournalEntryView[] = []
  let cursor: string[] | null = []
  while (cursor !== null) {
    const page: Page<JournalEntryView> = await operator.json('ledger', 'journal', '--limit', '200', ...cursor)
    journal.push(...page.items)
    cursor = page.next === undefined ? null : ['--cursor', page.next]
  }
  return { balance, journal }
}

function commonDigests(nodes: readonly Digests[]): string[] {
  const keyed = nodes.map(
    ({ subjects }) => new Map(subjects.map(({ subject, type, digest }) => [`${subject} ${type}`, digest])),
  )
  const common = [...keyed[0]!.keys()].filter((key) => keyed.every((digests) => digests.has(key))).sort()
  return keyed.map((digests) => {
    const hash = createHash('sha256')
    for (const key of common) hash.update(`${key} ${digests.get(key)}\n`)
    return hash.digest('hex')
  })
}

async function loansByStatus(operator: Operator): Promise<Record<string, number>> {
  const { items } = await operator.json<Page<LoanSummary>>('loan', 'list', '--limit', '200')
  const counts: Record<string, number> = {}
  for (const { status } of items) counts[status] = (counts[status] ?? 0) + 1
  return counts
}
