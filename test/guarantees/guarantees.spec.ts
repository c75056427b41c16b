/** docs/guarantees.md names a test for each promise: the file is there, and so is the test. */
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))
const page = readFileSync(`${root}docs/guarantees.md`, 'utf8')

/** `path` › part of a name, as the tables have it. */
const named = [...page.matchAll(/`((?:libs|apps|test)\/[\w./-]+\.spec\.ts)`(?: › ([^;|`]+))?/g)].map(
  ([, path, name]): [string, string] => [path!, name?.trim() ?? ''],
)

describe('the page of guarantees', () => {
  it('names a test in every row of its tables of promises and rules', () => {
    const rows = page.split('\n').filter((line) => line.startsWith('| ') && !/^\| (promise|rule|-)/.test(line))
    expect(rows.length).toBeGreaterThan(40)
    for (const row of rows) expect(row).toMatch(/`(?:libs|apps|test)\/[\w./-]+\.spec\.ts`/)
  })

  it.each(named)('%s › %s is there', (path, name) => {
    expect(existsSync(root + path)).toBe(true)
    expect(readFileSync(root + path, 'utf8')).toContain(name)
  })
})
