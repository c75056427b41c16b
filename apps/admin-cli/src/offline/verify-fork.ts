/** Checks a proof that a member signed two histories, with nothing but its bytes. Pure. */
import { checkFork, decodeFork, decodeHeader, FormatError, recordId, toText, type ForkProof } from '#libs/record'

/** One signed record of a history, by its header. */
export interface BranchRecord {
  id: string
  kind: string
  /** The subject that it belongs to; its own id when it starts one. */
  subject: string
  atMs: number
}

/** Who signed two histories, from which place on, and the records of both as far as the proof has them. Ids and keys in text form. */
export type ForkVerdict =
  | { ok: true; type: 'fork'; author: string; network: string; seq: number; branches: [BranchRecord[], BranchRecord[]] }
  | { ok: false; type: 'fork'; reason: string }

/** What such a proof shows; null when the bytes are no fork proof at all. What is wrong with one is the answer; nothing is thrown. */
export function verifyFork(bytes: Uint8Array): ForkVerdict | null {
  const proof = readFork(bytes)
  if (proof === null) return null
  try {
    const { net } = decodeHeader(proof.runs[0][0][0] ?? new Uint8Array())
    const check = checkFork(proof, net)
    if (!check.ok) return { ok: false, type: 'fork', reason: check.reason }
    const [one, other] = proof.runs.map(([headers]) => headers.map(branchRecord))
    const { author, seq } = check
    const branches: [BranchRecord[], BranchRecord[]] = [one!, other!]
    return { ok: true, type: 'fork', author: toText(author), network: toText(net), seq, branches }
  } catch (error) {
    if (!(error instanceof FormatError)) throw error
    return { ok: false, type: 'fork', reason: error.reason }
  }
}

function readFork(bytes: Uint8Array): ForkProof | null {
  try {
    return decodeFork(bytes)
  } catch (error) {
    if (!(error instanceof FormatError)) throw error
    return null
  }
}

function branchRecord(bytes: Uint8Array): BranchRecord {
  const { kind, subj, at } = decodeHeader(bytes)
  const id = toText(recordId(bytes))
  return { id, kind, subject: subj === null ? id : toText(subj), atMs: at }
}
