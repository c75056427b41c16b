import {
  type Branch,
  checkBranch,
  checkFork,
  decodeBranch,
  decodeFork,
  encode,
  encodeBranch,
  encodeFork,
} from '#libs/record'
import { type ForkProof, makeFork, recordId, type SignedChain, signHeader, type Value } from '#libs/record'
import { extendLog, fill, hex, idOf, keyOf, type Log, makeGenesisLog, makeLog, rawHeader, signAgain } from './sample.js'
import { reasonOf } from './values.js'

/** Records `from` to `to` (exclusive) of a log, and the last one's signature. */
const chain = (log: Log, from: number, to: number): SignedChain => [
  log.headers.slice(from, to),
  log.signatures[to - 1]!,
]

const trunk = makeLog(1, 3)
const left = extendLog(trunk, 1, 66)
const right = extendLog(trunk, 1, 66, () => ({ kind: 'offer.withdrawn', subj: idOf(4) }))
const genesis = makeGenesisLog(1, 2)

export function forks(): unknown {
  return {
    about:
      'Fork proofs {type: "fork", runs}: "hex" are their bytes, "check" says whether they show a fork in the network "net", by whom and at which seq. "malformed" are bytes that are no proof in form.',
    cases: forkCases().map(([name, proof, net]) => ({
      name,
      net: hex(net),
      hex: hex(encodeFork(proof)),
      check: bare(checkFork(proof, net)),
    })),
    malformed: malformedForks().map(([name, value]) => ({
      name,
      hex: hex(encode(value)),
      reason: reasonOf(() => decodeFork(encode(value))),
    })),
  }
}

function forkCases(): [string, ForkProof, Uint8Array][] {
  const { net } = trunk
  const first = makeLog(1, 1)
  const otherFirst = makeLog(1, 1, () => ({ at: 1 }))
  const inGenesisNet = makeLog(1, 2, () => ({ net: genesis.net }))
  const elsewhere = makeLog(1, 4, () => ({ net: idOf(9) }))
  const otherTrunk = extendLog(
    makeLog(1, 3, (seq) => (seq === 2 ? { at: 1_800_000_000_000 } : {})),
    1,
    1,
    () => ({
      at: 1_800_000_001_000,
    }),
  )
  const stranger = makeLog(2, 5)
  const otherGenesis = { ...genesis, headers: [rawHeader(secondGenesis())] }
  const resigned: SignedChain = [[left.headers[3]!], signAgain(left.headers[3]!, 1)]
  const good = makeFork(chain(left, 3, 4), chain(right, 3, 4))
  const swapped: ForkProof = { type: 'fork', runs: [good.runs[1], good.runs[0]] }
  const wrongSignature = makeFork(chain(left, 3, 4), [right.headers.slice(3, 4), right.signatures[4]!])
  const skipping: SignedChain = [[right.headers[3]!, right.headers[5]!], right.signatures[5]!]
  const backInTime = extendLog(trunk, 1, 2, (seq) => ({ kind: 'offer.withdrawn', at: 1_800_000_000_000 - seq }))
  const byAnother = makeLog(1, 1, () => ({ author: keyOf(2).publicKey }))
  return [
    ['one record against one', good, net],
    ['one record against two, the first held signature above', makeFork(chain(left, 3, 4), chain(right, 3, 5)), net],
    ['64 records against 64', makeFork(chain(left, 3, 67), chain(right, 3, 67)), net],
    ['two first records', makeFork(chain(first, 0, 1), chain(otherFirst, 0, 1)), net],
    [
      'a genesis against an identity in its network',
      makeFork(chain(genesis, 0, 1), chain(inGenesisNet, 0, 1)),
      genesis.net,
    ],
    ['runs in descending order', swapped, net],
    ['the same record signed twice', { type: 'fork', runs: [chain(left, 3, 4), resigned] }, net],
    ['the same first record, different later ones', makeFork(chain(left, 2, 4), chain(right, 2, 4)), net],
    ['different seqs', makeFork(chain(left, 3, 4), chain(right, 4, 5)), net],
    ['different previous records', makeFork(chain(left, 3, 4), chain(otherTrunk, 3, 4)), net],
    ['different authors', makeFork(chain(left, 3, 4), chain(stranger, 3, 4)), net],
    ['different networks', makeFork(chain(left, 3, 4), chain(elsewhere, 3, 4)), net],
    ['another network than asked for', good, idOf(9)],
    ['two networks of one key', makeFork(chain(genesis, 0, 1), resign(otherGenesis)), genesis.net],
    ['a signature of another record', wrongSignature, net],
    ['a record signed by another key', makeFork(chain(first, 0, 1), chain(byAnother, 0, 1)), net],
    ['a run with a gap', makeFork(chain(left, 3, 4), skipping), net],
    ['a run whose time goes back', makeFork(chain(left, 3, 4), chain(backInTime, 3, 5)), net],
    ['65 records', makeFork(chain(left, 3, 4), chain(right, 3, 68)), net],
    ['a run without records', makeFork(chain(left, 3, 4), [[], fill(0, 64)]), net],
    ['a run whose header is none', makeFork(chain(left, 3, 4), [[fill(0, 3)], fill(0, 64)]), net],
  ]
}

const secondGenesis = () => ({
  seq: 0,
  at: 1,
  net: fill(0),
  kind: 'network.created',
  prev: null,
  author: keyOf(1).publicKey,
})

const resign = (log: Log): SignedChain => [log.headers, signHeader(log.headers[0]!, keyOf(1).secretKey)]

function malformedForks(): [string, Value][] {
  const { runs } = makeFork(chain(left, 3, 4), chain(right, 3, 4))
  const [one, other] = runs
  return [
    ['a list', [1]],
    ['another type', { type: 'branch', runs }],
    ['without runs', { type: 'fork' }],
    ['with another key', { type: 'fork', runs, net: idOf(0) }],
    ['one run', { type: 'fork', runs: [one] }],
    ['three runs', { type: 'fork', runs: [one, other, other] }],
    ['a run without its signature', { type: 'fork', runs: [one, [other[0]]] }],
    ['a header as text', { type: 'fork', runs: [one, [['header'], other[1]]] }],
    ['a signature as text', { type: 'fork', runs: [one, [other[0], 'signature']] }],
    ['headers not in a list', { type: 'fork', runs: [one, [other[0][0]!, other[1]]] }],
  ]
}

export function branches(): unknown {
  const { net } = trunk
  const branch = (log: Log, from: number, to: number): Branch => ({
    type: 'branch',
    headers: log.headers.slice(from, to),
    signature: log.signatures[to - 1]!,
  })
  const good = branch(right, 3, 5)
  const cases: [string, Branch, Uint8Array][] = [
    ['one header', branch(right, 3, 4), net],
    ['two headers', good, net],
    ['64 headers', branch(right, 3, 67), net],
    ['from seq 0', branch(trunk, 0, 2), net],
    ['65 headers', branch(right, 3, 68), net],
    ['no headers', { ...good, headers: [] }, net],
    ['another network', good, idOf(9)],
    ['a gap', { ...good, headers: [right.headers[3]!, right.headers[5]!] }, net],
    ['headers of two branches', { ...good, headers: [right.headers[3]!, left.headers[4]!] }, net],
    ['the signature of another record', { ...good, signature: right.signatures[3]! }, net],
  ]
  const malformed: [string, Value][] = [
    ['another type', { type: 'fork', headers: good.headers, signature: good.signature }],
    ['without a signature', { type: 'branch', headers: good.headers }],
    ['with another key', { ...good, seq: 3 }],
    ['a header as text', { ...good, headers: ['header'] }],
    ['headers not in a list', { ...good, headers: good.headers[0]! }],
  ]
  return {
    about:
      'Branches {type: "branch", headers, signature}: suspended headers of a forked log. "check" says whether they are authentic in the network "net", whose they are and their first seq. "malformed" are bytes that are no branch in form.',
    cases: cases.map(([name, item, network]) => ({
      name,
      net: hex(network),
      ids: item.headers.map((header) => hex(recordId(header))),
      hex: hex(encodeBranch(item)),
      check: bare(checkBranch(item, network)),
    })),
    malformed: malformed.map(([name, value]) => ({
      name,
      hex: hex(encode(value)),
      reason: reasonOf(() => decodeBranch(encode(value))),
    })),
  }
}

type Checked = { ok: true; author: Uint8Array; seq: number } | { ok: false; reason: string }

export const bare = (check: Checked): unknown => (check.ok ? { ...check, author: hex(check.author) } : check)
