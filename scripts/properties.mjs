// `npm run properties`: every property of the project, 10,000 runs of each (FC_NUM_RUNS for another number, FC_SEED to repeat one).
//   node scripts/properties.mjs [PATH...]    only the specs whose path holds one of these
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { bin, prepare, root } from './prepare.mjs'

const wanted = process.argv.slice(2)
const specs = ['libs', 'apps', 'test']
  .flatMap((folder) => readdirSync(join(root, folder), { recursive: true }).map((path) => join(folder, path)))
  .filter((path) => path.endsWith('.spec.ts') && !path.includes('node_modules'))
  .filter((path) => readFileSync(join(root, path), 'utf8').includes("from 'fast-check'"))
  .filter((path) => wanted.length === 0 || wanted.some((part) => path.includes(part)))

prepare({ tests: true })
const FC_NUM_RUNS = process.env.FC_NUM_RUNS ?? '10000'
console.log(`${specs.length} files with properties, ${FC_NUM_RUNS} runs of each property`)
const { status } = spawnSync(bin('jest'), ['--runTestsByPath', ...specs, '--maxWorkers=2', '--forceExit'], {
  cwd: root,
  stdio: 'inherit',
  env: {
    ...process.env,
    FC_NUM_RUNS,
    NODE_OPTIONS: '--experimental-vm-modules --disable-warning=ExperimentalWarning',
  },
})
process.exit(status ?? 1)
