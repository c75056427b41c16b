// `npm start`: one node. `npm start -- --demo`: three nodes with loans to look at. `npm run demo -- --once`: the same, headless.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { prepare, root } from './prepare.mjs'

const args = process.argv.slice(2)
if (args.includes('--help') || args.includes('-h')) {
  console.log(`npm start                     a node on this machine; its data is in MUTUO_DATA (default ./.mutuo)
npm start -- --demo           three nodes (lender, borrower, witness) with a network and loans in several states
npm run demo -- --once        the same without staying up: checks all books, exports them, prints one JSON line`)
  process.exit(0)
}

prepare()
const demo = args.includes('--demo')
const program = join(root, 'dist', 'apps', demo ? 'demo' : 'node', 'src', 'main.js')
const child = spawn(process.execPath, ['--enable-source-maps', program, ...args.filter((arg) => arg !== '--demo')], {
  stdio: 'inherit',
})
// The terminal sends Ctrl-C to the whole group, so the child gets it by itself; a signal to this process alone is handed on.
process.on('SIGINT', () => {})
process.on('SIGTERM', () => child.kill('SIGTERM'))
child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)))
