import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { failures, runFolder } from './runner.js'
import type { Json } from './case.js'

const folder = fileURLToPath(new URL('.', import.meta.url))

/** Cases that do not pass, as docs/money.md explains them. */
const KNOWN_FAILURES: string[] = []

describe('the golden cases', () => {
  const results = runFolder(folder)

  it('pass, but for those that docs/money.md names', () => {
    expect(failures(results).map(({ id }) => id)).toEqual(KNOWN_FAILURES)
  })

  it('are all there', () => {
    expect(results).toHaveLength(243)
    expect(results.filter(({ underspecified }) => underspecified)).toHaveLength(1)
  })
})

describe('the runner', () => {
  const run = (golden: Json) => {
    const dir = mkdtempSync(join(tmpdir(), 'golden-'))
    try {
      writeFileSync(join(dir, 'one.json'), JSON.stringify({ file: 'one.json', format: 2, cases: [golden] }))
      return runFolder(dir)
    } finally {
      rmSync(dir, { recursive: true })
    }
  }
  const split = (parts: string[], more: { [key: string]: Json } = {}): Json => ({
    id: 'a',
    kind: 'pro_rata',
    source: 'a test',
    inputs: { amount: '5', weights: ['3', '7'], rule: 'largestRemainder', ties: 'firstInOrder' },
    expected: { parts, sum: '5' },
    ...more,
  })

  it('fails a case whose figures differ, and says which', () => {
    const [result] = run(split(['1', '4']))
    expect(failures([result!])).toHaveLength(1)
    expect(result!.differences).toContainEqual({ path: 'parts[0]', expected: '1', got: '2' })
  })

  it('reports a case that is underspecified, and does not fail it', () => {
    const results = run(split(['1', '4'], { underspecified: true, reason: 'a test' }))
    expect(results[0]!.differences).not.toHaveLength(0)
    expect(failures(results)).toHaveLength(0)
  })

  it('fails on a kind and on a member that it does not know', () => {
    expect(failures(run(split(['2', '3'], { kind: 'pro_bono' })))).toHaveLength(1)
    expect(
      failures(
        run(split(['2', '3'], { inputs: { amount: '5', weights: ['3', '7'], rule: 'dice', ties: 'firstInOrder' } })),
      ),
    ).toHaveLength(1)
    expect(failures(run(split(['2', '3'])))).toHaveLength(0)
  })
})
