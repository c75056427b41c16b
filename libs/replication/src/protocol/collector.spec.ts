import {
  attestationLeaf,
  AttestationTree,
  checkCertificate,
  compareBytes,
  keyPairFromSeed,
  sha256,
  signAttestation,
} from '#libs/record'
import { attestationFault, Collector } from './collector.js'
import type { AttestationBatch } from './messages.js'

const net = new Uint8Array(32).fill(1)
const cfg = new Uint8Array(32).fill(2)
const keys = [1, 2, 3, 4]
  .map((byte) => keyPairFromSeed(new Uint8Array(32).fill(byte)))
  .sort((a, b) => compareBytes(a.publicKey, b.publicKey))
const set = { witnesses: keys.map(({ publicKey }) => publicKey), quorum: 3 }

const heads = Array.from({ length: 50 }, (_, i) => ({
  author: sha256(Uint8Array.of(i)),
  seq: i,
  id: sha256(Uint8Array.of(9, i)),
})).sort((a, b) => compareBytes(a.author, b.author))

function attest(witness: number, some = heads): AttestationBatch {
  const { publicKey, secretKey } = keys[witness]!
  const atMs = 1_000 + witness
  const root = new AttestationTree(some.map(attestationLeaf)).root()
  const signature = signAttestation({ net, cfg, atMs, root }, secretKey)
  return { cfg, witness: publicKey, atMs, heads: some, signature }
}

const isNeeded = () => true

describe('attestations', () => {
  it('of a quorum make a certificate of each head, whatever else each witness attested beside it', () => {
    const collector = new Collector()
    expect(collector.add(attest(2), 3, isNeeded)).toEqual([])
    expect(collector.add(attest(0, heads.slice(10)), 3, isNeeded)).toEqual([])
    const certificates = collector.add(attest(3, heads.slice(0, 20)), 3, isNeeded)
    expect(certificates).toHaveLength(10)
    for (const certificate of certificates) {
      expect(checkCertificate(certificate, { net, ...set })).toEqual({ ok: true })
    }
  })

  it('of one witness count once', () => {
    const collector = new Collector()
    for (let i = 0; i < 5; i++) expect(collector.add(attest(1), 2, isNeeded)).toEqual([])
    expect(collector.add(attest(0), 2, isNeeded)).toHaveLength(50)
  })

  it('of what is certified are left alone', () => {
    const collector = new Collector()
    expect(collector.add(attest(1), 1, ({ seq }) => seq >= 48)).toHaveLength(2)
  })

  it('that are forged are named', () => {
    const valid = attest(0)
    expect(attestationFault(valid, net, set)).toBeNull()
    expect(attestationFault({ ...valid, atMs: 5 }, net, set)).toBe('signature_invalid')
    expect(attestationFault({ ...valid, heads: heads.slice(1) }, net, set)).toBe('signature_invalid')
    expect(attestationFault({ ...valid, witness: net }, net, set)).toBe('witness_unknown')
    expect(attestationFault({ ...valid, heads: [] }, net, set)).toBe('attestation_form')
    expect(attestationFault({ ...valid, heads: [heads[1]!, heads[0]!] }, net, set)).toBe('attestation_form')
    expect(attestationFault(valid, cfg, set)).toBe('signature_invalid')
  })
})
