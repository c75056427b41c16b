/**
 * Loan books as files: a network, or what belongs to one loan, as a CAR file that anyone can verify alone, and back.
 * The format is the record library's; here is what goes in and how it is taken up.
 */
import type { Refusal } from '#libs/fold'
import {
  type BookPart,
  type Branch,
  type Certificate,
  checkBranch,
  equalBytes,
  exportCar,
  FormatError,
  type ForkProof,
  type Header,
  importCar,
  isGenesis,
  type Run,
  type StoredRecord,
  toText,
} from '#libs/record'
import type { EntityManager } from 'typeorm'
import { ADMISSION } from './admission.js'
import { readCertificates } from './finality.shell.js'
import { readForks } from './forks.shell.js'
import { readRange } from './reading.shell.js'
import { plainBytes, type RecordBytes } from './stored-record.js'

const RECORDS_PER_PAGE = 1_000
/** Records of one round of an import. */
const RECORDS_PER_ROUND = 2_000

/** What went into an export. */
export interface ExportCounts {
  records: number
  certificates: number
}

interface BookLog {
  no: number
  author: Uint8Array
  length: number
  head: Uint8Array
}

/** The bytes of a book, inside a transaction that sees one moment. `loan` (bytes) limits it to the logs that it rests on. */
export async function* writeBook(
  manager: EntityManager,
  net: Uint8Array,
  loan: Uint8Array | null,
  counts: ExportCounts,
): AsyncGenerator<Uint8Array> {
  const logs = await logsOf(manager, net, loan)
  const roots = logs.map(({ head }) => plainBytes(head))
  yield* exportCar(roots, bookParts(manager, net, logs, counts))
}

async function* bookParts(
  manager: EntityManager,
  net: Uint8Array,
  logs: readonly BookLog[],
  counts: ExportCounts,
): AsyncGenerator<BookPart> {
  for (const { author, length } of logs) {
    for (const proof of await readForks(manager, net, author)) yield proof
    for (let from = 0; from < length;) {
      const records = await readRange(manager, net, author, from, RECORDS_PER_PAGE, Infinity)
      const within = records.slice(0, length - from)
      yield { net, author: plainBytes(author), records: within }
      counts.records += within.length
      from += records.length
    }
    for (const certificate of await readCertificates(manager, net, author)) {
      counts.certificates++
      yield certificate
    }
  }
  yield* branches(manager, net)
}

/** Suspended records that accepted ones rest on, each with what its signature covers. */
async function* branches(manager: EntityManager, net: Uint8Array): AsyncGenerator<Branch> {
  const rows: { header: Uint8Array; signature: Uint8Array }[] = await manager.query(
    `select s.header, s.signature from suspended s where s.net = $1 and s.signature is not null
       and exists (select 1 from record r where r.suspended and (s.id = any(r.refs) or s.id = r.subject)) order by s.id`,
    [net],
  )
  for (const { header, signature } of rows)
    yield { type: 'branch', headers: [plainBytes(header)], signature: plainBytes(signature) }
}

/**
 * The logs of a book, ascending by author. Of one loan: those of its authors and of the network's founder, of all that
 * their records name, and of those who admitted them, transitively.
 */
async function logsOf(manager: EntityManager, net: Uint8Array, loan: Uint8Array | null): Promise<BookLog[]> {
  const all: BookLog[] = await manager.query(
    `select no, author, length, head from log where net = $1 and length > 0 order by author`,
    [net],
  )
  if (loan === null) return all
  const first: { log: number }[] = await manager.query(
    `select r.log from concern c join record r on r.id = c.record where c.subject = $1
     union select log from record where id = $2`,
    [loan, net],
  )
  const reached = new Set<number>()
  for (let open = first.map(({ log }) => log); open.length > 0;) {
    for (const log of open) reached.add(log)
    const next: { log: number }[] = await manager.query(
      `select distinct named.log from record r join record named on named.id = any(r.refs || r.subject)
       where r.log = any($1::integer[])
       union select a.log from record f join record a on a.kind = $2 and f.id = any(a.refs)
       where f.log = any($1::integer[]) and f.seq = 0`,
      [open, ADMISSION],
    )
    open = next.map(({ log }) => log).filter((log) => !reached.has(log))
  }
  return all.filter(({ no }) => reached.has(no))
}

/** A book as it was read: one network's, held in memory as a whole. */
export interface Book {
  net: Uint8Array
  /** In rounds whose order is nearly the causal one: nobody names what is later than itself. */
  rounds: Run[][]
  certificates: Certificate[]
  forks: ForkProof[]
  branches: Branch[]
}

interface BookRecord extends RecordBytes {
  id: Uint8Array
  place: Header
}

/** Reads a book. Refuses: car_malformed {reason}. */
export async function readBook(source: AsyncIterable<Uint8Array>): Promise<Book | Refusal> {
  const bodies = new Map<string, Uint8Array>()
  const signatures = new Map<string, Uint8Array>()
  const records: BookRecord[] = []
  const rest = { certificates: [] as Certificate[], forks: [] as ForkProof[], branches: [] as Branch[] }
  try {
    for await (const item of importCar(source)) {
      if (item.type === 'header')
        records.push({ id: item.id, place: item.header, header: item.bytes, signature: null, body: null })
      else if (item.type === 'body') bodies.set(toText(item.hash), item.bytes)
      else if (item.type === 'signatures')
        for (const [id, signature] of item.items) signatures.set(toText(id), signature)
      else if (item.type === 'certificate') rest.certificates.push(item)
      else if (item.type === 'fork') rest.forks.push(item)
      else if (item.type === 'branch') rest.branches.push(item)
    }
  } catch (error) {
    if (error instanceof FormatError) return { refused: 'car_malformed', reason: error.reason }
    throw error
  }
  const net = networkOf(records)
  if (net === null) return { refused: 'car_malformed', reason: 'book_networks' }
  for (const record of records) {
    record.signature = signatures.get(toText(record.id)) ?? null
    record.body = bodies.get(toText(record.place.body)) ?? null
  }
  return {
    net,
    rounds: roundsOf(net, records),
    ...rest,
    branches: rest.branches.filter((of) => checkBranch(of, net).ok),
  }
}

/** The one network that all headers are of; null when there are none or several. */
function networkOf(records: readonly BookRecord[]): Uint8Array | null {
  const nets = records.map(({ id, place }) => (isGenesis(place) ? id : place.net))
  return nets[0] && nets.every((net) => equalBytes(net, nets[0]!)) ? nets[0] : null
}

/** Cuts the logs into runs that end in a signed record, and puts the runs in rounds by the time of their records. */
function roundsOf(net: Uint8Array, records: BookRecord[]): Run[][] {
  records.sort((a, b) => a.place.at - b.place.at || a.place.seq - b.place.seq)
  const rounds: Run[][] = []
  const open = new Map<string, BookRecord[]>()
  let inRound = 0
  let round: Run[] = []
  const runOf = (of: BookRecord[]): Run => ({ net, author: of[0]!.place.author, records: of.map(storedOf) })
  const cut = () => {
    for (const [author, of] of open) {
      const end = of.findLastIndex(({ signature }) => signature !== null) + 1
      if (end > 0) round.push(runOf(of.slice(0, end)))
      if (end === of.length) open.delete(author)
      else open.set(author, of.slice(end))
    }
    rounds.push(round)
    round = []
    inRound = 0
  }
  for (const record of records) {
    const author = toText(record.place.author)
    const of = open.get(author)
    if (of) of.push(record)
    else open.set(author, [record])
    if (++inRound >= RECORDS_PER_ROUND) cut()
  }
  cut()
  // What no signature covers is handed on as it is, to be refused by name.
  const left = [...open.values()].map(runOf)
  return left.length > 0 ? [...rounds, left] : rounds
}

const storedOf = ({ header, signature, body }: BookRecord): StoredRecord => ({ header, signature, body })
