import { jest } from '@jest/globals'
import { checkVectors } from './check.js'

// The library with the other of its two sets of primitives under it, as a browser would load it.
const primitives = await import('../../libs/record/src/primitives.browser.js')
jest.unstable_mockModule('#primitives', () => ({ ...primitives }))
const record = await import('#libs/record')

describe('the record library without Node', () => {
  it('stands on the primitives for browsers', () => {
    expect(record.verify).toBe(primitives.verify)
  })
  checkVectors(record)
})
