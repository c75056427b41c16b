/**
 * What finality costs: seven witnesses of one network attest the heads of as many logs as one signature covers, each durable
 * before it is signed; from a quorum of five come certificates, which are checked and stored. Beside it, on the same database, as many rows
 * as there are attestations, inserted as plainly as can be, with as many commits. Prints a line of JSON at the end, rates per
 * second of one process and its Postgres together.
 *
 *   npm run bench -- witness [--json] [--heads N]
 */
import { parseArgs } from 'node:util'
import { checkCertificate, encodeCertificate, fromText } from '#libs/record'
import { taken } from '../libs/network/src/testing/node.js'
import { Collector } from '../libs/replication/src/protocol/collector.js'
import { type AttestationBatch, encodeMessage } from '../libs/replication/src/protocol/messages.js'
import { Stops } from '../libs/replication/src/stops.service.js'
import { type ReplicatingNode, startReplicatingNode } from '../libs/replication/src/testing/replicating-node.js'
import { Witness } from '../libs/replication/src/witness.service.js'
import { fillWithMembers } from './making/members.js'

const [WITNESSES, QUORUM] = [7, 5]
const { values: options } = parseArgs({
  options: { json: { type: 'boolean', default: false }, heads: { type: 'string', default: '4096' } },
})
const HEADS = Number(options.heads)

async function main(): Promise<void> {
  const node = await startReplicatingNode(1, { kind: 'none' })
  try {
    const net = fromText(taken(await node.networks.create(node.operator(), 'Bench', 'Founder')).id)
    tell(`${HEADS} members …`)
    await fillWithMembers(node, net, HEADS)
    const attested = await attest(node, net)
    tell(`${attested.perSecond} attestations a second, durable`)
    const certified = certify(net, attested)
    tell(`${certified.perSecond} certificates a second, collected and checked`)
    const rows = await insertRows(node, HEADS * WITNESSES)
    tell(`${rows} plain rows a second`)
    const messageBytes = attested.batches.reduce((sum, batch) => sum + encodeMessage('attestation', batch).length, 0)
    console.log(
      JSON.stringify({
        ...{ bench: 'witness', heads: HEADS, witnesses: WITNESSES, quorum: QUORUM },
        attestationsPerSecond: attested.perSecond,
        plainRowsPerSecond: rows,
        ratio: Math.round((attested.perSecond / rows) * 100) / 100,
        certificatesPerSecond: certified.perSecond,
        signaturesPerFinalRecord: Math.round((attested.batches.length / HEADS) * 10_000) / 10_000,
        attestationBytesPerFinalRecord: Math.round(messageBytes / HEADS),
        certificateBytes: certified.bytes,
      }),
    )
  } finally {
    await node.close()
  }
}

/** Every witness attests all heads, one after the other: what each signs is committed before. */
async function attest({ store, membership }: ReplicatingNode, net: Uint8Array) {
  const { database, records, keys, clock } = store
  const witness = new Witness(
    database,
    records,
    membership,
    new Stops(database, records, membership, keys),
    keys,
    clock,
  )
  const witnesses = Array.from({ length: WITNESSES }, (_, number) => fromText(keys.key(900_000 + number)))
  const config = { cfg: net, witnesses, quorum: QUORUM }
  // The founder's own log is the witnesses' configuration; theirs are the members'.
  const entries = (await records.entries(net)).filter(({ length }) => length === 2)
  const open = entries.map((entry) => ({ ...entry, finalLength: 0 }))
  const batches: AttestationBatch[] = []
  const started = performance.now()
  for (const key of witnesses) batches.push(...(await witness.attest(net, { key, config }, open)))
  const count = batches.reduce((sum, { heads }) => sum + heads.length, 0)
  return { batches, witnesses, count, perSecond: rate(count, started) }
}

/** As many certificates as heads come together, each checked as a peer would. */
function certify(net: Uint8Array, { batches, witnesses }: Awaited<ReturnType<typeof attest>>) {
  const collector = new Collector()
  const started = performance.now()
  const certificates = batches.flatMap((batch) => collector.add(batch, QUORUM, () => true))
  for (const certificate of certificates) {
    const check = checkCertificate(certificate, { net, witnesses: [...witnesses], quorum: QUORUM })
    if (!check.ok) throw new Error(check.reason)
  }
  const perSecond = rate(certificates.length, started)
  const bytes = certificates.reduce((sum, certificate) => sum + encodeCertificate(certificate).length, 0)
  return { perSecond, bytes: Math.round(bytes / certificates.length) }
}

/** Rows of the same columns, in statements of the same size, one commit each. */
async function insertRows({ store: { database } }: ReplicatingNode, count: number): Promise<number> {
  await database.query(
    `create table plain (net bytea, witness bytea, author bytea, seq bigint, id bytea, primary key (net, witness, author))`,
  )
  const bytes = (number: number) => {
    const value = Buffer.alloc(32)
    value.writeUInt32BE(Math.imul(number, 2_654_435_761) >>> 0)
    return value
  }
  const started = performance.now()
  for (let first = 0; first < count; first += HEADS) {
    const keys = Array.from({ length: Math.min(HEADS, count - first) }, (_, i) => bytes(first + i))
    await database.query(
      `insert into plain select $1, $2, h.author, h.seq, h.id from unnest($3::bytea[], $4::bigint[], $5::bytea[]) h(author, seq, id)`,
      [bytes(1), bytes(first), keys, keys.map(() => 1), keys],
    )
  }
  return rate(count, started)
}

const rate = (count: number, started: number): number => Math.round((count * 1_000) / (performance.now() - started))

function tell(line: string): void {
  if (!options.json) console.log(line)
}

await main()
process.exit(0)
