/** Whether the certificates of a book certify what it holds, by the witnesses of the configurations in force. Pure. */
import { type Certificate, checkCertificate, type CheckedRecord, fromText, toText } from '#libs/record'
import type { NetworkConfig, NetworkState } from '#libs/network'

/** Checks each certificate; returns how many are good. */
export function checkCertificates(
  certificates: readonly Certificate[],
  net: Uint8Array,
  network: NetworkState,
  logs: ReadonlyMap<string, readonly CheckedRecord[]>,
  problem: (sentence: string) => void,
): number {
  const configs = new Map(network.configs.map((config) => [config.id, config]))
  const good: Certificate[] = []
  for (const certificate of certificates) {
    const author = toText(certificate.author)
    const name = `the certificate of ${author} at seq ${certificate.seq}`
    const config = configs.get(toText(certificate.cfg))
    if (!config) {
      problem(`${name} names a configuration that the network never had`)
      continue
    }
    const context = { net, witnesses: config.witnesses.map((key) => fromText(key)), quorum: config.quorum }
    const check = checkCertificate(certificate, context)
    if (!check.ok) problem(`${name} is not valid: ${check.reason}`)
    else if (!isHeld(certificate, logs.get(author))) problem(`${name} is for a record that the file does not hold`)
    else good.push(certificate)
  }
  checkInForce(good, network, logs, problem)
  return good.length
}

const isHeld = ({ seq, id }: Certificate, log: readonly CheckedRecord[] | undefined): boolean => {
  const record = log?.[seq]
  return record !== undefined && toText(record.id) === toText(id)
}

/** A configuration is in force once a certificate by the witnesses before it covers its record in the steward's log. */
function checkInForce(
  certificates: readonly Certificate[],
  { configs }: NetworkState,
  logs: ReadonlyMap<string, readonly CheckedRecord[]>,
  problem: (sentence: string) => void,
): void {
  // The steward's identity may have gone on under another key: an amendment is where its record is.
  const places = new Map(
    [...logs].flatMap(([key, log]) => log.map(({ id, header }) => [toText(id), { key, seq: header.seq }])),
  )
  const inForce = new Set<string>()
  let before: NetworkConfig | undefined
  for (const config of configs) {
    const place = places.get(config.id)
    const covers = ({ cfg, author, seq }: Certificate): boolean =>
      toText(cfg) === before?.id && toText(author) === place?.key && seq >= place.seq
    if (before && !certificates.some(covers)) break
    inForce.add(config.id)
    before = config
  }
  for (const { cfg, author, seq } of certificates)
    if (!inForce.has(toText(cfg)))
      problem(`the certificate of ${toText(author)} at seq ${seq} is by witnesses who were not in force`)
}
