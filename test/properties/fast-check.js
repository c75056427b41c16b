// What `npm run properties` puts in fast-check's place: every assertion runs FC_NUM_RUNS times at least, whatever it asks for, and
// says with which seed. FC_SEED repeats a run.
import real from '../../node_modules/fast-check/lib/fast-check.js'

export * from '../../node_modules/fast-check/lib/fast-check.js'

const least = Number(process.env.FC_NUM_RUNS)

export function assert(property, params = {}) {
  const seed = Number(process.env.FC_SEED ?? Math.floor(Math.random() * 0x7fffffff))
  const numRuns = Math.max(least, params.numRuns ?? 100)
  const { currentTestName } = expect.getState()
  process.stderr.write(`  ${numRuns} runs, seed ${seed}: ${currentTestName}\n`)
  return real.assert(property, { seed, ...params, numRuns })
}

export default { ...real, assert }
