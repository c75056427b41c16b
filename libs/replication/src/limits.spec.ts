import { readFileSync } from 'node:fs'
import { LIMITS, NODE_LIMITS, readLimits, variableOf } from './limits.js'

describe('the limits of a node', () => {
  it('can all be set', () => {
    expect(LIMITS.map(({ name }) => name).sort()).toEqual(Object.keys(NODE_LIMITS).sort())
    const env = Object.fromEntries(LIMITS.map(({ name }, index) => [variableOf(name), String(index + 1)]))
    const limits = Object.fromEntries(LIMITS.map(({ name }, index) => [name, index + 1]))
    expect(readLimits(env)).toEqual(limits)
    expect(readLimits({})).toEqual({})
  })

  it.each(['0', '-1', '1.5', 'many', '1e3'])('refuse %s and name the variable', (text) => {
    expect(readLimits({ MUTUO_LIMIT_PER_GROUP: text })).toEqual({ wrong: 'MUTUO_LIMIT_PER_GROUP' })
  })

  it('each have a line in the operator’s guide, with starting value and metric', () => {
    const guide = readFileSync(new URL('../../../docs/operating.md', import.meta.url), 'utf8')
    for (const { name, metric } of LIMITS) {
      const line = guide.split('\n').find((text) => text.startsWith(`| \`${variableOf(name)}\``))
      expect(line).toContain(`| ${NODE_LIMITS[name].toLocaleString('en')} `)
      expect(line).toContain(`\`${metric}\``)
    }
  })
})
