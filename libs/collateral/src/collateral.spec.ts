import { foldWorld, Rules, type FoldRecord } from '#libs/fold'
import { guaranteeRules } from '#libs/guarantees'
import { loanRules, type LoanState } from '#libs/loans'
import { offerRules } from '#libs/offers'
import { paymentRules } from '#libs/payments'
import { fromText } from '#libs/record'
import { requestRules } from '#libs/requests'
import { exposureOf, marginOf, releaseOf } from './collateral.js'
import { collateralRules } from './rules.js'
import { GuaranteedLoan } from '../../guarantees/src/testing/guaranteed-loan.js'
import { LogWriter } from '../../offers/src/testing/log-writer.js'

const rules = new Rules([offerRules, requestRules, loanRules, guaranteeRules, collateralRules, paymentRules])

describe('collateral', () => {
  let of: GuaranteedLoan
  let vera: LogWriter
  beforeEach(() => {
    of = new GuaranteedLoan()
    vera = of.other('vera')
    const { story } = of
    const levels = { initialPpm: 500_000, maintenancePpm: 650_000, liquidationPpm: 800_000 }
    story.propose({ collateral: { ...levels, valuer: vera.key } })
    story.sign(story.lender)
    story.conclude([story.sign(story.borrower)])
  })
  const world = () => foldWorld(of.records, rules)
  const loan = () => world().folded.get(`${of.story.proposal.id} loan`)!.state as LoanState
  const reason = (record: FoldRecord) => rules.checkAlone(record) ?? world().voids.get(record.id) ?? null
  const pledge = (by = of.story.borrower, day = '2026-01-12') =>
    of.say(by, 'collateral.pledged', day, { what: 'Van, 2019', description: 'in good order' })
  const value = (of_: FoldRecord, amount: number, date: string, by = vera) =>
    of.say(by, 'collateral.valued', date, { pledge: fromText(of_.id), amount, date, method: 'dealer' }, [of_])
  const release = (of_: FoldRecord, day: string, by = of.story.lender) =>
    of.say(by, 'collateral.released', day, { pledge: fromText(of_.id), reason: 'paid' }, [of_])
  const payOut = () => {
    const { story } = of
    const sent = story.send(story.lender, story.amount, story.startDate)
    story.confirm(story.borrower, story.amount, story.startDate, sent)
  }
  const on = (day: string) => marginOf(loan(), day)

  it('is pledged by the borrower or a guarantor, valued by whom the agreement names, and released by the lender', () => {
    const van = pledge()
    expect(reason(van)).toBeNull()
    expect(reason(pledge(of.gina))).toBe('not_the_borrower')
    expect(reason(pledge(of.story.lender))).toBe('not_the_borrower')
    of.guarantee(of.gina, 10_000)
    expect(reason(pledge(of.gina))).toBeNull()
    expect(reason(value(van, 200_000, '2026-01-13', of.story.lender))).toBe('not_the_valuer')
    expect(reason(value(van, 200_000, '2026-01-13'))).toBeNull()
    expect(reason(release(van, '2026-01-14', of.story.borrower))).toBe('not_the_lender')
    expect(reason(release(van, '2026-01-14'))).toBeNull()
    expect(reason(release(van, '2026-01-15'))).toBe('already_released')
    expect(reason(value(van, 1, '2026-01-16'))).toBe('pledge_released')
    expect(releaseOf(loan(), van.id)?.on).toBe('2026-01-14')
  })

  it('is no matter of a loan whose agreement asks for none', () => {
    of = new GuaranteedLoan()
    of.story.agreed()
    expect(reason(pledge())).toBe('collateral_not_agreed')
  })

  it('covers a loan up to its levels, by the last valuation of the day', () => {
    const van = pledge()
    expect(on('2026-01-12')).toMatchObject({
      worth: 0n,
      exposure: 120_000n,
      status: 'liquidation',
      shortfall: 240_000n,
    })
    value(van, 240_000, '2026-01-13')
    expect(on('2026-01-13')).toMatchObject({ worth: 240_000n, status: 'covered', shortfall: 0n })
    payOut()
    expect(exposureOf(loan(), '2026-01-15')).toBe(121_200n)
    value(van, 190_000, '2026-01-20')
    expect(on('2026-01-19').status).toBe('belowInitial')
    expect(on('2026-01-20')).toMatchObject({ worth: 190_000n, status: 'belowInitial' })
    value(van, 180_000, '2026-01-21')
    expect(on('2026-01-21')).toMatchObject({
      status: 'marginCall',
      required: { initial: 242_686n, maintenance: 186_682n, liquidation: 151_679n },
      shortfall: 62_686n,
    })
    value(van, 150_000, '2026-01-22')
    expect(on('2026-01-22').status).toBe('liquidation')
    release(van, '2026-01-23')
    expect(on('2026-01-23').worth).toBe(0n)
    expect(on('2026-01-22').worth).toBe(150_000n)
  })

  it('has levels that ascend, and a valuer who is not the borrower', () => {
    const { story } = of
    const levels = { initialPpm: 700_000, maintenancePpm: 650_000, liquidationPpm: 800_000 }
    expect(reason(story.propose({ collateral: { ...levels, valuer: vera.key } }))).toBe('margin_levels_not_ascending')
    const own = { ...levels, initialPpm: 1, valuer: story.borrower.key }
    expect(reason(story.propose({ collateral: own }))).toBe('valuer_is_borrower')
  })
})
