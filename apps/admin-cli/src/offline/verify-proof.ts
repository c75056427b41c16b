/** Checks a proof of finality with nothing but its bytes: which witnesses were in force is folded from the proof itself. Pure. */
import { type FoldRecord, foldSubject, placeOf, speakersOf, spoken, subjectsOf, type Succession } from '#libs/fold'
import type { NetworkState } from '#libs/network'
import {
  checkFinality,
  decodeFinality,
  decodeHeader,
  type FinalityProof,
  FormatError,
  fromText,
  isGenesis,
  type KindKnowledge,
  type ProvenRecord,
  recordId,
  toText,
} from '#libs/record'
import { rules } from '#libs/rules'

/** What a proof shows. Ids and keys in text form; `cfg`: the last configuration that came into force in it. */
export type ProofVerdict =
  | {
      ok: true
      record: string
      network: string
      author: string
      kind: string
      seq: number
      atMs: number
      rests: number
      logs: number
      certificates: number
      cfg: string
    }
  | { ok: false; reason: string; at?: string }

/** Checks the bytes of a proof. What is wrong with it is the answer; nothing is thrown. */
export function verifyProof(bytes: Uint8Array): ProofVerdict {
  try {
    const proof = decodeFinality(bytes)
    const check = checkFinality(proof, knowledgeFor(proof))
    if (!check.ok) return check
    const { header, id } = check.record
    return {
      ok: true,
      record: toText(id),
      network: toText(proof.net),
      author: toText(header.author),
      kind: header.kind,
      seq: header.seq,
      atMs: header.at,
      rests: check.rests,
      logs: check.logs,
      certificates: check.certificates,
      cfg: toText(check.cfg),
    }
  } catch (error) {
    if (!(error instanceof FormatError)) throw error
    return { ok: false, reason: error.reason }
  }
}

/** What this program knows of kinds, and who speaks in the logs of this proof. */
function knowledgeFor(proof: FinalityProof): KindKnowledge {
  const speakers = speakersOf(successionsOf(proof))
  const foldOf = (record: ProvenRecord): FoldRecord => {
    const plain = foldRecordOf(record)
    return spoken(plain, speakers.get(plain.author)) ?? plain
  }
  return {
    configs(records) {
      const net = toText(proof.net)
      const folds = records.map(foldOf)
      if (!folds.some(({ id }) => id === net)) return []
      const { configs } = foldSubject<NetworkState>(net, 'network', folds, rules).state
      return configs.map(({ id, witnesses, quorum }) => ({
        id: fromText(id),
        witnesses: witnesses.map(fromText),
        quorum,
      }))
    },
    restsOn(record, find) {
      if (record.header.vis === 0 && record.body === null && rules.kind(record.header.kind)?.concernsOwn) return null
      const found = (id: string) => {
        const other = find(id)
        return other && foldOf(other)
      }
      const isOwn = (earlier: FoldRecord, later: FoldRecord) =>
        earlier.author === later.author && placeOf(earlier) < placeOf(later)
      return [...subjectsOf(foldOf(record), rules, found, isOwn)]
    },
  }
}

/** Which logs of a proof say that they continue others. Whether they do is certified, or the proof fails. */
function successionsOf({ logs }: FinalityProof): Succession[] {
  const places = new Map(
    logs.flatMap(([headers]) =>
      headers.map((bytes) => {
        const { author, seq } = decodeHeader(bytes)
        return [toText(recordId(bytes)), { author: toText(author), seq }] as const
      }),
    ),
  )
  return logs.flatMap(([headers]) => {
    const first = headers[0] && decodeHeader(headers[0])
    const named = first?.kind === 'identity.continued' ? (first.refs[0] ?? first.subj) : null
    const after = named ? places.get(toText(named)) : undefined
    return first && after ? [{ key: toText(first.author), old: after.author, afterSeq: after.seq }] : []
  })
}

const foldRecordOf = ({ id, header, body }: ProvenRecord): FoldRecord => ({
  id: toText(id),
  net: isGenesis(header) ? toText(id) : toText(header.net),
  author: toText(header.author),
  seq: header.seq,
  at: header.at,
  kind: header.kind,
  vis: header.vis,
  subj: header.subj === null ? null : toText(header.subj),
  refs: header.refs.map((ref) => toText(ref)),
  body: body as FoldRecord['body'],
})
