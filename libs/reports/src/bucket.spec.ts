import { bucketAt, bucketOf, bucketStarts, byBucket, isLost } from './bucket.js'

describe('arrears buckets', () => {
  const policy = [1, 31, 61, 91]

  it('are ranges of days past due, the last one open', () => {
    expect([0, 1, 30, 31, 60, 61, 90, 91, 4_000].map((days) => bucketOf(days, policy))).toEqual([
      '0',
      '1-30',
      '1-30',
      '31-60',
      '31-60',
      '61-90',
      '61-90',
      '91+',
      '91+',
    ])
    expect([89, 90, 91].map((days) => isLost(days, policy))).toEqual([false, false, true])
  })

  it('have one more for days before the first, and are one for all days when the policy has none', () => {
    expect(bucketStarts([8, 15])).toEqual([1, 8, 15])
    expect([7, 8, 15].map((days) => bucketOf(days, [8, 15]))).toEqual(['1-7', '8-14', '15+'])
    expect(bucketOf(5, [])).toBe('1+')
    expect(bucketAt(0, [])).toBe('0')
  })

  it('stand in the order of days', () => {
    expect(['91+', '0', '31-60', '1-30'].sort(byBucket)).toEqual(['0', '1-30', '31-60', '91+'])
  })
})
