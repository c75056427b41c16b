import type { OfferTerms } from '#libs/messages'
import { changed, draftOf, faultsOf, PLAIN_OFFER, presentOrNone, termsOf } from './offer-draft'

describe('an offer being written', () => {
  it('is whole from the start, and plain', () => {
    expect(termsOf(PLAIN_OFFER)).toEqual(PLAIN_OFFER)
    expect(Object.keys(PLAIN_OFFER)).toHaveLength(11)
  })

  it('names each number that is missing or makes no sense', () => {
    const missing = changed(PLAIN_OFFER, { maxAmount: null })
    expect(missing.maxAmount).toBeNull()
    expect(faultsOf(missing)).toEqual({ maxAmount: 'field.required' })
    expect(termsOf(missing)).toBeNull()
    expect(faultsOf({ ...PLAIN_OFFER, minAmount: 0 })).toEqual({ minAmount: 'field.positive' })
    expect(faultsOf({ ...PLAIN_OFFER, annualRatePpm: 0 })).toEqual({})
    expect(faultsOf({ ...PLAIN_OFFER, minAmount: 600_000 })).toEqual({ maxAmount: 'offer.range' })
    expect(faultsOf({ ...PLAIN_OFFER, capacity: 1 })).toEqual({ capacity: 'offer.capacity.small' })
    expect(faultsOf({ ...PLAIN_OFFER, minInstalments: 13 })).toEqual({ maxInstalments: 'offer.range' })
    expect(faultsOf({ ...PLAIN_OFFER, every: { count: null, unit: 'month' } })).toEqual({ every: 'field.required' })
  })

  it('leaves out what is taken away, and keeps what no field asks for', () => {
    const given: OfferTerms = {
      ...termsOf(PLAIN_OFFER)!,
      sizingPeriodYears: [1, 12],
      allocation: { perInstalment: false },
      coolingOffDays: 14,
      note: 'Tools',
    }
    expect(termsOf(draftOf(given))).toEqual(given)
    const { coolingOffDays: _, note: __, ...rest } = given
    expect(termsOf(changed(draftOf(given), { coolingOffDays: undefined, note: '  ' }))).toEqual(rest)
  })

  it('has no empty groups', () => {
    expect(presentOrNone({ graceDays: null, amount: undefined })).toBeUndefined()
    expect(presentOrNone({ graceDays: 0, amount: undefined })).toEqual({ graceDays: 0 })
  })
})
