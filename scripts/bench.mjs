// `npm run bench -- NAME`: a benchmark of bench/. Each prints what it does and ends in one line of JSON.
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { prepare, root, run } from './prepare.mjs'

const [name, ...args] = process.argv.slice(2)
const known = readdirSync(join(root, 'bench'))
  .filter((file) => /\.(ts|mjs)$/.test(file))
  .map((file) => file.replace(/\.\w+$/, ''))
if (!name || !known.includes(name)) {
  console.error(`npm run bench -- NAME, one of: ${known.join(', ')}`)
  process.exit(2)
}
prepare({ tests: true })
const script = join(root, 'bench', `${name}.mjs`)
run(process.execPath, [existsSync(script) ? script : join(root, 'dist', 'bench', `${name}.js`), ...args])
