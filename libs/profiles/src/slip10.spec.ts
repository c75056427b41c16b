import { keyPairFromSeed } from '#libs/record'
import { deriveSeed, identityPath } from './slip10.js'

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'hex'))

describe('SLIP-0010 for Ed25519', () => {
  // Test vector 1 of SLIP-0010 for ed25519.
  const seed = bytes('000102030405060708090a0b0c0d0e0f')
  it.each([
    ['m', [], '2b4be7f19ee27bbf30c667b642d5f4aa69fd169872f8fc3059c08ebae2eb19e7'],
    ["m/0'", [0], '68e0fe46dfb67e368c75379acec591dad19df3cde26e63b93a8e704f1dade7a3'],
    ["m/0'/1'", [0, 1], 'b1d0bad404bf35da785a64ca1ac54b2617211d2777696fbffaf208f746ae84f2'],
  ])('derives the standard’s own key at %s', (_, path, expected) => {
    expect(hex(deriveSeed(seed, path))).toBe(expected)
  })

  it('gives the standard’s own public key', () => {
    const { publicKey } = keyPairFromSeed(deriveSeed(seed, []))
    expect(hex(publicKey)).toBe('a4b2856bfec510abab89753fac1ac0e1112364e7d250545963f135f2a33188ed')
  })

  it('gives every identity and key number a key of its own', () => {
    const keys = [0, 1, 2].flatMap((identity) =>
      [0, 1].map((key) => hex(deriveSeed(seed, identityPath(identity, key)))),
    )
    expect(new Set(keys).size).toBe(6)
  })
})
