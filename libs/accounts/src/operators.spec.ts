import { keyPairFromSeed, toText } from '#libs/record'
import { openDatabase, type OpenDatabase } from '#libs/store'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { accountMigrations } from './index.js'
import { Operators } from './operators.service.js'

const key = (seed: number): string => toText(keyPairFromSeed(new Uint8Array(32).fill(seed)).publicKey)
const bytes = (seed: number): Uint8Array => keyPairFromSeed(new Uint8Array(32).fill(seed)).publicKey

describe('operators of a node', () => {
  let directory: string
  let open: OpenDatabase
  let operators: Operators
  let now = Date.UTC(2026, 0, 1)
  let changes = 0

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'mutuo-operators-'))
    open = await openDatabase({ database: { dataDir: directory }, migrations: accountMigrations })
    operators = new Operators(open.database, () => now)
    operators.changed.subscribe(() => changes++)
  })
  afterAll(async () => {
    await open?.close()
    await rm(directory, { recursive: true, force: true })
  })

  it('are those whose keys were added, and each use is noted', async () => {
    expect(await operators.isOperator(bytes(1))).toBe(false)
    expect(await operators.add(key(1), ' Ana ')).toEqual({ key: key(1), name: 'Ana', addedAtMs: now, usedAtMs: null })
    now += 60_000
    expect(await operators.isOperator(bytes(1))).toBe(true)
    expect(await operators.isOperator(bytes(2))).toBe(false)
    expect(await operators.list()).toEqual({
      items: [{ key: key(1), name: 'Ana', addedAtMs: now - 60_000, usedAtMs: now }],
    })
  })

  it('keep one entry a key, under the newest name', async () => {
    await operators.add(key(1), 'Ana, laptop')
    expect((await operators.list()).items).toMatchObject([{ key: key(1), name: 'Ana, laptop', usedAtMs: now }])
  })

  it('are none any more once removed; every change is told', async () => {
    expect(await operators.remove(key(1))).toEqual({ ok: true })
    expect(await operators.isOperator(bytes(1))).toBe(false)
    expect(await operators.remove(key(1))).toEqual({ refused: 'operator_not_found' })
    expect(changes).toBe(3)
  })

  it('are at most 64', async () => {
    for (let seed = 10; seed < 74; seed++) await operators.add(key(seed), `operator ${seed}`)
    expect(await operators.add(key(99), 'one more')).toEqual({ refused: 'too_many_operators', most: 64 })
    expect(await operators.add(key(10), 'renamed')).toMatchObject({ name: 'renamed' })
    expect(await operators.keys()).toHaveLength(64)
  })
})
