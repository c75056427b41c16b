/**
 * Whether admissions that come in bulk are valid. The network's fold judges them, and goes on with each batch instead of
 * being folded anew: a network has two records for each of its members.
 */
import { canonicalOrder, directCauses, type FoldRecord, type Rules, RunningFold } from '#libs/fold'
import { toText } from '#libs/record'
import type { EntityManager } from 'typeorm'
import { ADMISSION } from '../admission.js'
import { indexRest } from '../indexing.shell.js'
import { knownRecord, type RecordBytes } from '../stored-record.js'

/** The type of subject that admissions belong to. */
const NETWORK = 'network'

export class Admissions {
  private readonly fold: RunningFold<unknown>
  private readonly numbers = new Map<string, number>()
  /** Some admission was void: what was added may be taken back. */
  foundVoid = false
  private readonly lastOfAuthor = new Map<string, number>()

  constructor(net: Uint8Array, rules: Rules) {
    this.fold = new RunningFold(toText(net), NETWORK, rules)
  }

  /** With all that is held of a network; null when it takes more than its records to judge: forks, or continued logs. */
  static async load(manager: EntityManager, rules: Rules, net: Uint8Array): Promise<Admissions | null> {
    const continued: unknown[] = await manager.query(`select 1 from continuation where net = $1 limit 1`, [net])
    if (continued.length > 0) return null
    await indexRest(manager, rules)
    const rows: (RecordBytes & { suspended: boolean })[] = await manager.query(
      `select r.header, r.body, null as signature, r.suspended from concern c join record r on r.id = c.record
       where c.subject = $1`,
      [net],
    )
    if (rows.some(({ suspended }) => suspended)) return null
    const admissions = new Admissions(net, rules)
    admissions.add(rows.map((row) => knownRecord(row).fold))
    admissions.foundVoid = false
    return admissions
  }

  /**
   * Adds records that name the network, whatever they rest on before. Returns the admissions among them that are void. (What
   * concerns the network by way of other records only has no part in it: an admission is judged by its author's own records.)
   */
  add(records: readonly FoldRecord[]): ReadonlySet<string> {
    const found = new Set<string>()
    const order = canonicalOrder(records, directCauses(records))
    for (const record of order.map((index) => records[index]!)) {
      const reason = this.fold.add(record, this.causesOf(record))
      if (reason !== null && record.kind === ADMISSION) found.add(record.id)
      this.lastOfAuthor.set(record.author, this.numbers.size)
      this.numbers.set(record.id, this.numbers.size)
    }
    this.foundVoid ||= found.size > 0
    return found
  }

  private causesOf({ author, subj, refs }: FoldRecord): number[] {
    const named = (subj === null ? refs : [subj, ...refs]).map((id) => this.numbers.get(id))
    return [...new Set([this.lastOfAuthor.get(author), ...named])].filter((number) => number !== undefined)
  }
}
