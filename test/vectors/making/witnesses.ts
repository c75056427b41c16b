import {
  attestationLeaf,
  attestationMessage,
  attestationPath,
  attestationRoot,
  AttestationTree,
  type Certificate,
  type CertificateAttestation,
  checkCertificate,
  compareBytes,
  decodeCertificate,
  encode,
  encodeCertificate,
  freezeMessage,
  frozenMessage,
  helloMessage,
  MAX_TREE_SIZE,
  sign,
  signAttestation,
  signHello,
  stoppedMessage,
  type Value,
} from '#libs/record'
import { fill, hex, idOf, keyOf, seedOf, START_MS, unhex } from './sample.js'
import { reasonOf } from './values.js'

/** The leaves of RFC 6962's reference implementation, so that roots can be compared with others'. */
const PLAIN_LEAVES = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
]

export function attestations(): unknown {
  const leaves = Array.from({ length: 13 }, (_, n) => ({ author: idOf(500 + n), seq: n, id: idOf(600 + n) }))
    .sort((a, b) => compareBytes(a.author, b.author))
    .map(attestationLeaf)
  const tree = (name: string, list: Uint8Array[]) => ({
    name,
    leaves: list.map(hex),
    root: hex(attestationRoot(list)),
    paths: list.map((_, index) => attestationPath(list, index).map(hex)),
  })
  const statement = { net: idOf(0), cfg: idOf(0), atMs: START_MS, root: attestationRoot(leaves) }
  return {
    about:
      'Attestations. "leaves": author ‖ seq (u64 big-endian) ‖ id. "trees": RFC 6962 roots and, for each leaf, its audit path, leaf side first. "messages": what a witness signs, and its signature by the key of the seed.',
    leaves: [
      { name: 'a head at seq 0', author: idOf(1), seq: 0, id: idOf(2) },
      { name: 'a head at seq 2^53 - 1', author: idOf(1), seq: Number.MAX_SAFE_INTEGER, id: idOf(2) },
    ].map((head) => ({ ...head, author: hex(head.author), id: hex(head.id), hex: hex(attestationLeaf(head)) })),
    trees: [
      tree('no leaves', []),
      ...PLAIN_LEAVES.map((_, i) => tree(`RFC 6962 reference, ${i + 1}`, PLAIN_LEAVES.slice(0, i + 1).map(unhex))),
      tree('13 heads', leaves),
    ],
    messages: [
      { name: 'an attestation', statement },
      { name: 'at time 0', statement: { ...statement, atMs: 0 } },
      { name: 'under an amendment', statement: { ...statement, cfg: idOf(3) } },
    ].map(({ name, statement: item }) => ({
      name,
      net: hex(item.net),
      cfg: hex(item.cfg),
      atMs: item.atMs,
      root: hex(item.root),
      message: hex(attestationMessage(item)),
      seed: hex(seedOf(21)),
      signature: hex(signAttestation(item, keyOf(21).secretKey)),
    })),
  }
}

const NET = idOf(0)
const HEAD = { author: keyOf(1).publicKey, seq: 41, id: idOf(41) }
const WITNESS_NUMBERS = [21, 22, 23, 24].sort((a, b) => compareBytes(keyOf(a).publicKey, keyOf(b).publicKey))
const WITNESSES = WITNESS_NUMBERS.map((n) => keyOf(n).publicKey)

/** Witness `n`'s attestation of HEAD among `size` heads. */
function attest(
  n: number,
  size: number,
  changes: Partial<{ cfg: Uint8Array; atMs: number }> = {},
): CertificateAttestation {
  const others = Array.from({ length: size - 1 }, (_, i) => ({ author: idOf(700 + i), seq: i, id: idOf(800 + i) }))
  const heads = [HEAD, ...others].sort((a, b) => compareBytes(a.author, b.author))
  const leafIndex = heads.indexOf(HEAD)
  const tree = new AttestationTree(heads.map(attestationLeaf))
  const statement = { net: NET, cfg: NET, atMs: START_MS + n, root: tree.root(), ...changes }
  const signature = signAttestation(statement, keyOf(n).secretKey)
  return [keyOf(n).publicKey, statement.atMs, size, leafIndex, tree.path(leafIndex), signature]
}

const certify = (list: CertificateAttestation[], changes: Partial<Certificate> = {}): Certificate => ({
  type: 'certificate',
  cfg: NET,
  ...HEAD,
  attestations: list,
  ...changes,
})

export function certificates(): unknown {
  const [a, b, c, d] = WITNESS_NUMBERS.map((n, i) => attest(n, [1, 2, 7, 100][i]!)) as [
    CertificateAttestation,
    CertificateAttestation,
    CertificateAttestation,
    CertificateAttestation,
  ]
  const context = { net: NET, witnesses: WITNESSES, quorum: 3 }
  const lone = { net: NET, witnesses: [WITNESSES[0]!], quorum: 1 }
  const stranger = attest(25, 1)
  const withLast = (...changed: CertificateAttestation) => certify([a, b, changed])
  const [witness, atMs, size, index, path, signature] = c
  const cases: [string, Certificate, typeof context][] = [
    ['one witness of one', certify([a]), lone],
    ['three of four', certify([a, b, c]), context],
    ['another three of four', certify([a, c, d]), context],
    ['four of four', certify([a, b, c, d]), context],
    ['a full tree of 4,096 heads', certify([attest(WITNESS_NUMBERS[0]!, MAX_TREE_SIZE)]), lone],
    ['two of four', certify([a, b]), context],
    ['none', certify([]), context],
    ['more than there are witnesses', certify([a, b]), lone],
    ['one witness twice', certify([a, a, b]), context],
    ['witnesses in descending order', certify([b, a, c]), context],
    [
      'a stranger among enough witnesses',
      certify([a, b, c, stranger].sort((x, y) => compareBytes(x[0], y[0]))),
      context,
    ],
    ['one signature of four is wrong', certify([a, b, c, [...d.slice(0, 5), c[5]] as CertificateAttestation]), context],
    ['another time than signed', withLast(witness, atMs + 1, size, index, path, signature), context],
    ['a time past the latest', withLast(witness, 253_402_300_800_000, size, index, path, signature), context],
    ['tree size 0', withLast(witness, atMs, 0, 0, [], signature), context],
    ['tree size 4,097', withLast(witness, atMs, 4097, index, path, signature), context],
    ['leaf index of the tree size', withLast(witness, atMs, size, size, path, signature), context],
    ['another leaf index', withLast(witness, atMs, size, index ^ 1, path, signature), context],
    ['a path too short', withLast(witness, atMs, size, index, path.slice(1), signature), context],
    ['a path too long', withLast(witness, atMs, size, index, [...path, idOf(1)], signature), context],
    ['a path in another order', withLast(witness, atMs, size, index, [...path].reverse(), signature), context],
    ['another id', certify([a, b, c], { id: idOf(42) }), context],
    ['another seq', certify([a, b, c], { seq: 40 }), context],
    ['another author', certify([a, b, c], { author: keyOf(2).publicKey }), context],
    ['another configuration', certify([a, b, c], { cfg: idOf(3) }), context],
    [
      'one signed under another configuration',
      certify([a, b, attest(WITNESS_NUMBERS[2]!, 7, { cfg: idOf(3) })]),
      context,
    ],
    ['another network', certify([a, b, c]), { ...context, net: idOf(9) }],
  ]
  const good = certify([a, b, c])
  const malformed: [string, Value][] = [
    ['another type', { ...good, type: 'fork' }],
    ['without cfg', without(good, 'cfg')],
    ['with another key', { ...good, net: NET }],
    ['id of 31 bytes', { ...good, id: fill(1, 31) }],
    ['negative seq', { ...good, seq: -1 }],
    ['an attestation of five', { ...good, attestations: [a.slice(0, 5)] }],
    ['an attestation of seven', { ...good, attestations: [[...a, 1]] }],
    ['a path element of 31 bytes', { ...good, attestations: [[witness, atMs, size, index, [fill(1, 31)], signature]] }],
    ['a signature of 63 bytes', { ...good, attestations: [[witness, atMs, size, index, path, signature.slice(1)]] }],
    ['attestations in a map', { ...good, attestations: {} }],
  ]
  return {
    about:
      'Certificates {type: "certificate", …}: "hex" are their bytes, "check" says whether they are valid in the network "net" whose configuration names "witnesses" and "quorum". "malformed" are bytes that are no certificate in form.',
    cases: cases.map(([name, certificate, { net, witnesses, quorum }]) => ({
      name,
      net: hex(net),
      witnesses: witnesses.map(hex),
      quorum,
      hex: hex(encodeCertificate(certificate)),
      check: checkCertificate(certificate, { net, witnesses, quorum }),
    })),
    malformed: malformed.map(([name, value]) => ({
      name,
      hex: hex(encode(value)),
      reason: reasonOf(() => decodeCertificate(encode(value))),
    })),
  }
}

function without(certificate: Certificate, key: keyof Certificate): Value {
  return Object.fromEntries(Object.entries(certificate).filter(([name]) => name !== key)) as Value
}

export function hellos(): unknown {
  const common = { net: NET, handshakeHash: fill(0x11, 64), noiseKey: fill(0x22) }
  return {
    about:
      'Hello: the message that a member’s key signs on a fresh connection, "mutuo/hello/1", a zero byte, net, the Noise handshake hash (64 bytes), the speaker’s Noise key and the role byte (0 initiator, 1 responder); the signature by the key of the seed.',
    cases: (['initiator', 'responder'] as const).map((role) => ({
      name: role,
      net: hex(common.net),
      handshakeHash: hex(common.handshakeHash),
      noiseKey: hex(common.noiseKey),
      role,
      message: hex(helloMessage({ ...common, role })),
      seed: hex(seedOf(1)),
      signature: hex(signHello({ ...common, role }, keyOf(1).secretKey)),
    })),
  }
}

export function witnessStatements(): unknown {
  const freeze = { net: NET, oldKey: keyOf(1).publicKey, newKey: keyOf(2).publicKey }
  const stopped = { net: NET, amendment: idOf(3), root: attestationRoot([attestationLeaf(HEAD)]) }
  const signed = (name: string, message: Uint8Array, n: number) => ({
    name,
    message: hex(message),
    seed: hex(seedOf(n)),
    signature: hex(sign(message, keyOf(n).secretKey)),
  })
  const keys = { net: hex(NET), oldKey: hex(freeze.oldKey), newKey: hex(freeze.newKey) }
  return {
    about:
      'Statements outside of logs. "freeze": a new key asks witnesses to stop attesting the old key’s log, signed by the new key. "frozen": a witness’s answer, with the highest (seq, id) of that log that it attested, or null. "stopped": a witness ends its work under the configuration before an amendment; "leaves" are all it attested last.',
    freeze: [{ ...signed('freeze', freezeMessage(freeze), 2), ...keys }],
    frozen: [
      {
        ...signed('something attested', frozenMessage({ ...freeze, attested: { seq: 41, id: idOf(41) } }), 21),
        ...keys,
        attested: { seq: 41, id: hex(idOf(41)) },
      },
      { ...signed('nothing attested', frozenMessage({ ...freeze, attested: null }), 21), ...keys, attested: null },
    ],
    stopped: [
      {
        ...signed('one log attested', stoppedMessage(stopped), 21),
        net: hex(NET),
        amendment: hex(stopped.amendment),
        leaves: [hex(attestationLeaf(HEAD))],
      },
      {
        ...signed('nothing attested', stoppedMessage({ ...stopped, root: attestationRoot([]) }), 21),
        net: hex(NET),
        amendment: hex(stopped.amendment),
        leaves: [],
      },
    ],
  }
}

/** A valid certificate of one witness, for files that carry one. */
export const certificateOf = (): Certificate => certify([attest(WITNESS_NUMBERS[0]!, 2)])
