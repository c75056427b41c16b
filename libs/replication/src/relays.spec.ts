import { Relays } from './relays.js'

const key = (byte: number) => new Uint8Array(32).fill(byte)

describe('relays on offer', () => {
  it('are the own one first, then what members offer, then what they heard of, each once', () => {
    const relays = new Relays()
    relays.own = key(1)
    relays.heard(key(100), [key(2), key(3)])
    relays.heard(key(101), [key(4), key(2), key(1)])
    expect(relays.known()).toEqual([key(1), key(2), key(4), key(3)])
    expect(relays.others()).toEqual([key(2), key(4), key(3)])
  })

  it('are news only when there is one that was not known', () => {
    const relays = new Relays()
    expect(relays.heard(key(100), [key(2)])).toBe(true)
    expect(relays.heard(key(100), [key(2)])).toBe(false)
    expect(relays.heard(key(101), [key(2)])).toBe(false)
    expect(relays.heard(key(101), [key(3)])).toBe(true)
  })

  it('are bounded, whoever tells how many', () => {
    const relays = new Relays()
    for (let member = 0; member < 40; member++) {
      relays.heard(
        key(member),
        [1, 2, 3, 4, 5, 6].map((byte) => new Uint8Array(32).fill(member).fill(byte, 0, 2)),
      )
    }
    expect(relays.others()).toHaveLength(64)
  })
})
