import {
  attestationLeaf,
  attestationRoot,
  type Certificate,
  checkConflict,
  checkFinality,
  compareBytes,
  type Conflict,
  decodeConflict,
  decodeFinality,
  encode,
  encodeBody,
  encodeConflict,
  encodeFinality,
  type FinalityProof,
  makeConflict,
  recordId,
  sha256,
  signAttestation,
  signHeader,
  type Value,
} from '#libs/record'
import { fill, hex, idOf, keyOf, extendLog, type Log, makeLog, rawHeader, START_MS } from './sample.js'
import { plainKinds } from '../plain-kinds.js'
import { reasonOf } from './values.js'

const WITNESSES = [21, 22, 23, 24].sort((a, b) => compareBytes(keyOf(a).publicKey, keyOf(b).publicKey))

/** The record at `seq` of a log, certified by some of the witnesses. */
function certified(log: Log, seq: number, cfg: Uint8Array, by: readonly number[]): Certificate {
  const head = { author: log.author, seq, id: recordId(log.headers[seq]!) }
  const statement = { net: log.net, cfg, atMs: START_MS + 60_000, root: attestationRoot([attestationLeaf(head)]) }
  return {
    ...{ type: 'certificate', cfg, ...head },
    attestations: by.map((n) => [
      keyOf(n).publicKey,
      statement.atMs,
      1,
      0,
      [],
      signAttestation(statement, keyOf(n).secretKey),
    ]),
  }
}

const trunk = makeLog(1, 3)
const left = extendLog(trunk, 1, 4)
const right = extendLog(trunk, 1, 4, () => ({ kind: 'offer.withdrawn', subj: idOf(4) }))
const CFG = idOf(0)
const [w1, w2, w3, w4] = WITNESSES as [number, number, number, number]

export function conflicts(): unknown {
  const context = { witnesses: WITNESSES.map((n) => keyOf(n).publicKey), quorum: 3 }
  const branch = (log: Log, seq: number, by: readonly number[]) => ({
    certificate: certified(log, seq, CFG, by),
    headers: log.headers.slice(3, seq + 1),
  })
  const [one, other] = [branch(left, 4, [w1, w2, w3]), branch(right, 6, [w2, w3, w4])]
  const good = makeConflict(one, other)
  const swapped: Conflict = {
    ...good,
    certificates: [good.certificates[1], good.certificates[0]],
    chains: [good.chains[1], good.chains[0]],
  }
  const lower = makeConflict({ ...one, headers: left.headers.slice(2, 5) }, other)
  const short = makeConflict({ ...one, headers: left.headers.slice(3, 4) }, other)
  const sameLog = makeConflict(branch(left, 4, [w1, w2, w3]), branch(left, 6, [w1, w2, w3]))
  const stranger = { ...other, certificate: { ...other.certificate, author: keyOf(2).publicKey } }
  const weak = makeConflict(one, branch(right, 6, [w2, w3]))
  const cases: [string, Conflict, Uint8Array][] = [
    ['two heads at different places', good, trunk.net],
    ['two heads at one place, without headers', makeConflict(branch(left, 4, [w1, w2, w3]), branch(right, 4, [w1, w3, w4])), trunk.net],
    ['in descending order', swapped, trunk.net],
    ['two authors', makeConflict(one, stranger), trunk.net],
    ['one head twice', { ...good, certificates: [good.certificates[0], good.certificates[0]] }, trunk.net],
    ['two heads of one branch', sameLog, trunk.net],
    ['a chain that begins below the other', lower, trunk.net],
    ['a chain that ends below what is certified', short, trunk.net],
    ['no headers where places differ', { ...good, chains: [[], []] }, trunk.net],
    ['too few attestations', weak, trunk.net],
    ['another network', good, idOf(9)],
  ]
  const malformed: [string, Value][] = [
    ['no map', []],
    ['another type', { type: 'fork', certificates: [], chains: [] }],
    ['one certificate', { type: 'conflict', certificates: [fill(1)], chains: [[], []] }],
    ['three chains', { type: 'conflict', certificates: [fill(1), fill(1)], chains: [[], [], []] }],
  ]
  return {
    about:
      'Conflicts {type: "conflict", certificates, chains}: "hex" are their bytes. "check" says whether they show two certified heads of one log, by whom, from which seq on, and which witnesses signed for both; "witnesses" and "quorum" are those of every cfg.',
    cases: cases.map(([name, conflict, net]) => {
      const check = checkConflict(conflict, net, () => context)
      return {
        name,
        net: hex(net),
        witnesses: context.witnesses.map(hex),
        quorum: context.quorum,
        hex: hex(encodeConflict(conflict)),
        check: check.ok
          ? { ok: true, author: hex(check.author), seq: check.seq, witnesses: check.witnesses.map(hex) }
          : check,
      }
    }),
    malformed: malformed.map(([name, value]) => ({
      name,
      hex: hex(encode(value)),
      reason: reasonOf(() => decodeConflict(encode(value))),
    })),
  }
}

/** A network of a founder, who is its first witness, and a member whose offer rests on the founder's second record. */
function network() {
  const first = { witnesses: [keyOf(1).publicKey], quorum: 1 }
  const genesisBody = encodeBody(fill(0x5a, 16), first)
  const genesis = rawHeader({
    ...{ seq: 0, net: fill(0), kind: 'network.created', prev: null },
    body: sha256(genesisBody),
  })
  const net = recordId(genesis)
  const second = { witnesses: [w1, w2, w3].map((n) => keyOf(n).publicKey), quorum: 2, was: net }
  const amendedBody = encodeBody(fill(0x5b, 16), second)
  const start: Log = {
    ...{ net, author: keyOf(1).publicKey, headers: [genesis] },
    signatures: [signHeader(genesis, keyOf(1).secretKey)],
  }
  const offered = extendLog(start, 1, 1)
  const founder = extendLog(offered, 1, 2, (seq) =>
    seq === 2 ? { kind: 'network.amended', subj: net, body: sha256(amendedBody) } : {},
  )
  const offer = recordId(founder.headers[1]!)
  const member = extendLog({ net, author: keyOf(2).publicKey, headers: [], signatures: [] }, 2, 3, (seq) =>
    seq === 1 ? { refs: [offer] } : {},
  )
  const amended = recordId(founder.headers[2]!)
  return { net, founder, member, amended, bodies: [genesisBody, amendedBody], record: recordId(member.headers[1]!) }
}

export function finalityProofs(): unknown {
  const { net, founder, member, amended, bodies, record } = network()
  const proof: FinalityProof = {
    ...{ type: 'finality', v: 1, net, record, bodies },
    logs: [
      [founder.headers, founder.signatures[3]!],
      [member.headers, member.signatures[2]!],
    ],
    certificates: [
      certified(founder, 2, net, [1]),
      certified(founder, 3, amended, [w1, w3]),
      certified(member, 2, amended, [w1, w2, w3]),
    ],
  }
  const [underGenesis, ofFounder, ofMember] = proof.certificates as [Certificate, Certificate, Certificate]
  const withLogs = (logs: FinalityProof['logs']) => ({ ...proof, logs })
  const cases: [string, FinalityProof][] = [
    ['a record that rests on one of another log, under an amendment', proof],
    ['of a record that nothing rests on', { ...proof, record: recordId(founder.headers[1]!) }],
    ['without a certificate of what it rests on', { ...proof, certificates: [certified(member, 2, net, [1])] }],
    ['without the certificate that put the amendment in force', { ...proof, certificates: [ofFounder, ofMember] }],
    ['a certificate below the record', { ...proof, certificates: [underGenesis, certified(member, 0, amended, [w1, w2])] }],
    ['without its own log', withLogs([proof.logs[0]!])],
    ['a log that does not begin at seq 0', withLogs([proof.logs[0]!, [member.headers.slice(1), member.signatures[2]!]])],
    ['a log with a gap', withLogs([proof.logs[0]!, [[member.headers[0]!, member.headers[2]!], member.signatures[2]!]])],
    ['a log that is signed by another', withLogs([proof.logs[0]!, [member.headers, founder.signatures[3]!]])],
    ['a log twice', withLogs([proof.logs[0]!, proof.logs[1]!, proof.logs[1]!])],
    ['another network', { ...proof, net: idOf(9) }],
    ['without the genesis body', { ...proof, bodies: [bodies[1]!] }],
    ['a certificate under an unknown configuration', { ...proof, certificates: [underGenesis, { ...ofMember, cfg: idOf(7) }] }],
    ['a witness of the configuration before', { ...proof, certificates: [underGenesis, certified(member, 2, amended, [1, w1].sort((a, b) => compareBytes(keyOf(a).publicKey, keyOf(b).publicKey)))] }],
    ['a certificate of a record that is not there', { ...proof, certificates: [underGenesis, ofFounder, { ...ofMember, id: idOf(8) }] }],
  ]
  const malformed: [string, Value][] = [
    ['no map', []],
    ['another version', { type: 'finality', v: 2 }],
    ['a key too few', { type: 'finality', v: 1, net, record, logs: [], bodies: [] }],
    ['a log without a signature', { type: 'finality', v: 1, net, record, logs: [[[]]], bodies: [], certificates: [] }],
  ]
  return {
    about:
      'Proofs {type: "finality", …}: "hex" are their bytes, "check" what a reader finds: how many other records the record rests on, and the last configuration in force. The kinds of these records declare nothing beyond refs and subj; configurations are those of the bodies, in the order of "was".',
    cases: cases.map(([name, each]) => {
      const check = checkFinality(each, plainKinds)
      return {
        name,
        hex: hex(encodeFinality(each)),
        check: check.ok
          ? { ok: true, record: hex(check.record.id), rests: check.rests, cfg: hex(check.cfg) }
          : { ok: false, reason: check.reason },
      }
    }),
    malformed: malformed.map(([name, value]) => ({
      name,
      hex: hex(encode(value)),
      reason: reasonOf(() => decodeFinality(encode(value))),
    })),
  }
}
