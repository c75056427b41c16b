// `npm run fuzz`: fuzzes what reads bytes of strangers, from a fresh build. `npm run fuzz -- --help` says what it can do.
import { join } from 'node:path'
import { prepare, root, run } from './prepare.mjs'

prepare({ tests: true })
run(process.execPath, [join(root, 'dist', 'test', 'fuzz', 'main.js'), ...process.argv.slice(2)])
