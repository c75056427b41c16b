// How many connections of which kind a node keeps. Hyperswarm itself caps none of the inbound ones.

import { evict, type Occupant } from './eviction.js'

/** Starting values are Bitcoin Core's or measured; all of them can be configured. */
export interface SwarmLimits {
  /** Connections that others made. */
  inbound: number
  /** Of the inbound places, how many are kept for favoured peers: at most a quarter of them is. */
  favoured: number
  /** Connections that this node made; half of them to peers that it knows by key, as long as there are so many. */
  outbound: number
  /** Connections with one IPv4 /24, loopback excepted. */
  perGroup: number
  /** Inbound connections that have not proved a membership yet. */
  handshakes: number
}

export const SWARM_LIMITS: SwarmLimits = { inbound: 64, favoured: 16, outbound: 16, perGroup: 4, handshakes: 8 }

/** A connection that has its place. */
export interface Seat extends Occupant {
  readonly inbound: boolean
  readonly host: string
  /** The peer was named: by an invite, or because it was good before. */
  readonly dialled: boolean
  /** A witness, or a counterparty of whoever is at home here. */
  readonly favoured: boolean
}

/** Why a connection is not kept. */
export type SeatRefusal = 'inbound_full' | 'outbound_full' | 'group_full' | 'handshakes_full'

/** Whether a connection is kept, and which one has to go for it, if any. */
export type Seating<S> =
  { readonly kept: true; readonly evicted: S | null } | { readonly kept: false; readonly because: SeatRefusal }

/**
 * Whether there is room for one more connection beside those that are taken. A peer that was dialled by its key is always
 * kept, and takes the place of a peer that was found by topic when all are taken. What comes in when all is full takes
 * the place of the worst (see `evict`), if that is bad enough; favoured peers are never the ones to go.
 */
export function seat<S extends Seat>(
  next: Pick<Seat, 'inbound' | 'host' | 'dialled' | 'favoured'>,
  taken: readonly S[],
  limits: SwarmLimits,
): Seating<S> {
  const alike = taken.filter(({ inbound }) => inbound === next.inbound)
  if (!next.inbound && next.dialled) return kept(alike.length < limits.outbound ? null : worstFound(alike))
  const group = addressGroup(next.host)
  if (group !== null && taken.filter(({ host }) => addressGroup(host) === group).length >= limits.perGroup) {
    return refused('group_full')
  }
  if (!next.inbound) return alike.length < limits.outbound ? kept(null) : refused('outbound_full')
  if (alike.filter(({ proven }) => !proven).length >= limits.handshakes) return refused('handshakes_full')
  const others = alike.filter(({ favoured }) => !favoured)
  const room = next.favoured ? limits.inbound - alike.length : openPlaces(limits) - others.length
  if (room > 0 && alike.length < limits.inbound) return kept(null)
  const evicted = evict(others)
  return evicted ? kept(evicted) : refused('inbound_full')
}

/** The /24 of an IPv4 address, the address itself otherwise; null for loopback, which is not limited. */
export function addressGroup(host: string): string | null {
  const ipv4 = host.startsWith('::ffff:') ? host.slice('::ffff:'.length) : host
  if (ipv4.startsWith('127.') || ipv4 === '::1' || ipv4 === '') return null
  const bytes = ipv4.split('.')
  return bytes.length === 4 ? bytes.slice(0, 3).join('.') : ipv4
}

/** Inbound places that anyone may take. */
function openPlaces({ inbound, favoured }: SwarmLimits): number {
  return inbound - Math.min(favoured, Math.floor(inbound / 4))
}

/** Of the peers that were found by topic the one that came last: known ones take its place. */
function worstFound<S extends Seat>(outbound: readonly S[]): S | null {
  const found = outbound.filter(({ dialled }) => !dialled)
  return found.sort((a, b) => b.connectedAtMs - a.connectedAtMs)[0] ?? null
}

const kept = <S>(evicted: S | null): Seating<S> => ({ kept: true, evicted })
const refused = (because: SeatRefusal) => ({ kept: false as const, because })
