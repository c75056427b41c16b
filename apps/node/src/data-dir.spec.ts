import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeDataDir, quotedPath } from './data-dir.js'

describe('a data directory', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mutuo-data-'))
  afterAll(() => rmSync(folder, { recursive: true }))

  it('is made with the folders above it, for its owner alone, and stays when it is there', () => {
    const path = join(folder, 'a', 'b')
    makeDataDir(path)
    makeDataDir(path)
    expect(statSync(path).mode & 0o777).toBe(0o700)
  })

  it('is refused where a file is', () => {
    writeFileSync(join(folder, 'file'), '')
    expect(() => makeDataDir(join(folder, 'file'))).toThrow('that is a file')
    expect(() => makeDataDir(join(folder, 'file', 'b'))).toThrow('that is a file')
  })

  it('is refused at once where none can be made', () => {
    expect(() => makeDataDir('/proc/x')).toThrow("the data directory can't be made: /proc/x")
  })
})

describe('a path for a shell', () => {
  it.each([
    ['/home/ana/.mutuo', '/home/ana/.mutuo'],
    ['/home/ana/my books', "'/home/ana/my books'"],
    ["/it's", `'/it'\\''s'`],
  ])('%s is %s', (path, quoted) => expect(quotedPath(path)).toBe(quoted))
})
