/**
 * The rules that the bytes of a message and of a run must keep, each broken by a member who keeps all others: what the node says
 * when it ends the connection, that it bans, and that it holds no more than before. How whole nodes fare is in the scenario
 * `hostile-peer`, what is limited and not blamed in the specs of `libs/replication/src/protocol`.
 */
import {
  encodeBody,
  encodeHeader,
  type Header,
  recordId,
  sha256,
  signHeader,
  type StoredRecord,
  WireWriter,
} from '#libs/record'
import { frame } from '../../libs/replication/src/protocol/frames.js'
import { encodeMessage } from '../../libs/replication/src/protocol/messages.js'
import { Conversation } from '../../libs/replication/src/testing/conversation.js'

const NUMBERS = { standing: 1, walk: 3, announce: 4, want: 5, records: 6, push: 7, forks: 8, ping: 14, relays: 19 }

let talk: Conversation

beforeEach(() => {
  talk = new Conversation()
  talk.greet()
})

/** The member's next record, with a header or a body that breaks something, properly signed. */
function record(place: Partial<Header> = {}, block = encodeBody(new Uint8Array(16), {})): StoredRecord {
  const { member } = talk
  const seq = member.records.length
  const header = encodeHeader({
    ...{ v: 1, at: 1_000 + seq, net: member.network, seq, vis: 0, body: sha256(block), kind: 'profile.published' },
    ...{ prev: member.ids[seq - 1]!, refs: [], subj: member.ids[0]!, author: member.key },
    ...place,
  })
  return { header, signature: signHeader(header, member.keys.secretKey), body: block }
}

const push = (...records: StoredRecord[]) =>
  talk.say('push', { runs: [{ author: talk.member.key, from: talk.member.records.length, records }] })

/** `count` records, one after the other, of which the last alone may be signed. */
function chain(count: number, isSigned: boolean): StoredRecord[] {
  const { member } = talk
  const from = member.records.length
  member.writeMany(count)
  const written = member.records.splice(from)
  member.ids.splice(from)
  return written.map((each, i) => ({ ...each, signature: isSigned && i === count - 1 ? each.signature : null }))
}

const said = (name: keyof typeof NUMBERS, write: (to: WireWriter) => void): void => {
  const writer = new WireWriter().uint(NUMBERS[name])
  write(writer)
  talk.sayBytes(frame(writer.finish()))
}

const key = new Uint8Array(32).fill(5)

describe('a run', () => {
  it.each<[string, string, () => void]>([
    ['of another network', 'net_mismatch', () => push(record({ net: key }))],
    ['of another author than it says', 'author_mismatch', () => push(record({ author: talk.founder.key }))],
    ['at another place than it says', 'seq_unexpected', () => push(record(), record())],
    ['that does not continue itself', 'prev_mismatch', () => push(record(), record({ seq: 2, prev: key }))],
    ['that goes back in time', 'at_backwards', () => push(record(), record({ ...after(), at: 1 }))],
    ['that refers to its own log', 'ref_own_record', () => push(...referring())],
    ['whose end is not signed', 'end_unsigned', () => push({ ...record(), signature: null })],
    ['with 64 records that are not signed', 'too_many_unsigned', () => push(...chain(65, true))],
    ['with a body that is not strict', 'not_shortest', () => push(record({}, Uint8Array.of(0x82, 0x58, 1, 0, 0xa0)))],
    ['with a body that is no list of salt and map', 'body_form', () => push(record({}, Uint8Array.of(0x80)))],
    ['with a header that is cut short', 'truncated', () => push(cut(record()))],
  ])('%s is refused', (_name, reason, breach) => {
    breach()
    expect(talk.end).toEqual({ reason, ban: true })
    expect(talk.node.store.entry(talk.member.key)!.length).toBe(1)
  })

  it('of 63 records that are not signed and one that is, is taken', () => {
    push(...chain(64, true))
    expect(talk.end).toBeUndefined()
    expect(talk.node.store.entry(talk.member.key)!.length).toBe(65)
  })
})

describe('a message', () => {
  it.each<[string, string, () => void]>([
    ['with bytes after its end', 'trailing_bytes', () => said('ping', (to) => to.uint(7).uint(7))],
    ['that ends early', 'truncated', () => said('announce', (to) => to.uint(1).fixed(key))],
    [
      'with a longer integer than needed',
      'not_shortest',
      () => said('ping', (to) => to.fixed(Uint8Array.of(253, 7, 0))),
    ],
    ['with an integer above 2^53', 'integer_range', () => said('ping', (to) => to.fixed(new Uint8Array(9).fill(255)))],
    ['with a choice that there is not', 'choice_unknown', () => said('standing', (to) => to.uint(5).text(''))],
    ['with text that is no UTF-8', 'utf8', () => said('standing', (to) => to.uint(3).block(Uint8Array.of(0xff)))],
    ['with a longer list than there are bytes', 'list_length', () => said('announce', (to) => to.uint(1_000))],
    [
      'that asks for 257 ranges',
      'list_length',
      () => said('want', (to) => to.uint(1).list(Array(257).fill(key), (of) => to.fixed(of).uint(0).uint(1))),
    ],
    ['with 17 relays', 'list_length', () => said('relays', (to) => to.list(Array(17).fill(key), (of) => to.fixed(of)))],
    [
      'with a prefix of what is no nibble',
      'walk_prefix',
      () => said('walk', (to) => to.uint(1).uint(2).uint(1).uint(16).uint(0)),
    ],
    ['with a fork proof that is none', 'fork_forged', () => talk.say('forks', { proofs: [new Uint8Array()] })],
    [
      'with a certificate that is none',
      'certificate_form',
      () => talk.say('certificates', { certificates: [Uint8Array.of(0xa0)] }),
    ],
    ['with a branch that is none', 'branch_forged', () => talk.say('branches', { branches: [Uint8Array.of(0xa0)] })],
    [
      'with an entry of no records',
      'entry_empty',
      () => said('walk', (to) => to.uint(1).uint(2).uint(0).uint(1).fixed(new Uint8Array(81))),
    ],
  ])('%s is refused', (_name, reason, breach) => {
    breach()
    expect(talk.end).toEqual({ reason, ban: true })
  })

  it('of a number that is not known is skipped, and the next one heard', () => {
    talk.sayBytes(frame(Uint8Array.of(200, 1, 2)))
    talk.sayBytes(frame(encodeMessage('bye', { reason: 'enough' })))
    expect(talk.end?.ban).not.toBe(true)
  })
})

/** The place after a record that comes first in its run. */
const after = (): Partial<Header> => ({ seq: talk.member.records.length + 1, prev: own() })
/** Three records, of which the last refers to the first. */
function referring(): StoredRecord[] {
  const [first, second] = [record(), record(after())]
  const place = { seq: talk.member.records.length + 2, prev: recordId(second.header), refs: [recordId(first.header)] }
  return [first, second, record(place)]
}
const own = (): Uint8Array => recordId(record().header)
const cut = (of: StoredRecord): StoredRecord => ({ ...of, header: of.header.subarray(0, 40) })
