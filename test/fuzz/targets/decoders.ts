/** Decoders of the record format: each reads what it takes as it was written, and refuses the rest by name. */
import {
  checkBranch,
  checkCertificate,
  checkFork,
  decode,
  decodeBody,
  decodeBranch,
  decodeCertificate,
  decodeConflict,
  decodeEntry,
  decodeFork,
  decodeHeader,
  encode,
  encodeBranch,
  encodeCertificate,
  encodeConflict,
  encodeEntry,
  encodeFork,
  encodeHeader,
  FormatError,
  fromText,
  toText,
} from '#libs/record'
import { assertSame, type Target, taken } from '../target.js'
import { bytesOf, vectorBytes, vectors } from './vectors.js'

/** A decoder whose results are written back, and judged if there is something to judge. */
function decoder<T>(
  reads: string,
  files: readonly string[],
  read: (bytes: Uint8Array) => T,
  write: (value: T) => Uint8Array,
  judge: (value: T) => void = () => undefined,
): Target {
  return {
    reads,
    seeds: () => files.flatMap(vectorBytes),
    run: (input) =>
      taken(() => {
        const value = read(input)
        assertSame(write(value), input)
        judge(value)
      }, FormatError),
  }
}

/** The head of a list of three, as a private body block is one. */
const PRIVATE_LIST = 0x83
const net = new Uint8Array(32).fill(1)
const latin = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')

export const decoders: Readonly<Record<string, Target>> = {
  value: decoder('a value', ['values', 'bodies', 'headers', 'forks'], decode, encode),
  header: decoder('a header', ['headers'], decodeHeader, encodeHeader),
  body: decoder(
    'a body block, public or private by the length of its list',
    ['bodies'],
    (block) => decodeBody(block, block[0] === PRIVATE_LIST ? 1 : 0),
    ({ salt, kind, body }) => encode(kind === undefined ? [salt, body] : [salt, kind, body]),
  ),
  entry: decoder('an entry', ['entries'], decodeEntry, encodeEntry),
  certificate: decoder('a certificate', ['certificates'], decodeCertificate, encodeCertificate, (certificate) => {
    const witnesses = certificate.attestations.map(([witness]) => witness)
    checkCertificate(certificate, { net, witnesses, quorum: 1 })
  }),
  fork: decoder('a fork proof', ['forks'], decodeFork, encodeFork, (proof) => void checkFork(proof, net)),
  branch: decoder('a branch', ['branches'], decodeBranch, encodeBranch, (branch) => void checkBranch(branch, net)),
  conflict: {
    ...decoder('a conflict', [], decodeConflict, encodeConflict),
    seeds: () =>
      vectors<{ cases: { hex: string }[] }>('certificates').cases.map(({ hex }) => {
        const certificate = decodeCertificate(bytesOf(hex))
        return encodeConflict({ type: 'conflict', certificates: [certificate, certificate], chains: [[], [net]] })
      }),
  },
  text: {
    reads: 'an id or key as text',
    seeds: () =>
      vectors<{ valid: { text: string }[] }>('text-form').valid.map(({ text }) => Buffer.from(text, 'latin1')),
    run: (input) =>
      taken(() => {
        const text = latin(input)
        if (toText(fromText(text)) !== text) throw new Error('read as another text')
      }, FormatError),
  },
}
