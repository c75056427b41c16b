import fc from 'fast-check'
import { keyPairFromSeed, sha256 } from '#primitives'
import { type AttestedHead, attestationLeaf, signAttestation } from './attestation.js'
import { AttestationTree, isOnPath, rootFromPath } from './attestation-tree.js'
import { compareBytes, concat, u64 } from './bytes.js'
import { checkCertificate, decodeCertificate, encodeCertificate } from './certificate.js'
import { FormatError } from './format-error.js'

const net = sha256(Uint8Array.of(1))
const witness = keyPairFromSeed(net)
const headOf = (n: number): AttestedHead => ({ author: sha256(u64(n)), seq: n, id: sha256(concat(net, u64(n))) })

/** RFC 6962's definition, word for word. */
function mth(leaves: Uint8Array[]): Uint8Array {
  if (leaves.length === 0) return sha256(new Uint8Array())
  if (leaves.length === 1) return sha256(concat(Uint8Array.of(0), leaves[0]!))
  let split = 1
  while (split * 2 < leaves.length) split *= 2
  return sha256(concat(Uint8Array.of(1), mth(leaves.slice(0, split)), mth(leaves.slice(split))))
}

describe('the tree of attested heads', () => {
  it('has the root of RFC 6962 and a path from every leaf to it, for every size', () => {
    for (const size of [1, 2, 3, 5, 6, 7, 8, 9, 31, 32, 33, 100]) {
      const leaves = Array.from({ length: size }, (_, n) => attestationLeaf(headOf(n)))
      const tree = new AttestationTree(leaves)
      expect(tree.root()).toEqual(mth(leaves))
      for (const [index, leaf] of leaves.entries()) {
        expect(rootFromPath(leaf, index, size, tree.path(index))).toEqual(tree.root())
        expect(isOnPath(leaf, (index + 1) % size, size, tree.path(index), tree.root())).toBe(size === 1)
      }
    }
  })

  it('has no path for a leaf that it has not', () => {
    expect(() => new AttestationTree([]).path(0)).toThrow(RangeError)
  })
})

/** Null when the bytes are none in the format; any other failure is a bug. */
function decoded(bytes: Uint8Array) {
  try {
    return decodeCertificate(bytes)
  } catch (error) {
    if (error instanceof FormatError) return null
    throw error
  }
}

describe('a certificate', () => {
  const heads = Array.from({ length: 11 }, (_, n) => headOf(n)).sort((a, b) => compareBytes(a.author, b.author))
  const tree = new AttestationTree(heads.map(attestationLeaf))
  const statement = { net, cfg: net, atMs: 1000, root: tree.root() }
  const signature = signAttestation(statement, witness.secretKey)
  const context = { net, witnesses: [witness.publicKey], quorum: 1 }
  const bytesOf = (index: number) =>
    encodeCertificate({
      type: 'certificate',
      cfg: net,
      ...heads[index]!,
      attestations: [[witness.publicKey, 1000, heads.length, index, tree.path(index), signature]],
    })

  it('of each head comes from one signature over all', () => {
    for (const index of heads.keys()) {
      expect(checkCertificate(decodeCertificate(bytesOf(index)), context)).toEqual({ ok: true })
    }
  })

  it('says another thing, or nothing, with no bit of it flipped: only the size of the tree may differ where the root does not', () => {
    fc.assert(
      fc.property(fc.nat({ max: 10 }), fc.nat(), (index, bit) => {
        const bytes = bytesOf(index)
        const offset = (bit >> 3) % bytes.length
        bytes[offset] = bytes[offset]! ^ (1 << (bit & 7))
        const flipped = decoded(bytes)
        if (flipped === null || !checkCertificate(flipped, context).ok) return
        // RFC 6962's path fits several sizes; the signature is over the root alone.
        const [attestation] = flipped.attestations
        attestation![2] = heads.length
        expect(encodeCertificate(flipped)).toEqual(bytesOf(index))
      }),
      { numRuns: 1000 },
    )
  })
})
