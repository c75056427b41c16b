import type { Refusal } from '#libs/fold'
import type { ChangeEvent, Page, PageRequest, RecordView } from '#libs/messages'
import { fromText } from '#libs/record'
import { map, type Observable } from 'rxjs'
import type { DataSource } from 'typeorm'
import type { PeopleOf } from './ports.js'
import { findRecords, readLogPage, readSubject } from './reading.shell.js'
import { viewsOf } from './record-view.shell.js'
import type { Records } from './records.service.js'

const DEFAULT_LIMIT = 50

/** What faces ask of the records. */
export class StoreQueries {
  private changes = 0

  constructor(
    private readonly database: DataSource,
    private readonly records: Records,
    private readonly peopleOf?: PeopleOf,
  ) {}

  /** One record with its bytes, but for a private body. Refuses: record_not_found. */
  async show(
    id: string,
  ): Promise<(RecordView & { headerHex: string; signatureHex: string | null; bodyHex: string | null }) | Refusal> {
    const found = await findRecords(this.database, [id])
    const [view] = await viewsOf(this.database, found, this.peopleOf)
    if (!view) return { refused: 'record_not_found' }
    const { header, headerBytes, signature, body } = found[0]!.record
    return {
      ...view,
      headerHex: hex(headerBytes),
      signatureHex: hex(signature),
      bodyHex: header.vis === 1 ? null : hex(body),
    }
  }

  /** Those of these records that are held, in no particular order. */
  async views(ids: readonly string[]): Promise<RecordView[]> {
    return viewsOf(this.database, await findRecords(this.database, ids), this.peopleOf)
  }

  /** Every record of a subject, in canonical order. Refuses: subject_not_found. */
  async timeline(subject: string): Promise<{ items: RecordView[] } | Refusal> {
    await this.records.indexed()
    const found = await readSubject(this.database, subject)
    if (found.length === 0) return { refused: 'subject_not_found' }
    return { items: await viewsOf(this.database, found, this.peopleOf) }
  }

  /** An author's records in all networks, by network and seq ascending. The cursor is where the page before ended. */
  async log(author: string, { limit = DEFAULT_LIMIT, cursor }: PageRequest): Promise<Page<RecordView>> {
    const { found, next } = await readLogPage(this.database, fromText(author), limit, cursor)
    const items = await viewsOf(this.database, found, this.peopleOf)
    return next === undefined ? { items } : { items, next }
  }

  /** Subjects as they change, numbered since this process began. */
  watch(): Observable<ChangeEvent> {
    return this.records.projected.pipe(map(({ subjects }) => ({ seq: ++this.changes, subjects })))
  }
}

function hex(bytes: Uint8Array): string
function hex(bytes: Uint8Array | null): string | null
function hex(bytes: Uint8Array | null): string | null {
  return bytes && Buffer.from(bytes).toString('hex')
}
