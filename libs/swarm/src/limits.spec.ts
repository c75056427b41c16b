import { addressGroup, type Seat, seatRefusal, SWARM_LIMITS } from './limits.js'

const seats = (count: number, seat: (index: number) => Partial<Seat>): Seat[] =>
  Array.from({ length: count }, (_, index) => ({
    inbound: true,
    host: `10.0.${index}.1`,
    proven: true,
    ...seat(index),
  }))

describe('limits on connections', () => {
  it('keep 64 inbound and 16 outbound ones, counted apart', () => {
    const inbound = seats(64, () => ({}))
    const outbound = seats(16, (index) => ({ inbound: false, host: `11.0.${index}.1` }))
    const next = { host: '12.0.0.1', dialled: false }
    expect(seatRefusal({ ...next, inbound: true }, inbound, SWARM_LIMITS)).toBe('inbound_full')
    expect(seatRefusal({ ...next, inbound: true }, inbound.slice(1).concat(outbound), SWARM_LIMITS)).toBeNull()
    expect(seatRefusal({ ...next, inbound: false }, outbound, SWARM_LIMITS)).toBe('outbound_full')
  })

  it('keep 4 of one /24 but any number of this machine', () => {
    const neighbours = seats(4, (index) => ({ host: `10.1.2.${index}` }))
    expect(seatRefusal({ inbound: true, host: '10.1.2.99', dialled: false }, neighbours, SWARM_LIMITS)).toBe(
      'group_full',
    )
    expect(seatRefusal({ inbound: true, host: '10.1.3.99', dialled: false }, neighbours, SWARM_LIMITS)).toBeNull()
    const local = seats(30, () => ({ host: '127.0.0.1' }))
    expect(seatRefusal({ inbound: true, host: '127.0.0.1', dialled: false }, local, SWARM_LIMITS)).toBeNull()
  })

  it('let 8 strangers at a time prove themselves', () => {
    const strangers = seats(8, () => ({ proven: false }))
    const next = { inbound: true, host: '12.0.0.1', dialled: false }
    expect(seatRefusal(next, strangers, SWARM_LIMITS)).toBe('handshakes_full')
    expect(seatRefusal(next, strangers.slice(1), SWARM_LIMITS)).toBeNull()
  })

  it('never refuse a peer that was dialled by its key', () => {
    const full = seats(200, () => ({ inbound: false, host: '10.1.2.3' }))
    expect(seatRefusal({ inbound: false, host: '10.1.2.3', dialled: true }, full, SWARM_LIMITS)).toBeNull()
  })

  it('see an IPv4 address written as IPv6 as the same', () => {
    expect(addressGroup('::ffff:10.1.2.3')).toBe('10.1.2')
    expect(addressGroup('::ffff:127.0.0.1')).toBeNull()
    expect(addressGroup('fd00::1')).toBe('fd00::1')
  })
})
