// `npm run sim`: the simulator, from a fresh build. `npm run sim -- --help` says what it can do.
import { join } from 'node:path'
import { prepare, root, run } from './prepare.mjs'

prepare({ tests: true })
run(process.execPath, [
  '--max-old-space-size=8192',
  join(root, 'dist', 'libs', 'simulator', 'src', 'shell', 'main.js'),
  ...process.argv.slice(2),
])
