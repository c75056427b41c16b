// The hello: who is at the other end, and what it may do. A member proves its key, bound to exactly this connection; a
// newcomer proves its invite's key and may then offer its own first record, and nothing else.
//
// A node that was away may not know a member that was admitted meanwhile. It calls it a stranger and tells it nothing, but
// the member, who knows it, announces what it holds: from that the node learns of the admission, and then the two go on as
// members. A newcomer, who knows nobody, begins in the same way.

import { decodeHeader, equalBytes, FormatError, type HelloStatement, verifyHello, ZERO_32 } from '#libs/record'
import type { Machine } from './machine.js'
import { PROTOCOL_VERSION, type Messages, type Standing } from './messages.js'
import type { Peer } from './peer.js'

/** A newcomer that was turned down asks again after so long (ms). */
const OFFER_AGAIN_MS = 15_000

/** Says who this node is, once it can. The initiator speaks first; until then nothing is said. */
export function sayHello(machine: Machine, peer: Peer): void {
  const self = machine.options.self()
  if (!self || self.as === peer.saidAs || (!peer.initiator && peer.standing === null)) return
  const statement = helloOf(machine, peer, true)
  const signature = self.sign(statement)
  if (!signature) return
  peer.saidAs = self.as
  const { net, genesis } = machine
  peer.send('hello', {
    version: PROTOCOL_VERSION,
    net,
    as: self.as,
    key: self.key,
    genesis: genesis ?? ZERO_32,
    signature,
  })
  if (peer.standing !== null) tell(machine, peer, '')
}

/** Judges the other side's hello. A newcomer that was admitted says a second one, as a member. */
export function hearHello(machine: Machine, peer: Peer, hello: Messages['hello']): void {
  if (peer.author) return peer.close('hello_twice', true)
  if (!equalBytes(hello.net, machine.net)) return peer.close('another_network')
  if (!verifyHello(hello.signature, helloOf(machine, peer, false), hello.key)) return peer.close('hello_forged', true)
  if (!machine.genesis && !equalBytes(hello.genesis, ZERO_32)) machine.genesis = hello.genesis
  if (hello.as === 'invite') {
    peer.inviteKey = hello.key
    setStanding(machine, peer, 'newcomer')
  } else {
    peer.author = hello.key
    if (machine.isTurnedAway(hello.key)) return peer.close('author_removed')
    setStanding(machine, peer, machine.isMember(hello.key) ? 'member' : 'stranger')
  }
  if (peer.saidHello) tell(machine, peer, '')
  else sayHello(machine, peer)
}

/** Sets what the peer is; what follows from it comes with `tell`. */
function setStanding(machine: Machine, peer: Peer, standing: Standing): void {
  peer.standing = standing
  if (standing === 'member') {
    machine.effects.push({ type: 'proven', peer: peer.name, author: peer.author })
    machine.download.join(peer.name)
  } else if (standing === 'stranger') {
    // It may serve, though nothing is served to it.
    machine.download.join(peer.name)
  }
}

function tell(machine: Machine, peer: Peer, reason: string): void {
  peer.send('standing', { standing: peer.standing!, reason })
  machine.whenMutual(peer)
}

/** Authors became members: those who were strangers until now are no longer. */
export function recognise(machine: Machine, isNew: (author: Uint8Array) => boolean): void {
  for (const peer of machine.peers.values()) {
    if (peer.closed || peer.standing !== 'stranger' || !peer.author || !isNew(peer.author)) continue
    setStanding(machine, peer, 'member')
    tell(machine, peer, '')
  }
}

/** What this node is to the other side. */
export function hearStanding(machine: Machine, peer: Peer, { standing, reason }: Messages['standing']): void {
  const before = peer.ownStanding
  peer.ownStanding = standing
  if (standing === 'refused') {
    peer.offerAgainAtMs = machine.nowMs + OFFER_AGAIN_MS
    machine.effects.push({ type: 'turnedDown', peer: peer.name, reason })
  } else if (standing === 'newcomer') {
    peer.offerAgainAtMs = machine.nowMs
    offerAgain(machine, peer)
  } else if (standing === 'admitted') {
    machine.effects.push({ type: 'welcomed', peer: peer.name })
  }
  if (before !== standing) machine.whenMutual(peer)
}

/** A newcomer's own side: offers its first record, again when an inviter could not take it (its keys may be locked). */
export function offerAgain(machine: Machine, peer: Peer): void {
  const record = machine.options.self()?.firstRecord
  if (!record || peer.offerAgainAtMs === null || machine.nowMs < peer.offerAgainAtMs) return
  peer.offerAgainAtMs = null
  peer.send('offer', { record })
}

/** A newcomer offers its first record: only once, and only that. */
export function hearOffer(machine: Machine, peer: Peer, { record }: Messages['offer']): void {
  if (peer.standing !== 'newcomer' || !peer.inviteKey || peer.offered) return
  peer.offered = true
  peer.offeredBy = authorOf(record.header)
  machine.effects.push({ type: 'admit', peer: peer.name, inviteKey: peer.inviteKey, record })
}

/** Authors became members: a newcomer among them hears of it now, and not when everything that its admission changes is written. */
export function welcome(machine: Machine, isNew: (author: Uint8Array) => boolean): void {
  for (const peer of machine.peers.values()) if (peer.offeredBy && isNew(peer.offeredBy)) judgeOffer(peer, null)
}

/** What became of an offer. */
export function judgeOffer(peer: Peer, refused: string | null): void {
  if (peer.standing !== 'newcomer' || !peer.offered || peer.closed) return
  if (refused === null) {
    // Once: what comes after it is another hello.
    peer.offered = false
    peer.inviteKey = null
    peer.send('standing', { standing: 'admitted', reason: '' })
  } else {
    peer.offered = false
    peer.send('standing', { standing: 'refused', reason: refused })
  }
}

/** Whose a record says it is; what can't be read is for whoever judges the offer. */
function authorOf(header: Uint8Array): Uint8Array | null {
  try {
    return decodeHeader(header).author
  } catch (error) {
    if (error instanceof FormatError) return null
    throw error
  }
}

function helloOf(machine: Machine, peer: Peer, own: boolean): HelloStatement {
  return {
    net: machine.net,
    handshakeHash: peer.handshakeHash,
    noiseKey: own ? machine.options.noiseKey : peer.remoteKey,
    role: own === peer.initiator ? 'initiator' : 'responder',
  }
}
