import {
  checkRun,
  concat,
  encode,
  encodeBody,
  type LogPosition,
  recordId,
  type Run,
  sha256,
  signHeader,
  type StoredRecord,
} from '#libs/record'
import {
  EMPTY_BODY,
  extendLog,
  fill,
  hex,
  idOf,
  keyOf,
  makeGenesisLog,
  makeLog,
  positionAt,
  rawHeader,
  recordsOf,
  signAgain,
  START_MS,
  unhex,
} from './sample.js'

interface RunCase {
  name: string
  run: Run
  after?: LogPosition
}

const recordToJson = ({ header, signature, body }: StoredRecord): unknown => ({
  header: hex(header),
  signature: signature && hex(signature),
  body: body && hex(body),
})

export function runs(): unknown {
  return {
    about:
      'Runs of one log, continuing it after a position or, without one, from seq 0. "check" is what the check says: ok with the ids, or the reason, the index of the first record at fault, and whether it proves that the sender misbehaved.',
    cases: [...good(), ...misplaced(), ...wrongSignatures(), ...wrongBodies()].map(({ name, run, after }) => {
      const check = checkRun(run, after)
      return {
        name,
        net: hex(run.net),
        author: hex(run.author),
        ...(after ? { after: { ...after, id: hex(after.id) } } : {}),
        records: run.records.map(recordToJson),
        check: check.ok ? { ok: true, ids: check.records.map(({ id }) => hex(id)) } : check,
      }
    }),
  }
}

const log = makeLog(1, 70)
const genesisLog = makeGenesisLog(1, 4)
const base = { net: log.net, author: log.author }
const publicBlock = encodeBody(fill(1, 16), { amount: 1 })

/** A log whose record 1 names a given block as its body. */
function withBody(block: Uint8Array, vis: 0 | 1 = 0): Run {
  const kind = vis === 1 ? { vis, kind: 'private' } : {}
  const made = makeLog(1, 2, (seq) => (seq === 1 ? { body: sha256(block), ...kind } : {}))
  return { ...base, records: recordsOf(made, 0, 2, undefined, (seq) => (seq === 1 ? block : EMPTY_BODY)) }
}

function good(): RunCase[] {
  const sameTime = makeLog(1, 3, () => ({ at: START_MS }))
  const again = recordsOf(log, 0, 2)
  const onlyAt = (seq: number) => (n: number) => n === seq
  return [
    { name: 'one record', run: { ...base, records: recordsOf(log, 0, 1) } },
    { name: 'three records, each signed', run: { ...base, records: recordsOf(log, 0, 3) } },
    { name: 'three records, the last one signed', run: { ...base, records: recordsOf(log, 0, 3, onlyAt(2)) } },
    { name: '64 records, the last one signed', run: { ...base, records: recordsOf(log, 0, 64, onlyAt(63)) } },
    { name: 'after a position', run: { ...base, records: recordsOf(log, 3, 5) }, after: positionAt(log, 2) },
    {
      name: 'after 53 unsigned records, ten more and a signed one',
      run: { ...base, records: recordsOf(log, 54, 65, onlyAt(64)) },
      after: { ...positionAt(log, 53), sinceSigned: 53 },
    },
    { name: 'records of equal time', run: { ...base, records: recordsOf(sameTime, 0, 3) } },
    { name: 'the first records of a genesis log', run: { ...genesisLog, records: recordsOf(genesisLog, 0, 4) } },
    {
      name: 'the second record of a genesis log',
      run: { ...genesisLog, records: recordsOf(genesisLog, 1, 2) },
      after: positionAt(genesisLog, 0),
    },
    {
      name: 'a statement signed again with another nonce',
      run: {
        ...base,
        records: [again[0]!, { ...again[1]!, signature: signAgain(log.headers[1]!, 1) }],
      },
    },
    { name: 'without bodies', run: { ...base, records: recordsOf(log, 0, 3, undefined, () => null) } },
    { name: 'a public body', run: withBody(publicBlock) },
    { name: 'a private body', run: withBody(encodeBody(fill(1, 16), {}, 'payee.details'), 1) },
    { name: 'a malformed private body, which is void and not refused', run: withBody(unhex('f93c00'), 1) },
  ]
}

function misplaced(): RunCase[] {
  const changed = (changes: Parameters<typeof rawHeader>[0]): Run => {
    const made = makeLog(1, 3, (seq) => (seq === 1 ? changes! : {}))
    return { ...base, records: recordsOf(made, 0, 3) }
  }
  const otherNet = makeLog(1, 2, () => ({ net: idOf(9) }))
  const ownReference = makeLog(1, 3, (seq) => (seq === 2 ? { refs: [recordId(makeLog(1, 1).headers[0]!)] } : {}))
  const backInTime = makeLog(1, 3, (seq) => ({ at: START_MS - seq }))
  const otherGenesis = extendLog({ ...genesisLog, net: idOf(9) }, 1, 1)
  return [
    { name: 'no records', run: { ...base, records: [] } },
    { name: 'seq 1 without a position', run: { ...base, records: recordsOf(log, 1, 2) } },
    { name: 'a gap before the run', run: { ...base, records: recordsOf(log, 4, 5) }, after: positionAt(log, 2) },
    { name: 'a gap within', run: { ...base, records: [...recordsOf(log, 0, 1), ...recordsOf(log, 2, 3)] } },
    { name: 'a record twice', run: { ...base, records: [...recordsOf(log, 0, 1), ...recordsOf(log, 0, 1)] } },
    {
      name: 'another previous record before the run',
      run: { ...base, records: recordsOf(log, 3, 4) },
      after: { ...positionAt(log, 2), id: idOf(8) },
    },
    { name: 'another previous record within', run: changed({ prev: idOf(8) }) },
    { name: 'another author within', run: changed({ author: keyOf(2).publicKey }) },
    { name: 'another author throughout', run: { ...base, author: keyOf(2).publicKey, records: recordsOf(log, 0, 1) } },
    { name: 'another network within', run: changed({ net: idOf(9) }) },
    { name: 'another network throughout', run: { ...base, records: recordsOf(otherNet, 0, 2) } },
    {
      name: 'a genesis record in another network',
      run: { ...base, records: recordsOf(genesisLog, 0, 1) },
    },
    {
      name: 'a genesis author that goes on in another network',
      run: { ...genesisLog, records: recordsOf({ ...otherGenesis, net: genesisLog.net }, 3, 5) },
      after: positionAt(genesisLog, 2),
    },
    { name: 'time going back', run: { ...base, records: recordsOf(backInTime, 0, 3) } },
    {
      name: 'time going back after a position',
      run: { ...base, records: recordsOf(log, 3, 4) },
      after: { ...positionAt(log, 2), at: START_MS + 1_000_000 },
    },
    { name: 'a reference to an own record', run: { ...base, records: recordsOf(ownReference, 0, 3) } },
    {
      name: 'a reference to the own record at the position',
      run: { ...base, records: recordsOf(ownReference, 1, 3) },
      after: positionAt(ownReference, 0),
    },
    { name: 'a header of another version', run: changed({ v: 2 }) },
    { name: 'a header that breaks a rule', run: changed({ kind: 'Offer.published' }) },
    {
      name: 'a header that is none',
      run: { ...base, records: [{ header: unhex('a0'), signature: null, body: null }] },
    },
  ]
}

function wrongSignatures(): RunCase[] {
  const records = recordsOf(log, 0, 3)
  const signedAt = (index: number, signature: Uint8Array): StoredRecord[] =>
    records.map((record, i) => (i === index ? { ...record, signature } : record))
  const wrong = log.signatures[3]!
  return [
    { name: 'the last signature is of another record', run: { ...base, records: signedAt(2, wrong) } },
    { name: 'an inner signature is of another record', run: { ...base, records: signedAt(1, wrong) } },
    {
      name: 'an inner signature is another key’s',
      run: { ...base, records: signedAt(1, signHeader(log.headers[1]!, keyOf(2).secretKey)) },
    },
    { name: 'a signature of 63 bytes', run: { ...base, records: signedAt(2, log.signatures[2]!.slice(0, 63)) } },
    { name: 'the end is not signed', run: { ...base, records: recordsOf(log, 0, 3, (seq) => seq === 1) } },
    { name: '64 unsigned records', run: { ...base, records: recordsOf(log, 0, 65, (seq) => seq === 64) } },
    {
      name: 'a 64th unsigned record, counted from before the run',
      run: { ...base, records: recordsOf(log, 64, 66, (seq) => seq === 65) },
      after: { ...positionAt(log, 63), sinceSigned: 63 },
    },
  ]
}

function wrongBodies(): RunCase[] {
  const [first, second] = recordsOf(log, 0, 2)
  const oversize = concat(EMPTY_BODY.slice(0, 1), fill(0, 65_536))
  return [
    {
      name: 'a body that the header does not name',
      run: { ...base, records: [first!, { ...second!, body: publicBlock }] },
    },
    { name: 'a public body that is not strict', run: withBody(concat(publicBlock, fill(0, 1))) },
    { name: 'a public body that is a list', run: withBody(encode([fill(1, 16), []])) },
    { name: 'a public record with a private body', run: withBody(encodeBody(fill(1, 16), {}, 'payee.details')) },
    { name: 'a public body of 65,537 bytes', run: withBody(oversize) },
    { name: 'a private body of 65,537 bytes', run: withBody(oversize, 1) },
  ]
}
