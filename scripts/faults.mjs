// `npm run faults`: kills processes and breaks networks of real nodes, from a fresh build. `npm run faults -- --help` says what it can do.
import { join } from 'node:path'
import { prepare, root, run } from './prepare.mjs'

prepare({ tests: true })
run(process.execPath, [join(root, 'dist', 'test', 'faults', 'main.js'), ...process.argv.slice(2)])
