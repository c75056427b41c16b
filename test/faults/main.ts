/** `npm run faults`: faults of processes and networks against real nodes. Prints a line of JSON; ends with 1 when something did not hold. */
import { parseArgs } from 'node:util'
import { Narrator } from '#libs/lab'
import { KillsRun } from './kills.js'

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '30' },
    nodes: { type: 'string', default: '3' },
    seed: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
})
const seed = values.seed === undefined ? Date.now() % 1_000_000 : Number(values.seed)
const [kills, nodes] = [Number(values.kills), Number(values.nodes)]
const again = `npm run faults -- --kills ${kills} --nodes ${nodes} --seed ${seed}`
if (!values.json) console.log(`Seed ${seed}. To repeat: ${again}`)

const result = await KillsRun.of({ seed, kills, nodes }, new Narrator(values.json))
console.log(JSON.stringify(result))
if (result.problems.length > 0) console.error(`To repeat: ${again}`)
process.exit(result.problems.length > 0 ? 1 : 0)
