import {
  attestationLeaf,
  AttestationTree,
  type Certificate,
  checkCertificate,
  compareBytes,
  encodeCertificate,
  keyPairFromSeed,
  rememberingVerifier,
  sha256,
  signAttestation,
} from '#libs/record'
import { certificatesOf, certifiedHeads } from './certified.js'
import { Collector } from './collector.js'
import { decodeMessage, encodeMessage } from './messages.js'

const net = new Uint8Array(32).fill(1)
const cfg = new Uint8Array(32).fill(2)
const keys = [1, 2, 3].map((byte) => keyPairFromSeed(new Uint8Array(32).fill(byte)))
const heads = Array.from({ length: 200 }, (_, i) => ({
  author: sha256(Uint8Array.of(i)),
  seq: i,
  id: sha256(Uint8Array.of(9, i)),
})).sort((a, b) => compareBytes(a.author, b.author))

/** Certificates by two of three witnesses, the second of which attested the heads in two batches. */
function certificates(): Certificate[] {
  const collector = new Collector()
  const attest = (witness: number, some: typeof heads) => {
    const { publicKey, secretKey } = keys[witness]!
    const root = new AttestationTree(some.map(attestationLeaf)).root()
    const signature = signAttestation({ net, cfg, atMs: 5, root }, secretKey)
    return collector.add({ cfg, witness: publicKey, atMs: 5, heads: some, signature }, 2, () => true)
  }
  attest(0, heads)
  return [...attest(1, heads.slice(0, 150)), ...attest(1, heads.slice(150))]
}

const context = { net, witnesses: keys.map(({ publicKey }) => publicKey), quorum: 2 }
const said = (some: Certificate[]) => certifiedHeads(some).map((each) => encodeMessage('certified', each))
const heard = (messages: Uint8Array[]) =>
  messages.flatMap((message) => {
    const decoded = decodeMessage(message)
    return decoded?.name === 'certified' ? certificatesOf(decoded) : []
  })

describe('certificates of many logs', () => {
  it('come whole out of one message, however few of their trees’ heads are told', () => {
    const all = certificates()
    for (const some of [all, all.slice(3, 4), all.filter((_, i) => i % 7 === 0)]) {
      const back = heard(said(some))
      expect(back.map(encodeCertificate)).toEqual(some.map(encodeCertificate))
      for (const certificate of back) expect(checkCertificate(certificate, context)).toEqual({ ok: true })
    }
  })

  it('take little more than their heads', () => {
    const all = certificates()
    const bytes = said(all).reduce((sum, message) => sum + message.length, 0)
    expect(bytes / all.length).toBeLessThan(72)
    expect(
      all.reduce((sum, certificate) => sum + encodeCertificate(certificate).length, 0) / all.length,
    ).toBeGreaterThan(800)
  })

  it('are found wrong one by one when a head is another one', () => {
    const [message] = certifiedHeads(certificates())
    const forged = message!.heads.map((head, i) => (i === 5 ? { ...head, id: sha256(head.id) } : head))
    const verify = rememberingVerifier()
    const checks = certificatesOf({ ...message!, heads: forged }).map((each) => checkCertificate(each, context, verify))
    expect(checks[5]).toEqual({ ok: false, reason: 'signature_invalid' })
    expect(checks).not.toContainEqual({ ok: true })
  })

  it('that name a head which is not there are no certificates', () => {
    const [message] = certifiedHeads(certificates())
    expect(() => certificatesOf({ ...message!, heads: message!.heads.slice(1) })).toThrow('certificate_form')
  })
})
