// Certificates of many logs in one message. What one witness signed at a time covers up to 4,096 heads: told together, its
// signature is told once, and of the audit paths only what the heads themselves don't give.

import {
  attestationLeaf,
  type Certificate,
  type CertificateAttestation,
  compareBytes,
  FormatError,
  hashesBeside,
  pathsFrom,
} from '#libs/record'
import { keyOf } from './keys.js'
import type { AttestedTree, CertifiedHeads } from './message-types.js'

/** Heads of one message. */
const MOST_HEADS = 2_048

/** The heads of certificates and the trees that attest them, in messages of one configuration each. */
export function certifiedHeads(certificates: readonly Certificate[]): CertifiedHeads[] {
  const byCfg = new Map<string, Certificate[]>()
  for (const certificate of certificates) {
    const of = byCfg.get(keyOf(certificate.cfg))
    if (of) of.push(certificate)
    else byCfg.set(keyOf(certificate.cfg), [certificate])
  }
  return [...byCfg.values()].flatMap((of) => {
    // Heads that are neighbours in this order are neighbours in the trees.
    const sorted = of.sort((a, b) => compareBytes(a.author, b.author) || a.seq - b.seq)
    const starts = Array.from({ length: Math.ceil(of.length / MOST_HEADS) }, (_, part) => part * MOST_HEADS)
    return starts.map((at) => together(sorted.slice(at, at + MOST_HEADS)))
  })
}

function together(sorted: readonly Certificate[]): CertifiedHeads {
  const trees = new Map<
    string,
    { of: CertificateAttestation; leaves: { head: number; of: CertificateAttestation }[] }
  >()
  sorted.forEach(({ attestations }, head) => {
    for (const of of attestations) {
      const [, , size, , , signature] = of
      const key = `${keyOf(signature)}/${size}`
      const tree = trees.get(key) ?? { of, leaves: [] }
      trees.set(key, tree)
      tree.leaves.push({ head, of })
    }
  })
  return {
    cfg: sorted[0]!.cfg,
    heads: sorted.map(({ author, seq, id }) => ({ author, seq, id })),
    trees: [...trees.values()].map(({ of: [witness, atMs, size, , , signature], leaves }): AttestedTree => {
      const places = leaves.map(({ head, of: [, , , index] }) => ({ head, index }))
      const hashes = hashesBeside(
        size,
        leaves.map(({ head, of: [, , , index, path] }) => ({ index, path, leaf: attestationLeaf(sorted[head]!) })),
      )
      return { witness, atMs, size, signature, leaves: places, hashes }
    }),
  }
}

/** The certificates, as they are kept. Throws FormatError `certificate_form`, or what `pathsFrom` throws: no honest node says that. */
export function certificatesOf({ cfg, heads, trees }: CertifiedHeads): Certificate[] {
  const attestations: CertificateAttestation[][] = heads.map(() => [])
  for (const { witness, atMs, size, signature, leaves, hashes } of trees) {
    if (leaves.some(({ head }) => head >= heads.length)) throw new FormatError('certificate_form')
    const placed = leaves.map(({ head, index }) => ({ index, leaf: attestationLeaf(heads[head]!) }))
    const paths = pathsFrom(size, placed, hashes)
    leaves.forEach(({ head, index }, i) => {
      attestations[head]!.push([witness, atMs, size, index, paths[i]!, signature])
    })
  }
  return heads.map(({ author, seq, id }, i) => ({
    type: 'certificate',
    cfg,
    author,
    seq,
    id,
    attestations: attestations[i]!.sort(([a], [b]) => compareBytes(a, b)),
  }))
}
