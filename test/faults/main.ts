/** `npm run faults`: faults of processes and networks against real nodes. Prints a line of JSON; ends with 1 when something did not hold. */
import { parseArgs } from 'node:util'
import { Narrator } from '#libs/lab'
import { whyNot } from '../netns/laboratory.js'
import { KillsRun } from './kills.js'
import { breakNetworks } from './network.js'

const usage = `npm run faults -- [--kills N] [--nodes N] [--seed N] [--json]   kill -9 of nodes and their Postgres, under load
npm run faults -- --network [--faults N] [--json]              delay, loss, partitions and NAT between nodes (Linux, root)`

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '30' },
    nodes: { type: 'string', default: '3' },
    seed: { type: 'string' },
    network: { type: 'boolean', default: false },
    faults: { type: 'string', default: '5' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})
if (values.help) {
  console.log(usage)
  process.exit(0)
}
const narrator = new Narrator(values.json)
const problems = values.network ? await networks() : await kills()
process.exit(problems.length > 0 ? 1 : 0)

async function kills(): Promise<readonly string[]> {
  const seed = values.seed === undefined ? Date.now() % 1_000_000 : Number(values.seed)
  const [count, nodes] = [Number(values.kills), Number(values.nodes)]
  const again = `To repeat: npm run faults -- --kills ${count} --nodes ${nodes} --seed ${seed}`
  if (!values.json) console.log(`Seed ${seed}. ${again}`)
  const result = await KillsRun.of({ seed, kills: count, nodes }, narrator).catch((error: unknown) => {
    console.error(again)
    throw error
  })
  console.log(JSON.stringify(result))
  if (result.problems.length > 0) console.error(again)
  return result.problems
}

async function networks(): Promise<readonly string[]> {
  const because = whyNot()
  if (because !== null) {
    console.log(JSON.stringify({ notDone: because }))
    return process.env['CI'] === 'true' ? [because] : []
  }
  const run = { faults: Number(values.faults), brokenMs: 20_000, delayMs: 20, lost: 10, fourth: 'fullCone' } as const
  const result = await breakNetworks(run, narrator)
  console.log(JSON.stringify(result))
  return result.problems
}
