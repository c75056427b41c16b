// A proof that a record is final, as one file: whoever holds it can convince anyone, without a node. It holds the logs of all
// that the record rests on, as headers from their beginning, the certificates of these logs, and the bodies that say which
// witnesses were in force and what else a record rests on.

import { decodeBody } from './body.js'
import { type Bytes, equalBytes, ZERO_32 } from './bytes.js'
import { type Certificate, checkCertificate, decodeCertificate, encodeCertificate } from './certificate.js'
import { decode, encode } from './codec.js'
import { FormatError } from './format-error.js'
import { decodeHeader, type Header, isGenesis, recordId } from './header.js'
import { sha256 } from '#primitives'
import { verifyHeader } from './signature.js'
import { toText } from './text-id.js'
import { isMap, type Value } from './value.js'

/** A log from seq 0: header bytes up to a signed record at or above the certified one, and that record's signature. */
export type ProvenLog = [headers: Uint8Array[], signature: Uint8Array]

export interface FinalityProof {
  type: 'finality'
  v: 1
  net: Uint8Array
  /** The id of the record that is proven to be final. */
  record: Uint8Array
  logs: ProvenLog[]
  certificates: Certificate[]
  /** Body blocks, in any order. */
  bodies: Uint8Array[]
}

/** A record of a proof. `body` is there where the proof holds its block; of a private one it never is. */
export interface ProvenRecord {
  id: Uint8Array
  header: Header
  body: { [key: string]: Value } | null
}

/** A configuration: its record's id, its witnesses, ascending, and how many of them certify. */
export interface ProvenConfig {
  id: Uint8Array
  witnesses: Uint8Array[]
  quorum: number
}

/** What the kinds of records add to what headers say. Ids in text form. */
export interface KindKnowledge {
  /** The genesis and its valid amendments in order, of all records of these two kinds that the proof holds with their bodies. */
  configs(records: readonly ProvenRecord[]): ProvenConfig[]
  /**
   * What a record rests on beside its `refs`, its `subj` and its author's record before in its subject; null when only its
   * body could say, which the proof does not hold.
   */
  restsOn(record: ProvenRecord, find: (id: string) => ProvenRecord | undefined): string[] | null
}

/** What a proof shows; or why it shows nothing, and where: an id or a key in text form. */
export type FinalityCheck =
  | { ok: true; record: ProvenRecord; rests: number; logs: number; certificates: number; cfg: Uint8Array }
  | { ok: false; reason: string; at?: string }

const CONTINUED = 'identity.continued'
const CONFIGURING = new Set(['network.created', 'network.amended'])

/**
 * Checks a proof from its bytes up. Reasons: what `decodeFinality`, `decodeHeader` and `checkCertificate` name; `net_mismatch`,
 * `author_mismatch`, `log_broken` (not from seq 0, or a `prev` that does not fit), `log_twice`, `signature_invalid`;
 * `genesis_missing`, `cfg_unknown`, `cfg_not_in_force`; `certificate_apart` (for a record that is not in its log here);
 * `record_missing` (it, or one that it rests on), `not_certified`, `body_missing`.
 */
export function checkFinality(proof: FinalityProof, kinds: KindKnowledge): FinalityCheck {
  try {
    return new Checking(proof, kinds).run()
  } catch (error) {
    if (!(error instanceof FormatError)) throw error
    return { ok: false, reason: error.reason, ...(error.detail !== undefined && { at: error.detail }) }
  }
}

class Checking {
  private readonly records = new Map<string, ProvenRecord>()
  private readonly logs = new Map<string, ProvenRecord[]>()
  private readonly certified = new Map<string, number>()

  constructor(
    private readonly proof: FinalityProof,
    private readonly kinds: KindKnowledge,
  ) {}

  run(): FinalityCheck & { ok: true } {
    const { proof } = this
    const bodies = new Map(proof.bodies.map((block) => [toText(sha256(block)), block]))
    for (const log of proof.logs) this.readLog(log, bodies)
    const cfg = this.checkCertificates()
    const rests = this.closure()
    for (const id of rests) this.isCertified(this.records.get(id)!)
    const record = this.records.get(toText(proof.record))!
    return {
      ok: true,
      record,
      rests: rests.size - 1,
      logs: this.logs.size,
      certificates: proof.certificates.length,
      cfg,
    }
  }

  private readLog([headers, signature]: ProvenLog, bodies: ReadonlyMap<string, Uint8Array>): void {
    const log: ProvenRecord[] = []
    for (const bytes of headers) {
      const header = decodeHeader(bytes)
      const id = recordId(bytes)
      const at = toText(id)
      const before = log[log.length - 1]
      if (!equalBytes(isGenesis(header) ? id : header.net, this.proof.net)) throw new FormatError('net_mismatch', at)
      if (before && !equalBytes(header.author, before.header.author)) throw new FormatError('author_mismatch', at)
      const fits = before ? header.prev !== null && equalBytes(header.prev, before.id) : header.prev === null
      if (!fits || header.seq !== log.length) throw new FormatError('log_broken', at)
      const block = header.vis === 0 ? bodies.get(toText(header.body)) : undefined
      const record = { id, header, body: block ? decodeBody(block, 0).body : null }
      log.push(record)
      this.records.set(at, record)
    }
    const [first] = log
    if (!first) throw new FormatError('log_broken')
    const author = toText(first.header.author)
    if (this.logs.has(author)) throw new FormatError('log_twice', author)
    if (!verifyHeader(signature, headers[headers.length - 1]!, first.header.author))
      throw new FormatError('signature_invalid', author)
    this.logs.set(author, log)
  }

  /** Each against the witnesses of its configuration, which must have come into force. Returns the one in force at the end. */
  private checkCertificates(): Uint8Array {
    const { proof } = this
    const configuring = [...this.records.values()].filter(({ header }) => CONFIGURING.has(header.kind))
    const configs = this.kinds.configs(configuring.filter(({ body }) => body !== null))
    if (!configs[0] || !equalBytes(configs[0].id, proof.net)) throw new FormatError('genesis_missing')
    const byCfg = new Map(configs.map((config) => [toText(config.id), config]))
    const good: Certificate[] = []
    for (const certificate of proof.certificates) {
      const at = toText(certificate.author)
      const config = byCfg.get(toText(certificate.cfg))
      if (!config) throw new FormatError('cfg_unknown', toText(certificate.cfg))
      const check = checkCertificate(certificate, { net: proof.net, ...config })
      if (!check.ok) throw new FormatError(check.reason, at)
      const held = this.logs.get(at)?.[certificate.seq]
      if (!held || !equalBytes(held.id, certificate.id)) throw new FormatError('certificate_apart', at)
      good.push(certificate)
    }
    const inForce = this.inForce(configs, good)
    for (const { cfg, author, seq } of good) {
      if (!inForce.has(toText(cfg))) throw new FormatError('cfg_not_in_force', toText(cfg))
      const key = toText(author)
      this.certified.set(key, Math.max(this.certified.get(key) ?? -1, seq))
    }
    return configs.filter(({ id }) => inForce.has(toText(id))).at(-1)!.id
  }

  /** The genesis, and each amendment that was certified under the one before it. */
  private inForce(configs: readonly ProvenConfig[], certificates: readonly Certificate[]): Set<string> {
    const inForce = new Set([toText(configs[0]!.id)])
    for (const [index, { id }] of configs.entries()) {
      if (index === 0) continue
      const { header } = this.records.get(toText(id))!
      const before = configs[index - 1]!.id
      const covers = ({ cfg, author, seq }: Certificate) =>
        equalBytes(cfg, before) && equalBytes(author, header.author) && seq >= header.seq
      if (!certificates.some(covers)) break
      inForce.add(toText(id))
    }
    return inForce
  }

  /** The record and all that it rests on, transitively. */
  private closure(): Set<string> {
    const found = new Set<string>([toText(this.proof.record)])
    for (const id of found) for (const cause of this.causesOf(this.need(id))) found.add(cause)
    return found
  }

  private causesOf(record: ProvenRecord): string[] {
    const { header, id } = record
    const log = this.logs.get(toText(header.author))!
    const subject = header.subj ?? id
    const before = log
      .slice(0, header.seq)
      .reverse()
      .find((other) => equalBytes(other.header.subj ?? other.id, subject))
    const declared = this.kinds.restsOn(record, (other) => this.records.get(other))
    if (declared === null) throw new FormatError('body_missing', toText(id))
    const begins = log[0]!.header.kind === CONTINUED && header.seq > 0 ? [log[0]!] : []
    return [
      ...header.refs.map(toText),
      ...(header.subj === null ? [] : [toText(header.subj)]),
      ...(before ? [toText(before.id)] : []),
      ...begins.map(({ id: first }) => toText(first)),
      ...declared,
    ].filter((cause) => cause !== toText(id))
  }

  private need(id: string): ProvenRecord {
    const record = this.records.get(id)
    if (!record) throw new FormatError('record_missing', id)
    return record
  }

  private isCertified({ id, header }: ProvenRecord): void {
    if ((this.certified.get(toText(header.author)) ?? -1) < header.seq)
      throw new FormatError('not_certified', toText(id))
  }
}

/** The bytes of a proof, with exactly its keys. */
export function encodeFinality({ type, v, net, record, logs, certificates, bodies }: FinalityProof): Bytes {
  return encode({ type, v, net, record, logs, certificates: certificates.map(encodeCertificate), bodies })
}

/** Reads a proof's form, not its truth. Throws FormatError `finality_form`, `version_unknown`, what `decode` throws. */
export function decodeFinality(bytes: Bytes): FinalityProof {
  const map = decode(bytes)
  if (!isMap(map) || map['type'] !== 'finality') throw new FormatError('finality_form')
  if (map['v'] !== 1) throw new FormatError('version_unknown')
  if (Object.keys(map).length !== 7) throw new FormatError('finality_form')
  return {
    type: 'finality',
    v: 1,
    net: id32(map['net']),
    record: id32(map['record']),
    logs: list(map['logs']).map((log): ProvenLog => {
      const [headers, signature, ...more] = list(log)
      if (more.length > 0) throw new FormatError('finality_form')
      return [list(headers).map(block), block(signature)]
    }),
    certificates: list(map['certificates']).map((each) => decodeCertificate(block(each))),
    bodies: list(map['bodies']).map(block),
  }
}

function list(value: Value | undefined): Value[] {
  if (!Array.isArray(value)) throw new FormatError('finality_form')
  return value
}

function block(value: Value | undefined): Bytes {
  if (!(value instanceof Uint8Array)) throw new FormatError('finality_form')
  return value
}

function id32(value: Value | undefined): Bytes {
  const bytes = block(value)
  if (bytes.length !== ZERO_32.length) throw new FormatError('finality_form')
  return bytes
}
