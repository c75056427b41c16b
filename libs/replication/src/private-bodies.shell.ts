// Bodies of private records are asked for by id, and given to those who may read them, over a service of its own between nodes.

import { RpcException } from '@nestjs/microservices'
import type { Disclosure } from '#libs/payees'
import {
  concat,
  equalBytes,
  FormatError,
  fromText,
  helloMessage,
  type HelloRole,
  toText,
  verifyHello,
} from '#libs/record'
import type { PrivateBody, Records, Signer } from '#libs/store'
import type { Caller, PeerStream } from '#libs/swarm'
import type { Allowance } from './allowance.js'

/** The name of the service on a connection. */
export const PRIVATE_PROTOCOL = 'mutuo/private/1'
export const BODIES = 'private.bodies'
/** Ids of one request. */
export const MOST_BODIES = 256
const ID_BYTES = 32

/** Ids and keys are text; the signature is the member's over its hello on this connection, in base64. */
export interface BodiesRequest {
  net: string
  /** For whom they are asked: a member at home on the asking node, by the key that it has now. */
  member: string
  signature: string
  ids: string[]
}

/** What a member at home says to be given what is its to read. Null when its key is not here, or locked. */
export function bodiesRequest(
  signer: Signer,
  stream: Pick<PeerStream, 'publicKey' | 'handshakeHash' | 'isInitiator'>,
  net: string,
  member: string,
  ids: readonly Uint8Array[],
): BodiesRequest | null {
  const statement = {
    net: fromText(net),
    noiseKey: plain(stream.publicKey),
    handshakeHash: plain(stream.handshakeHash),
  }
  const signature = signer.sign(member, helloMessage({ ...statement, role: roleOf(stream.isInitiator) }))
  if (!signature) return null
  return { net, member, signature: Buffer.from(signature).toString('base64'), ids: ids.map((id) => toText(id)) }
}

/**
 * Serves one request: an item for each body that is held, its id and then its block. Throws RpcException with a refusal:
 * request_malformed; too_many_requests, when the peer asked for more than its allowance; hello_wrong, when the member did not sign for this connection with the key that it has now; not_a_party, when none of what is asked for
 * is the member's to read.
 */
export async function* serveBodies(
  records: Records,
  disclosure: Pick<Disclosure, 'mayRead'>,
  data: unknown,
  context: { getStream(): Pick<PeerStream, 'remotePublicKey' | 'handshakeHash' | 'isInitiator'> },
  allowance: Pick<Allowance, 'take'>,
): AsyncGenerator<Uint8Array> {
  const { net, member, signature, ids } = read(data)
  const stream = context.getStream()
  // Before the signature is looked at, and the database asked. An empty request costs something, too.
  if (!allowance.take(toText(plain(stream.remotePublicKey)), Math.max(1, ids.length), performance.now()))
    throw refusal('too_many_requests')
  const statement = {
    net,
    handshakeHash: plain(stream.handshakeHash),
    noiseKey: plain(stream.remotePublicKey),
    role: roleOf(!stream.isInitiator),
  }
  if (!verifyHello(signature, statement, member)) throw refusal('hello_wrong')
  const reader = await records.identityOf(net, member)
  if (!equalBytes(await records.speakingKey(net, reader), member)) throw refusal('hello_wrong')
  const asked = await records.privateRecords(net, ids)
  const readable = new Map<string, boolean>()
  for (const author of new Set(asked.map((record) => toText(record.author)))) {
    readable.set(author, await disclosure.mayRead(author, toText(reader)))
  }
  const open = asked.filter(({ author }) => readable.get(toText(author)))
  if (open.length === 0 && ids.length > 0) throw refusal('not_a_party')
  for (const { id, block } of open) if (block) yield concat(id, block)
}

/** Asks a peer. Throws a PeerError, or what the peer refused with. */
export async function askBodies(caller: Caller, request: BodiesRequest): Promise<PrivateBody[]> {
  const bodies: PrivateBody[] = []
  for await (const item of caller.stream(BODIES, request)) {
    if (!(item instanceof Uint8Array) || item.length <= ID_BYTES || bodies.length >= request.ids.length) break
    bodies.push({ id: item.slice(0, ID_BYTES), block: item.slice(ID_BYTES) })
  }
  return bodies
}

function read(data: unknown): { net: Uint8Array; member: Uint8Array; signature: Uint8Array; ids: Uint8Array[] } {
  const { net, member, signature, ids } = (data ?? {}) as Partial<Record<keyof BodiesRequest, unknown>>
  try {
    if (typeof net !== 'string' || typeof member !== 'string' || typeof signature !== 'string')
      throw new FormatError('text')
    if (!Array.isArray(ids) || ids.length > MOST_BODIES) throw new FormatError('ids')
    const signed = plain(Buffer.from(signature, 'base64'))
    if (signed.length !== 64) throw new FormatError('signature')
    return {
      net: fromText(net),
      member: fromText(member),
      signature: signed,
      ids: ids.map((id: unknown) => fromText(String(id))),
    }
  } catch (error) {
    if (error instanceof FormatError) throw refusal('request_malformed')
    throw error
  }
}

const refusal = (refused: string): RpcException => new RpcException({ refused })
const roleOf = (isInitiator: boolean): HelloRole => (isInitiator ? 'initiator' : 'responder')
const plain = (bytes: Uint8Array): Uint8Array => new Uint8Array(bytes)
