/**
 * `npm run golden -- [--dir DIR] [--json]`: runs the golden files of a folder (test/golden by default) and prints, for
 * each file, how many cases pass, and of the others what differs and by how much. Ends in one JSON line with --json.
 * Exit code 1 if a case fails.
 */
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { parseRational, subtract, toDecimal } from '#libs/money'
import type { Difference } from './case.js'
import { failures, runFolder, type CaseResult } from './runner.js'

const { values } = parseArgs({
  options: { dir: { type: 'string', default: join('test', 'golden') }, json: { type: 'boolean', default: false } },
})
const results = runFolder(values.dir)
const failed = failures(results)
if (!values.json) report(results)
else console.log(JSON.stringify(summary(results)))
process.exitCode = failed.length > 0 ? 1 : 0

function report(all: readonly CaseResult[]): void {
  for (const file of new Set(all.map((each) => each.file))) {
    const cases = all.filter((each) => each.file === file)
    const bad = failures(cases)
    console.log(`${file}: ${cases.length - bad.length} of ${cases.length} pass`)
    for (const { id, kind, differences, underspecified } of cases) {
      if (differences.length === 0) continue
      console.log(`  ${underspecified ? 'underspecified' : 'FAILS'} ${id} (${kind})`)
      for (const difference of differences) console.log(`    ${difference.path}: ${described(difference)}`)
    }
  }
  console.log(`${all.length - failed.length} of ${all.length} cases pass`)
}

function described({ expected, got }: Difference): string {
  return `expected ${expected}, got ${got}${offBy(expected, got)}`
}

/** By how much two numbers differ; nothing where they are none. */
function offBy(expected: string, got: string): string {
  try {
    return ` (off by ${toDecimal(subtract(parseRational(got), parseRational(expected)), 12).replace(/\.?0+$/, '')})`
  } catch {
    return ''
  }
}

function summary(all: readonly CaseResult[]) {
  const files: Record<string, { cases: number; passed: number }> = {}
  for (const { file } of all) files[file] ??= { cases: 0, passed: 0 }
  const bad = failures(all)
  for (const result of all) {
    files[result.file]!.cases++
    if (!bad.includes(result)) files[result.file]!.passed++
  }
  const side = (differences: Difference[], key: 'expected' | 'got') =>
    Object.fromEntries(differences.map((difference) => [difference.path, difference[key]]))
  return {
    cases: all.length,
    passed: all.length - bad.length,
    files,
    failed: bad.map(({ file, id, differences }) => ({
      file,
      id,
      expected: side(differences, 'expected'),
      got: side(differences, 'got'),
    })),
  }
}
