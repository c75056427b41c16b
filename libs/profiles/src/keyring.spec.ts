import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isRefusal } from '#libs/fold'
import { fromText, sha256, toText, verify } from '#libs/record'
import { Keyring } from './index.js'

describe('a keyring', () => {
  let directory: string
  beforeEach(async () => {
    directory = join(await mkdtemp(join(tmpdir(), 'mutuo-keys-')), 'keys')
  })
  afterEach(() => rm(join(directory, '..'), { recursive: true }))

  const message = new TextEncoder().encode('message')
  const made = async (keyring: Keyring) => {
    const created = await keyring.create()
    if (isRefusal(created)) throw new Error(created.refused)
    return created
  }

  it('makes keys that it signs with, and has them again after a restart', async () => {
    const first = await Keyring.open(directory)
    const keys = [await made(first), await made(first)].map(({ key }) => toText(key))
    const again = await Keyring.open(directory)
    expect(again.here).toEqual(keys)
    expect(again.nodeSeed).toEqual(first.nodeSeed)
    for (const key of keys) expect(verify(again.sign(key, message)!, message, fromText(key))).toBe(true)
    expect(again.sign(toText(sha256(message)), message)).toBeNull()
  })

  it('never makes one key twice, however many are asked for at once', async () => {
    const keyring = await Keyring.open(directory)
    const created = await Promise.all(Array.from({ length: 5 }, () => made(keyring)))
    expect(new Set(created.map(({ key }) => toText(key))).size).toBe(5)
    expect(new Set(created.map(({ next }) => toText(next))).size).toBe(5)
    expect((await Keyring.open(directory)).here).toEqual(keyring.here)
  })

  it('leaves nothing on the disk that others may read', async () => {
    await made(await Keyring.open(directory))
    expect((await stat(directory)).mode & 0o777).toBe(0o700)
    for (const name of await readdir(directory)) expect((await stat(join(directory, name))).mode & 0o777).toBe(0o600)
  })

  it('stays locked without its passphrase or with a wrong one, and still names its keys', async () => {
    const open = await Keyring.open(directory, 'correct horse')
    const key = toText((await made(open)).key)
    expect(await readdir(directory)).toEqual(['identities', 'node'])
    for (const passphrase of [undefined, 'wrong', '']) {
      const locked = await Keyring.open(directory, passphrase)
      expect(locked.locked).toBe(true)
      expect(locked.here).toEqual([key])
      expect(locked.sign(key, message)).toBeNull()
      await expect(locked.create()).resolves.toEqual({ refused: 'keys_locked' })
      await expect(locked.unlock('also wrong')).resolves.toEqual({ refused: 'passphrase_wrong' })
      expect(locked.nodeSeed).toEqual(open.nodeSeed)
      await expect(locked.unlock('correct horse')).resolves.toEqual({ unlocked: true })
      expect(locked.sign(key, message)).toEqual(open.sign(key, message))
    }
  })

  it('is sealed anew when a passphrase comes later, and the key file goes', async () => {
    const key = toText((await made(await Keyring.open(directory))).key)
    expect(await readdir(directory)).toContain('unseal')
    const sealed = await Keyring.open(directory, 'now with one')
    expect(sealed.locked).toBe(false)
    expect(await readdir(directory)).not.toContain('unseal')
    expect((await Keyring.open(directory)).locked).toBe(true)
    const again = await Keyring.open(directory, 'now with one')
    expect(again.sign(key, message)).not.toBeNull()
    expect((await made(again)).key).not.toEqual(fromText(key))
  })

  it('does not open when what anyone may read was changed', async () => {
    const keyring = await Keyring.open(directory)
    const key = toText((await made(keyring)).key)
    const path = join(directory, 'identities')
    const bytes = await readFile(path)
    const at = bytes.indexOf(key)
    bytes[at] = bytes[at] === 0x79 ? 0x62 : 0x79
    await writeFile(path, bytes)
    await expect(Keyring.open(directory)).rejects.toThrow('does not open')
    await writeFile(path, bytes.subarray(1))
    await expect(Keyring.open(directory)).rejects.toThrow(`${path} is damaged`)
  })
})
