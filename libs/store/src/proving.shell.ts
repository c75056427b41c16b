/** Proofs of finality: what anyone needs to see that a record is final, read from one moment of the store. */
import { type Refusal, type Rules } from '#libs/fold'
import { encodeFinality, type FinalityProof, type ProvenLog } from '#libs/record'
import type { EntityManager } from 'typeorm'
import { finalAmong, readCertificates, restingOn } from './finality.shell.js'
import { bytesOfId } from './reading.shell.js'
import { plainBytes } from './stored-record.js'

/** Headers of one proof at most. */
const MOST_HEADERS = 200_000

interface RestingRow {
  id: Uint8Array
  net: Uint8Array
  author: Uint8Array
  seq: number
  kind: string
  body: Uint8Array | null
  vis: number
}

interface HeaderRow {
  header: Uint8Array
  signature: Uint8Array | null
}

/**
 * The bytes of a proof that a record is final. `withBody`: public bodies of all that it rests on go along, and its own; else
 * those only without which nobody could check it. Refuses: record_not_found, not_final, proof_too_large.
 */
export async function proveFinality(
  manager: EntityManager,
  rules: Rules,
  id: string,
  withBody: boolean,
): Promise<Uint8Array | Refusal> {
  const record = bytesOfId(id)
  const resting: RestingRow[] = record
    ? await manager.query(
        `${restingOn} select r.id, l.net, l.author, r.seq, r.kind, r.body, r.vis
         from resting join record r on r.id = resting.id join log l on l.no = r.log`,
        [[record]],
      )
    : []
  const [first] = resting
  if (!first || !record) return { refused: 'record_not_found' }
  if (!(await finalAmong(manager, [id])).has(id)) return { refused: 'not_final' }
  const net = plainBytes(first.net)
  const configuring: RestingRow[] = await manager.query(
    `select r.id, l.net, l.author, r.seq, r.kind, r.body, r.vis from record r join log l on l.no = r.log
     where l.net = $1 and (r.id = $1 or r.kind = 'network.amended') and not r.suspended`,
    [net],
  )
  const authors = new Map([...resting, ...configuring].map(({ author }) => [hex(author), plainBytes(author)]))
  const logs: ProvenLog[] = []
  const certificates: FinalityProof['certificates'] = []
  let headers = 0
  for (const author of authors.values()) {
    const held = await readCertificates(manager, net, author)
    certificates.push(...held)
    const last = Math.max(...held.map(({ seq }) => seq), ...seqsOf(configuring, author))
    const log = await provenLog(manager, net, author, last)
    headers += log[0].length
    if (headers > MOST_HEADERS) return { refused: 'proof_too_large', headers: MOST_HEADERS }
    logs.push(log)
  }
  const needed = [...configuring, ...resting.filter(({ kind }) => withBody || rules.kind(kind)?.concernsOwn)]
  const bodies = new Map(needed.flatMap(({ vis, body }) => (vis === 0 && body ? [[hex(body), plainBytes(body)]] : [])))
  return encodeFinality({
    ...{ type: 'finality', v: 1, net, record, logs, certificates },
    bodies: [...bodies.values()],
  })
}

/** Where an author's own records among some stand. */
const seqsOf = (rows: readonly RestingRow[], author: Uint8Array): number[] =>
  rows.filter((row) => hex(row.author) === hex(author)).map(({ seq }) => seq)

/** The headers of a log up to the first signed one at or above a seq. */
async function provenLog(
  manager: EntityManager,
  net: Uint8Array,
  author: Uint8Array,
  last: number,
): Promise<ProvenLog> {
  const rows: HeaderRow[] = await manager.query(
    `select r.header, r.signature from record r join log l on l.no = r.log
     where l.net = $1 and l.author = $2 and r.seq <= $3 + 64 order by r.seq`,
    [net, author, last],
  )
  const end = rows.findIndex(({ signature }, seq) => seq >= last && signature !== null)
  const log = rows.slice(0, end + 1)
  const signature = log.at(-1)?.signature
  if (!signature) throw new Error('a log has no signature within 64 records of what is certified')
  return [log.map(({ header }) => plainBytes(header)), plainBytes(signature)]
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
