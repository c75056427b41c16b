/** `npm run fuzz`: what reads bytes of strangers is given bytes that nobody would send. Prints a line of JSON; ends with 1 on a fault. */
import { parseArgs } from 'node:util'
import { keepInputs } from './corpus.js'
import { targets } from './targets/index.js'
import { fuzzed } from './watch.js'
import type { Fault } from './worker.js'

const usage = `npm run fuzz -- [--seconds S] [--target NAME] [--seed N] [--keep] [--json]
npm run fuzz -- --target NAME --input HEX     one input, to repeat a fault

--seconds   in all, shared by the targets (default 60)
--keep      writes what reached something new to test/fuzz/corpus
Targets: ${Object.entries(targets)
  .map(([name, { reads }]) => `\n  ${name.padEnd(12)} ${reads}`)
  .join('')}`

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    target: { type: 'string', multiple: true },
    seed: { type: 'string' },
    input: { type: 'string' },
    keep: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})
const names = values.target ?? Object.keys(targets)
const unknown = names.find((name) => !(name in targets))
if (values.help || unknown !== undefined) {
  console.log(usage)
  process.exit(values.help ? 0 : 2)
}
if (values.input !== undefined) {
  const isTaken = await targets[names[0]!]!.run(new Uint8Array(Buffer.from(values.input, 'hex')))
  console.log(isTaken ? 'taken' : 'refused')
  process.exit(0)
}

const seed = values.seed === undefined ? Date.now() % 1_000_000 : Number(values.seed)
const seconds = Number(values.seconds) / names.length
const faults: (Fault & { target: string })[] = []
const of: Record<string, object> = {}
let inputs = 0
for (const target of names) {
  const outcome = await fuzzed({ target, seed, seconds })
  const found = 'fault' in outcome ? [outcome] : outcome.faults
  faults.push(...found.map((fault) => ({ target, ...fault })))
  if (!('fault' in outcome)) {
    const { corpus, memory, ...figures } = outcome
    inputs += figures.inputs
    const grewKb = Math.round((memory.late - memory.early) / 1_024)
    of[target] = { ...figures, faults: found.length, corpus: corpus.length, grewKb }
    if (values.keep)
      keepInputs(
        target,
        corpus.map((hex) => new Uint8Array(Buffer.from(hex, 'hex'))),
      )
  }
  if (!values.json) console.log(`${target.padEnd(12)} ${JSON.stringify(of[target] ?? found)}`)
}
for (const { target, fault, what, input } of faults)
  console.error(`${target} ${fault}: ${what}\n  npm run fuzz -- --target ${target} --input ${input}`)
const count = (...kinds: Fault['fault'][]): number => faults.filter(({ fault }) => kinds.includes(fault)).length
console.log(
  JSON.stringify({
    ...{ seed, seconds: Number(values.seconds), inputs, failed: count('failed', 'died'), hung: count('hung', 'slow') },
    ...{ grew: count('grew'), targets: of },
  }),
)
process.exit(faults.length > 0 ? 1 : 0)
