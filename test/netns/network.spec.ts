/** A small network of namespaces that breaks twice; `npm run faults -- --network` breaks a larger one more often. */
import { Narrator } from '#libs/lab'
import { breakNetworks } from '../faults/network.js'
import { NetworkLaboratory, whyNot } from './laboratory.js'

describe('a network of namespaces', () => {
  it('can be made where these tests run, and leaves nothing behind', async () => {
    expect(whyNot()).toBeNull()
    const laboratory = await NetworkLaboratory.open(['open', 'symmetric'])
    expect(laboratory.address(1)).toBe('10.78.1.2')
    laboratory.close()
    expect(() => laboratory.addAddress(0, '10.77.0.9')).toThrow('No such file')
  })

  it('is where nodes behind symmetric NATs meet by a relay, and records spread again after each cut', async () => {
    const result = await breakNetworks({ faults: 2, brokenMs: 3_000, delayMs: 10, lost: 5 }, new Narrator(true))
    expect(result.problems).toEqual([])
    expect(result).toMatchObject({ nodes: 3, metThroughRelay: true, lost: 0, forks: 0, digestsEqual: true })
    expect(result.relayed).toBeGreaterThanOrEqual(2)
    expect(result.acknowledged).toBeGreaterThan(0)
  }, 400_000)
})
