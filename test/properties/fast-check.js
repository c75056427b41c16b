// What stands in fast-check's place in tests. `npm test` draws the same cases each time, so that a failure is a change's doing;
// `npm run properties` (FC_NUM_RUNS) draws new ones, at least so many for each assertion, and says with which seed. FC_SEED repeats a run.
import real from '../../node_modules/fast-check/lib/fast-check.js'

export * from '../../node_modules/fast-check/lib/fast-check.js'

const { FC_NUM_RUNS, FC_SEED } = process.env
const SEED_OF_TESTS = 1

export function assert(property, params = {}) {
  const seed = Number(FC_SEED ?? (FC_NUM_RUNS ? Math.floor(Math.random() * 0x7fffffff) : SEED_OF_TESTS))
  const numRuns = Math.max(Number(FC_NUM_RUNS ?? 0), params.numRuns ?? 100)
  const { currentTestName } = expect.getState()
  if (FC_NUM_RUNS) process.stderr.write(`  ${numRuns} runs, seed ${seed}: ${currentTestName}\n`)
  return real.assert(property, { seed, ...params, numRuns })
}

export default { ...real, assert }
