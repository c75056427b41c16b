/** Terms in words, for offers and agreements alike: each that is not plain has its line. */
import type { ReactNode } from 'react'
import type { AgreedBesides, EventCharge, OfferedTerms, OfferTerms } from '#libs/messages'
import type { RoundingRule, ScheduledCharge } from '#libs/money'
import { useWords } from '../words/words'
import { Person } from './identity'

type Line = readonly [term: string, value: ReactNode]
type Terms = OfferedTerms & AgreedBesides & Pick<OfferTerms, 'requires'>

/** All terms in the order in which a person asks for them: price, repayment, calendar, charges, lateness, rights. */
export function useOfferedTerms(): (terms: Terms) => Line[] {
  const price = usePrice()
  const repayment = useRepayment()
  const lateness = useLateness()
  const charges = useCharges()
  return (terms) => [...price(terms), ...repayment(terms), ...charges(terms), ...lateness(terms)]
}

/** A line if there is something to say. */
const line = (term: string, value: ReactNode): Line[] => (value === 0 || !value ? [] : [[term, value]])

/** How often an instalment is due. */
function useEvery(): (every: OfferedTerms['every']) => string {
  const { t } = useWords()
  return ({ count, unit }) => t(`every.${unit}`, { count })
}

function usePrice(): (terms: Terms) => Line[] {
  const { t, rate } = useWords()
  const every = useEvery()
  return ({ annualRatePpm, every: step, method, dayCount, periodYears }) => [
    [t('terms.rate.label'), rate(annualRatePpm)],
    [t('terms.every'), every(step)],
    [t('terms.method'), t(`method.${method}`)],
    [t('terms.dayCount'), t(`dayCount.${dayCount}`)],
    ...line(t('offer.periodYears'), periodYears?.join(' / ')),
  ]
}

function useRepayment(): (terms: Terms) => Line[] {
  const { t, money, rate, date } = useWords()
  const rounded = (rule: RoundingRule | undefined, currency: string) =>
    rule && t('terms.rounded', { how: t(`rounding.${rule.mode}`), to: money(rule.toMultipleOf, currency) })
  return (terms) => {
    const { currency, grace, rounding, allocation, recalculation, businessDays, dueOn } = terms
    const holidays = businessDays?.holidays ?? []
    return [
      ...line(t('offer.fixedInstalment'), terms.fixedInstalment && money(terms.fixedInstalment, currency)),
      ...line(t('offer.downPayment'), terms.downPaymentPpm && rate(terms.downPaymentPpm)),
      ...(['principalInstalments', 'interestPaymentInstalments', 'interestFreeInstalments'] as const).flatMap((name) =>
        line(t(`offer.grace.${name}`), grace?.[name] || undefined),
      ),
      ...line(t('offer.rounding.instalment'), rounded(rounding?.instalment, currency)),
      ...line(t('offer.rounding.interest'), rounded(rounding?.interest, currency)),
      ...line(t('offer.rounding.once'), rounding?.interestOnce && t('yes')),
      ...line(t('offer.allocation.order'), allocation?.order && orderInWords(allocation.order, t)),
      ...line(t('offer.allocation.across'), allocation?.perInstalment === false && t('yes')),
      ...line(
        t('offer.allocation.ahead'),
        allocation?.inAdvance && t(`offer.allocation.ahead.${allocation.inAdvance}`),
      ),
      ...line(t('offer.rest'), recalculation && t(`offer.rest.${recalculation.rest}`)),
      ...line(t('offer.compounding'), recalculation?.compounding && t('yes')),
      ...line(t('offer.sizedOn'), terms.instalmentSizedOn && t(`offer.sizedOn.${terms.instalmentSizedOn}`)),
      ...line(t('offer.sizingPeriodYears'), terms.sizingPeriodYears?.join(' / ')),
      ...line(t('offer.dueOn'), dueOn && t(`offer.dueOn.${dueOn}`)),
      ...line(t('offer.businessDays'), businessDays && t(`offer.businessDays.${businessDays.move}`)),
      ...line(t('offer.holidays'), holidays.map((day) => date(day)).join(' · ')),
    ]
  }
}

/** The components of the steps, group by group, as far as they follow one order. */
function orderInWords(order: readonly string[], t: ReturnType<typeof useWords>['t']): string {
  return order
    .map((step) => {
      const [group, component] = step.split('.') as ['pastDue' | 'due' | 'inAdvance', 'penalty']
      return `${t(`dueGroup.${group}`)}: ${t(`component.${component}`)}`
    })
    .join(' → ')
}

function useCharges(): (terms: Terms) => Line[] {
  const { t, money, rate } = useWords()
  const scheduled = ({ amount, ppm = 0, when, deducted }: ScheduledCharge, currency: string) => {
    const base = t(when === 'atStart' ? 'offer.share.principal' : 'offer.share.instalment')
    const much = amount === undefined ? `${rate(ppm)} ${base}` : money(amount, currency)
    return [much, t(`offer.charge.${when}`), ...(deducted ? [t('offer.charge.deducted')] : [])].join(' · ')
  }
  const onEvent = (charge: EventCharge, currency: string) =>
    'ppm' in charge ? `${rate(charge.ppm)} ${t(`offer.charge.of.${charge.of}`)}` : money(charge.amount, currency)
  return ({ charges = [], eventCharges = [], currency }) => [
    ...charges.map((charge): Line => [charge.name, scheduled(charge, currency)]),
    ...eventCharges.map((charge): Line => [t('terms.onEvent', { name: charge.name }), onEvent(charge, currency)]),
  ]
}

function useLateness(): (terms: Terms) => Line[] {
  const { t, money, rate } = useWords()
  const days = (count: number | undefined) => (count === undefined ? undefined : t('days', { count }))
  return (terms) => {
    const { currency, arrears, lateFee, earlySettlementFee } = terms
    const much = (of: { amount?: number; ppm?: number }, share: 'offer.share.unpaid' | 'offer.share.notDue') =>
      of.amount === undefined ? `${rate(of.ppm ?? 0)} ${t(share)}` : money(of.amount, currency)
    return [
      ...line(t('terms.grace'), days(arrears?.graceDays ?? 0)),
      ...line(t('offer.arrears.amount'), arrears?.amount && money(arrears.amount, currency)),
      ...line(
        t('offer.lateFee'),
        lateFee &&
          [
            much(lateFee, 'offer.share.unpaid'),
            ...(lateFee.graceDays ? [t('terms.lateFee.after', { days: lateFee.graceDays })] : []),
            ...(lateFee.cap ? [t('terms.lateFee.cap', { cap: money(lateFee.cap, currency) })] : []),
          ].join(' · '),
      ),
      ...line(t('offer.penalty'), terms.penaltyRatePpm && rate(terms.penaltyRatePpm)),
      ...line(t('offer.early'), earlySettlementFee && much(earlySettlementFee, 'offer.share.notDue')),
      ...line(t('offer.default'), days(terms.defaultAfterDays ?? 90)),
      ...line(t('offer.coolingOff'), terms.coolingOffDays ? days(terms.coolingOffDays) : undefined),
      ...line(t('offer.arbiter'), terms.arbiter && <Person identity={terms.arbiter} />),
      ...(terms.requires ?? []).map(({ what, level }): Line => [
        t('offer.requires', { what: t(`fact.${what}`) }),
        t(`fact.level.${level as 1 | 2 | 3}`),
      ]),
    ]
  }
}
