/** What reads bytes of strangers, on the inputs that fuzzing kept, and for a few seconds on new ones. `npm run fuzz` goes on for longer. */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { Random } from '../../libs/simulator/src/time/random.js'
import { keptInputs } from './corpus.js'
import { mutated } from './mutation.js'
import { targets } from './targets/index.js'

const program = fileURLToPath(new URL('../../dist/test/fuzz/main.js', import.meta.url))

describe.each(Object.entries(targets))('%s', (name, target) => {
  it('takes the inputs that fuzzing kept, or refuses them by name', async () => {
    const inputs = keptInputs(name)
    expect(inputs.length).toBeGreaterThan(0)
    for (const input of inputs) expect(typeof (await target.run(input))).toBe('boolean')
  })
})

describe('fuzzing', () => {
  it('takes a seed for the same inputs, however often', () => {
    const inputs = (seed: number) => {
      const random = new Random(seed)
      return Array.from({ length: 50 }, () => mutated(Uint8Array.of(1, 2, 3), Uint8Array.of(9, 8), random))
    }
    expect(inputs(5)).toEqual(inputs(5))
    expect(inputs(5)).not.toEqual(inputs(6))
  })

  it('finds no crash, no hang and no growth in a few seconds', () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, '--seconds', '5', '--json'], {
      encoding: 'utf8',
      env: { ...process.env, NODE_OPTIONS: '' },
    })
    expect(stderr).toBe('')
    expect(status).toBe(0)
    const { inputs, failed, hung, grew } = JSON.parse(stdout) as { [figure: string]: number }
    expect({ failed, hung, grew }).toEqual({ failed: 0, hung: 0, grew: 0 })
    expect(inputs).toBeGreaterThan(1_000)
  }, 120_000)
})
