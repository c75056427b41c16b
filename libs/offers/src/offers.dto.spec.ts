import 'reflect-metadata'
import { plainToInstance } from 'class-transformer'
import { validateSync } from 'class-validator'
import type { OfferTerms } from '#libs/messages'
import { loanTermsProperties } from '#libs/money'
import { LogWriter } from './testing/log-writer.js'
import { PreviewRequest, SubmitApplicationRequest } from './offers.dto.js'

const plain: OfferTerms = {
  currency: 'EUR',
  capacity: 1_000_000,
  minAmount: 10_000,
  maxAmount: 500_000,
  minInstalments: 3,
  maxInstalments: 36,
  every: { count: 1, unit: 'month' },
  annualRatePpm: 72_500,
  method: 'annuity',
}

/** Every member that an offer may have. */
const full: OfferTerms = {
  ...plain,
  dayCount: 'ACT/ACT ICMA',
  rounding: { instalment: { mode: 'up', toMultipleOf: 100 }, interestOnce: true },
  grace: { principalInstalments: 1, interestPaymentInstalments: 1, interestFreeInstalments: 1 },
  dueOn: 'endOfMonth',
  businessDays: { move: 'following', holidays: ['2026-05-01'] },
  fixedInstalment: 20_000,
  charges: [{ name: 'Origination', when: 'atStart', ppm: 10_000, deducted: true }],
  downPaymentPpm: 100_000,
  instalmentSizedOn: 'agreedPrincipal',
  allocation: { inAdvance: 'reduceCount', perInstalment: false },
  arrears: { graceDays: 3, amount: 100 },
  lateFee: { amount: 500, graceDays: 5, cap: 2_000 },
  penaltyRatePpm: 50_000,
  earlySettlementFee: { ppm: 5_000 },
  recalculation: { rest: 'day', compounding: true },
  periodYears: [1, 12],
  sizingPeriodYears: [30, 365],
  eventCharges: [
    { name: 'Reminder', amount: 500 },
    { name: 'Returned payment', ppm: 10_000, of: 'instalment' },
  ],
  coolingOffDays: 14,
  defaultAfterDays: 60,
  arbiter: new LogWriter('anna').author,
  note: 'For machines',
}

/** What is wrong with a request, or null. */
function problem<T extends object>(type: new () => T, request: object): string | null {
  const [error] = validateSync(plainToInstance(type, request), { whitelist: true, forbidNonWhitelisted: true })
  return error ? `${error.property}: ${Object.values(error.constraints ?? {}).join()}` : null
}
const ofTerms = (terms: unknown) => problem(PreviewRequest, { terms, amount: 100_000, instalments: 12 })

describe('a request with terms', () => {
  it('may have the seven members that every offer needs, or every one there is', () => {
    expect(ofTerms(plain)).toBeNull()
    expect(ofTerms(full)).toBeNull()
  })

  it('knows each term of a loan but those that belong to one loan', () => {
    const ofOneLoan = ['principal', 'startDate', 'instalments', 'firstDueDate', 'interestPauses', 'table']
    const unknown = Object.keys(loanTermsProperties).filter((member) => !(member in full))
    expect(unknown.sort()).toEqual(ofOneLoan.sort())
  })

  it.each<[string, unknown]>([
    ['terms: must be object', 'annuity'],
    ["terms: must have required property 'currency'", {}],
    ['terms: annualRatePpm must be <= 10000000', { ...plain, annualRatePpm: 10_000_001 }],
    ['terms: annualRatePpm must be integer', { ...plain, annualRatePpm: 1.5 }],
    ['terms: every.count must be >= 1', { ...plain, every: { count: 0, unit: 'month' } }],
    ['terms: dayCount must be equal to one of the allowed values', { ...plain, dayCount: 'ACT/364' }],
    ['terms: must NOT have additional properties principal', { ...plain, principal: 1 }],
    ['terms: grace must NOT have additional properties months', { ...plain, grace: { months: 1 } }],
    ['terms: coolingOffDays must be <= 60', { ...plain, coolingOffDays: 61 }],
    ['terms: defaultAfterDays must be >= 1', { ...plain, defaultAfterDays: 0 }],
    ["terms: charges.0 must have required property 'when'", { ...plain, charges: [{ name: 'fee' }] }],
  ])('is told which member is wrong: %s', (message, terms) => {
    expect(ofTerms(terms)).toBe(message)
  })

  it.each([
    ['a name with a line break', { charges: [{ name: 'a\nb', when: 'atStart', amount: 1 }] }],
    ['a share without its base', { eventCharges: [{ name: 'Reminder', ppm: 1 }] }],
    ['an amount and a share', { eventCharges: [{ name: 'Reminder', amount: 1, ppm: 1, of: 'instalment' }] }],
    ['an arbiter who is no key', { arbiter: 'anna' }],
    ['a holiday that is no date', { businessDays: { move: 'following', holidays: ['1 May'] } }],
  ])('is refused with %s', (_, changes) => {
    expect(ofTerms({ ...plain, ...changes })).toMatch(/^terms: /)
  })
})

describe('an application', () => {
  const asked = {
    actor: { account: 'bob', role: 'borrower', identity: null },
    offer: new LogWriter('an offer').author,
    amount: 120_000,
    instalments: 12,
    purpose: 'a bicycle',
  }
  const wishing = (wishes: object) => problem(SubmitApplicationRequest, { ...asked, ...wishes })
  it('may wish for a first due date and for parts', () => {
    expect(wishing({})).toBeNull()
    const tranches = [
      ['2026-01-15', 60_000],
      ['2026-03-15', 60_000],
    ]
    expect(wishing({ firstDueDate: '2026-03-01', tranches })).toBeNull()
    expect(wishing({ firstDueDate: 'in March' })).toMatch(/^firstDueDate: /)
    expect(wishing({ tranches: [['2026-01-15', 120_000]] })).toBe('tranches: must NOT have fewer than 2 items')
    expect(wishing({ tranches: [['2026-01-15', 0], tranches[1]] })).toBe('tranches: 0.1 must be >= 1')
  })
})
