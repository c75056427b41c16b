// Rules broken on purpose, one at a time: what a simulation is worth shows in how soon it finds each of them. A broken part
// is put into the nodes from outside; the product's code has no switch for any of this.

import { decodeHeader, FormatError, recordId, type RunCheck, checkRun } from '#libs/record'
import { decodeMessage, type Effect, type MessageName } from '../../replication/src/testing/virtual-protocol.js'
import type { NodeParts } from './node/node-parts.js'
import type { StoreParts } from './store/store-parts.js'

export interface Mutation {
  name: string
  /** What is broken, as a sentence about the node. */
  means: string
  mutate(parts: NodeParts): NodeParts
}

const inStore =
  (broken: Partial<StoreParts>) =>
  (parts: NodeParts): NodeParts => ({ ...parts, store: { ...parts.store, bulkFrom: Infinity, ...broken } })
const inNode =
  (broken: Partial<NodeParts>) =>
  (parts: NodeParts): NodeParts => ({ ...parts, ...broken })
/** Without some messages and effects. */
const without = (messages: readonly MessageName[], effects: readonly Effect['type'][]) =>
  inNode({
    passes: (effect) =>
      !effects.includes(effect.type) && !(effect.type === 'send' && messages.includes(nameOf(effect.bytes))),
  })

export const MUTATIONS: readonly Mutation[] = [
  {
    name: 'accepts-before-refs',
    means: 'takes a record before what it names',
    mutate: inStore({ holdsNamed: () => true }),
  },
  {
    name: 'accepts-without-body',
    means: 'takes a public record whose body it does not have',
    mutate: inStore({ hasBody: () => true }),
  },
  {
    name: 'accepts-the-future',
    means: 'takes a record whose time has not come',
    mutate: inStore({ isInTime: () => true }),
  },
  {
    name: 'accepts-strangers',
    means: 'takes the log of someone whom nobody admitted',
    mutate: inStore({ needsAdmission: () => false }),
  },
  {
    name: 'believes-relays',
    means: 'checks neither hashes nor signatures of what a peer passes on',
    mutate: inStore({ check: (run, after) => readUnchecked(run) ?? checkRun(run, after) }),
  },
  {
    name: 'staging-unbounded',
    means: 'keeps all that waits, however much one author sends',
    mutate: inStore({ stagedMost: Infinity }),
  },
  {
    name: 'fork-cuts-final',
    means: 'suspends certified records when it learns of a fork below them, and forgets their certificate',
    mutate: inStore({
      suspends: (log) => {
        log.certificates.clear()
        log.apart = []
        return true
      },
    }),
  },
  {
    name: 'fork-kept',
    means: 'goes on with the branch that it saw first',
    mutate: inStore({ suspends: () => false }),
  },
  {
    name: 'plans-before-names',
    means: 'takes what comes in bulk before what it names',
    mutate: inStore({ bulkFrom: 1, lookUp: () => ({ author: '', suspended: false }) }),
  },
  {
    name: 'witness-forgets',
    means: 'attests, as a witness, whatever it holds, whatever it attested before',
    mutate: inNode({ mayAttest: () => true }),
  },
  {
    name: 'witness-goes-on',
    means: 'attests on under a configuration whose end it attested',
    mutate: inNode({ heedsAmendments: false }),
  },
  {
    name: 'stops-unheard',
    means: 'attests under new witnesses before those before them stopped',
    mutate: inNode({ hearsStops: false }),
  },
  {
    name: 'freeze-forgotten',
    means: 'attests, as a witness, more of a log that it froze',
    mutate: inNode({ heedsFreezes: false }),
  },
  {
    name: 'continues-anywhere',
    means: 'attests, as a witness, a log that leaves out what it attested of the one before',
    mutate: inNode({ mayContinue: () => true }),
  },
  {
    name: 'old-key-speaks',
    means: 'lets an old key say more for its identity, beyond the place where its log was continued',
    mutate: inNode({ speaks: (_, { fold }) => fold }),
  },
  {
    name: 'certificate-by-place',
    means: 'takes a certificate for whatever it holds at that place',
    mutate: inStore({ certifies: () => true }),
  },
  {
    name: 'quorum-too-small',
    means: 'needs one witness fewer',
    mutate: inNode({ quorumOf: ({ quorum }) => Math.max(1, quorum - 1) }),
  },
  {
    name: 'believes-certificates',
    means: 'checks no certificate',
    mutate: inNode({ checkCertificate: () => ({ ok: true }) }),
  },
  {
    name: 'believes-attestations',
    means: 'checks no attestation',
    mutate: inNode({ attestationFault: () => null }),
  },
  {
    name: 'restored-keys-sign',
    means: 'signs on in its old log, and as the old witness, when it came back from a backup',
    mutate: inNode({ retiresRestoredKeys: false }),
  },
  {
    name: 'next-key-unasked',
    means: 'signs with its next key, when it came back from a backup, without asking whether that was used already',
    mutate: inNode({ asksBeforeNextKey: false }),
  },
  {
    name: 'acknowledges-before-flush',
    means: 'says that something is written before it is on the disk',
    mutate: inNode({ acknowledgesFirst: true }),
  },
  {
    name: 'final-without-refs',
    means: 'calls a record final when it is certified, whatever it rests on',
    mutate: inNode({ closesOverRefs: false }),
  },
  {
    name: 'forks-kept-quiet',
    means: 'tells nobody of a fork',
    mutate: without(['forks'], ['serveForks']),
  },
  {
    name: 'never-reconciles',
    means: 'relies on announcements alone',
    mutate: without(['walk'], []),
  },
  {
    name: 'one-sided-books',
    means: 'leaves money that came in out of the borrower’s books',
    mutate: (parts) => ({
      ...parts,
      journalOf: (loan) =>
        parts.journalOf(loan).filter(({ id, kind }) => !(kind === 'payment.confirmed' && id.endsWith('/borrower'))),
    }),
  },
]

function nameOf(frame: Uint8Array): MessageName {
  const message = decodeMessage(frame.subarray(4))
  if (!message) throw new Error('a node sent what no node knows')
  return message.name
}

/** A run as it says it is; null when even that can't be read. */
function readUnchecked({ records }: Parameters<StoreParts['check']>[0]): RunCheck | null {
  try {
    return {
      ok: true,
      records: records.map(({ header, signature, body }) => {
        return { id: recordId(header), header: decodeHeader(header), headerBytes: header, signature, body }
      }),
    }
  } catch (error) {
    if (error instanceof FormatError) return null
    throw error
  }
}
