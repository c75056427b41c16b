import { addressGroup, seat, type Seat, SWARM_LIMITS } from './limits.js'

const one = (of: Partial<Seat> = {}): Seat => {
  const host = of.host ?? '12.0.0.1'
  return {
    ...{ inbound: true, host, proven: true, dialled: false, favoured: false, group: addressGroup(host) },
    ...{ groupRank: 0, connectedAtMs: 0, roundTripMs: null, gaveAtMs: null },
    ...of,
  }
}
const seats = (count: number, of: (index: number) => Partial<Seat>): Seat[] =>
  Array.from({ length: count }, (_, index) => one({ host: `10.0.${index}.1`, connectedAtMs: index, ...of(index) }))
const free = { kept: true, evicted: null }
const refusedAs = (because: string) => ({ kept: false, because })

describe('limits on connections', () => {
  it('keep 64 inbound and 16 outbound ones, counted apart', () => {
    const outbound = seats(16, () => ({ inbound: false }))
    const favoured = seats(64, (index) => ({ host: `11.0.${index}.1`, favoured: true }))
    expect(seat(one(), favoured, SWARM_LIMITS)).toEqual(refusedAs('inbound_full'))
    expect(seat(one({ favoured: true }), favoured, SWARM_LIMITS)).toEqual(refusedAs('inbound_full'))
    expect(seat(one({ favoured: true }), [...favoured.slice(1), ...outbound], SWARM_LIMITS)).toEqual(free)
    expect(seat(one({ inbound: false }), outbound, SWARM_LIMITS)).toEqual(refusedAs('outbound_full'))
    expect(seat(one({ inbound: false }), [...outbound.slice(1), ...favoured], SWARM_LIMITS)).toEqual(free)
  })

  it('keep 16 of the inbound places for witnesses and counterparties', () => {
    const anyone = seats(48, () => ({}))
    const next = seat(one(), anyone, SWARM_LIMITS)
    expect(next.kept && next.evicted).toBeTruthy()
    expect(seat(one(), anyone.slice(1), SWARM_LIMITS)).toEqual(free)
    expect(seat(one({ favoured: true }), anyone, SWARM_LIMITS)).toEqual(free)
  })

  it('let a favoured peer in even when more than its own places are taken, and never evict one for it', () => {
    const all = [...seats(48, () => ({})), ...seats(16, (index) => ({ host: `11.0.${index}.1`, favoured: true }))]
    const next = seat(one({ favoured: true }), all, SWARM_LIMITS)
    expect(next).toMatchObject({ kept: true, evicted: { favoured: false } })
  })

  it('keep 4 of one /24 but any number of this machine', () => {
    const neighbours = seats(4, (index) => ({ host: `10.1.2.${index}` }))
    expect(seat(one({ host: '10.1.2.99' }), neighbours, SWARM_LIMITS)).toEqual(refusedAs('group_full'))
    expect(seat(one({ host: '10.1.2.99', inbound: false }), neighbours, SWARM_LIMITS)).toEqual(refusedAs('group_full'))
    expect(seat(one({ host: '10.1.3.99' }), neighbours, SWARM_LIMITS)).toEqual(free)
    const local = seats(30, () => ({ host: '127.0.0.1', group: null }))
    expect(seat(one({ host: '127.0.0.1' }), local, SWARM_LIMITS)).toEqual(free)
  })

  it('let 8 strangers at a time prove themselves', () => {
    const strangers = seats(8, () => ({ proven: false }))
    expect(seat(one(), strangers, SWARM_LIMITS)).toEqual(refusedAs('handshakes_full'))
    expect(seat(one(), strangers.slice(1), SWARM_LIMITS)).toEqual(free)
  })

  it('never refuse a peer that was dialled by its key, which takes the place of one found by topic', () => {
    const found = seats(16, (index) => ({ inbound: false, host: '10.1.2.3', dialled: index < 7 }))
    const next = { inbound: false, host: '10.1.2.3', dialled: true, favoured: false }
    expect(seat(next, found, SWARM_LIMITS)).toEqual({ kept: true, evicted: found[15] })
    const known = seats(16, () => ({ inbound: false, dialled: true }))
    expect(seat(next, known, SWARM_LIMITS)).toEqual(free)
  })

  it('leave three quarters of the inbound places to anyone, however many are to be kept', () => {
    const limits = { ...SWARM_LIMITS, inbound: 4 }
    expect(
      seat(
        one(),
        seats(2, () => ({})),
        limits,
      ),
    ).toEqual(free)
    expect(
      seat(
        one(),
        seats(3, () => ({})),
        limits,
      ),
    ).toEqual(refusedAs('inbound_full'))
  })

  it('see an IPv4 address written as IPv6 as the same', () => {
    expect(addressGroup('::ffff:10.1.2.3')).toBe('10.1.2')
    expect(addressGroup('::ffff:127.0.0.1')).toBeNull()
    expect(addressGroup('fd00::1')).toBe('fd00::1')
  })
})
