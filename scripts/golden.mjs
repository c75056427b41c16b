// `npm run golden -- [--dir DIR] [--json]`: runs tables of other people's systems through the engine.
import { join } from 'node:path'
import { prepare, root, run } from './prepare.mjs'

prepare({ tests: true })
run(process.execPath, [join(root, 'dist/test/golden/run.js'), ...process.argv.slice(2)])
