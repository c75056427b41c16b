import { creditorReference, isCreditorReference } from './creditor-reference.js'

describe('a creditor reference', () => {
  it('has the check digits of published examples', () => {
    // From the standard's own explanation and the Finnish and Slovenian payment guides.
    for (const known of ['RF18539007547034', 'RF712348231', 'RF45G72UUR']) expect(isCreditorReference(known)).toBe(true)
    expect(isCreditorReference('RF18539007547043')).toBe(false)
    expect(isCreditorReference('rf18539007547034')).toBe(false)
  })

  it('is right for any loan and instalment, and differs between instalments', () => {
    const loan = 'ybndrfg8ejkmcpqxot1uwisza345h769'.padEnd(52, 'y')
    const all = Array.from({ length: 601 }, (_, number) => creditorReference(loan, number))
    expect(all.every(isCreditorReference)).toBe(true)
    expect(new Set(all).size).toBe(601)
    expect(all[0]).toHaveLength(25)
  })
})
