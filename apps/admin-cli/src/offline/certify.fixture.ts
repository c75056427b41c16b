/** Certifies the head of a log as witnesses would, with keys that a test store holds. */
import {
  attestationLeaf,
  attestationRoot,
  type Certificate,
  compareBytes,
  fromText,
  signAttestation,
} from '#libs/record'
import type { TestStore } from '#libs/store'

/** The head of an author's log, certified under a configuration (the genesis unless said) by these witnesses. */
export async function certify(
  store: TestStore,
  net: string,
  author: string,
  witnesses: readonly string[],
  atMs: number,
  cfg = net,
): Promise<Certificate> {
  const entry = (await store.records.head(fromText(net), fromText(author)))!
  const head = { author: fromText(author), seq: entry.length - 1, id: entry.head }
  const statement = { net: fromText(net), cfg: fromText(cfg), atMs, root: attestationRoot([attestationLeaf(head)]) }
  const certificate: Certificate = {
    ...{ type: 'certificate', cfg: fromText(cfg), ...head },
    attestations: witnesses
      .map((witness) => ({ witness, key: fromText(witness) }))
      .sort((a, b) => compareBytes(a.key, b.key))
      .map(({ witness, key }) => [key, atMs, 1, 0, [], signAttestation(statement, store.keys.secretKey(witness))]),
  }
  await store.records.saveCertificates(fromText(net), [certificate])
  return certificate
}
