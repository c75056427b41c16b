import { ConfigError, readConfig } from './config.js'
import { socketPathFor } from './places.js'

describe('the configuration', () => {
  it('has defaults that start a node on loopback with the public DHT', () => {
    expect(readConfig({})).toMatchObject({
      port: 8420,
      discovery: { kind: 'public' },
      databaseUrl: undefined,
      logLevel: 'warn',
    })
  })

  it('reads a private DHT from a list of addresses', () => {
    expect(readConfig({ MUTUO_BOOTSTRAP: '127.0.0.1:4000, 10.0.0.2:4001' }).discovery).toEqual({
      kind: 'private',
      host: '127.0.0.1',
      bootstrap: [
        { host: '127.0.0.1', port: 4000 },
        { host: '10.0.0.2', port: 4001 },
      ],
    })
    expect(readConfig({ MUTUO_BOOTSTRAP: 'none' }).discovery).toEqual({ kind: 'none' })
  })

  it('reads limits and the use of relays', () => {
    expect(readConfig({})).toMatchObject({ limits: {}, relay: undefined })
    const env = { MUTUO_LIMIT_INBOUND: '128', MUTUO_LIMIT_PER_GROUP: '8', MUTUO_RELAY: 'offer' }
    expect(readConfig(env)).toMatchObject({ limits: { inbound: 128, perGroup: 8 }, relay: 'offer' })
  })

  it.each([
    ['MUTUO_LIMIT_INBOUND', '0'],
    ['MUTUO_LIMIT_UNSENT_BYTES', '4MiB'],
    ['MUTUO_RELAY', 'yes'],
    ['MUTUO_PORT', '70000'],
    ['MUTUO_PORT', '-1'],
    ['MUTUO_PORT', 'http'],
    ['MUTUO_BOOTSTRAP', 'example.org'],
    ['MUTUO_BOOTSTRAP', '127.0.0.1:99999'],
    ['MUTUO_LOG', 'loud'],
    ['DATABASE_URL', 'localhost:5432/mutuo'],
    ['DATABASE_URL', 'mysql://localhost/mutuo'],
  ])('refuses %s=%s and names the variable', (name, value) => {
    expect(() => readConfig({ [name]: value })).toThrow(ConfigError)
  })

  it('keeps the socket path within what the kernel takes', () => {
    expect(socketPathFor('/srv/mutuo')).toBe('/srv/mutuo/node.sock')
    const deep = `/srv/${'deep/'.repeat(40)}`
    expect(Buffer.byteLength(socketPathFor(deep))).toBeLessThanOrEqual(107)
    expect(socketPathFor(deep)).not.toBe(socketPathFor(`${deep}er`))
  })
})
