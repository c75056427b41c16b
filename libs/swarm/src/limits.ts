// How many connections of which kind a node keeps. Hyperswarm itself caps none of the inbound ones.

/** Starting values are Bitcoin Core's or measured; all of them can be configured. */
export interface SwarmLimits {
  /** Connections that others made. */
  inbound: number
  /** Connections to peers found by topic; peers that are dialled by key come on top. */
  outbound: number
  /** Connections with one IPv4 /24, loopback excepted. */
  perGroup: number
  /** Inbound connections that have not proved a membership yet. */
  handshakes: number
}

export const SWARM_LIMITS: SwarmLimits = { inbound: 64, outbound: 16, perGroup: 4, handshakes: 8 }

/** What the limits are judged by. `proven`: the peer has said an acceptable hello. */
export interface Seat {
  readonly inbound: boolean
  readonly host: string
  readonly proven: boolean
}

/** Why a connection is not kept. */
export type SeatRefusal = 'inbound_full' | 'outbound_full' | 'group_full' | 'handshakes_full'

/** Whether there is room for one more connection beside those that are taken. Outbound by key is never refused. */
export function seatRefusal(
  seat: Pick<Seat, 'inbound' | 'host'> & { dialled: boolean },
  taken: Iterable<Seat>,
  limits: SwarmLimits,
): SeatRefusal | null {
  if (seat.dialled) return null
  const group = addressGroup(seat.host)
  let sameDirection = 0
  let sameGroup = 0
  let handshakes = 0
  for (const other of taken) {
    if (other.inbound === seat.inbound) sameDirection++
    if (group !== null && addressGroup(other.host) === group) sameGroup++
    if (other.inbound && !other.proven) handshakes++
  }
  if (seat.inbound && sameDirection >= limits.inbound) return 'inbound_full'
  if (!seat.inbound && sameDirection >= limits.outbound) return 'outbound_full'
  if (group !== null && sameGroup >= limits.perGroup) return 'group_full'
  if (seat.inbound && handshakes >= limits.handshakes) return 'handshakes_full'
  return null
}

/** The /24 of an IPv4 address, the address itself otherwise; null for loopback, which is not limited. */
export function addressGroup(host: string): string | null {
  const ipv4 = host.startsWith('::ffff:') ? host.slice('::ffff:'.length) : host
  if (ipv4.startsWith('127.') || ipv4 === '::1' || ipv4 === '') return null
  const bytes = ipv4.split('.')
  return bytes.length === 4 ? bytes.slice(0, 3).join('.') : ipv4
}
