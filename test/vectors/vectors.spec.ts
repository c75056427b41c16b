import { createPublicKey, verify } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as record from '#libs/record'
import { checkVectors, readVectors } from './check.js'

describe('the record library on libsodium and node:crypto', () => checkVectors(record))

describe('the pages that specify the format', () => {
  const files = readdirSync(join(process.cwd(), 'test', 'vectors')).filter((name) => name.endsWith('.json'))
  const page = (name: string) => readFileSync(join(process.cwd(), 'docs', name), 'utf8')

  it.each(files)('tell of %s and of every reason in it', (file) => {
    const format = page('record-format.md')
    expect(format).toContain(file)
    const cases = Object.values(readVectors(file.replace('.json', ''))).flatMap((section) =>
      Array.isArray(section) ? section : [],
    )
    const reasons = cases.flatMap((one) => [one['reason'], (one['check'] as { reason?: string } | undefined)?.reason])
    for (const reason of reasons) if (reason !== undefined) expect(format).toContain(`\`${String(reason)}\``)
  })
})

describe('OpenSSL, as WebCrypto has it', () => {
  const SMALL_ORDER = [
    '00'.repeat(32),
    '01' + '00'.repeat(31),
    '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
    'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
    ...['ec', 'ed', 'ee'].map((first) => first + 'ff'.repeat(30) + '7f'),
  ]
  const isSmallOrder = (point: string) => {
    const last = (parseInt(point.slice(62), 16) & 0x7f).toString(16).padStart(2, '0')
    return SMALL_ORDER.includes(point.slice(0, 62) + last)
  }
  const counts = (publicKey: string, message: string, signature: string) => {
    const der = Buffer.from(`302a300506032b6570032100${publicKey}`, 'hex')
    const key = createPublicKey({ key: der, format: 'der', type: 'spki' })
    return verify(null, Buffer.from(message, 'hex'), key, Buffer.from(signature, 'hex'))
  }
  const cases = readVectors('signatures')['verified']!.map((one) => ({
    name: one.name,
    publicKey: String(one['publicKey']),
    message: String(one['message']),
    signature: String(one['signature']),
    valid: one['valid'],
  }))

  it.each(cases)('agrees behind the list of points of small order: $name', (one) => {
    const isRefused = isSmallOrder(one.publicKey) || isSmallOrder(one.signature.slice(0, 64))
    expect(!isRefused && counts(one.publicKey, one.message, one.signature)).toBe(one.valid)
  })

  it('would accept more without that list', () => {
    const accepted = cases.filter((one) => !one.valid && counts(one.publicKey, one.message, one.signature))
    expect(accepted.length).toBeGreaterThan(0)
  })
})
