/** An offer's terms in words. */
import type { OfferTerms, OfferView } from '#libs/messages'
import { useWords } from '../words/words'
import { Facts, Money } from './figures'

/** `5.5 % · up to €8,000 · 6 to 24 monthly instalments` */
export function useTermsLine(): (terms: OfferTerms) => string {
  const { t, rate, money } = useWords()
  return (terms) =>
    [
      t('terms.rate', { rate: rate(terms.annualRatePpm) }),
      t('terms.upTo', { amount: money(terms.maxAmount, terms.currency) }),
      t('terms.instalments', { min: terms.minInstalments, max: terms.maxInstalments }),
    ].join(' · ')
}

/** How often an instalment is due. */
export function useEvery(): (every: OfferTerms['every']) => string {
  const { t } = useWords()
  return ({ count, unit }) => t(`every.${unit}`, { count })
}

export function TermsFacts({ offer }: { offer: OfferView }) {
  const { t, rate, money } = useWords()
  const every = useEvery()
  const { terms, available } = offer
  const { currency } = terms
  const fee = terms.charges?.find(({ when }) => when === 'atStart')?.ppm
  return (
    <Facts
      items={[
        [t('terms.rate.label'), rate(terms.annualRatePpm)],
        [t('terms.amount'), `${money(terms.minAmount, currency)} – ${money(terms.maxAmount, currency)}`],
        [t('terms.term'), t('terms.instalments', { min: terms.minInstalments, max: terms.maxInstalments })],
        [t('terms.every'), every(terms.every)],
        [t('terms.method'), t(`method.${terms.method}`)],
        [t('terms.dayCount'), t(`dayCount.${terms.dayCount}`)],
        [t('terms.fee'), fee ? rate(fee) : t('none')],
        [t('terms.grace'), t('days', { count: terms.arrears?.graceDays ?? 0 })],
        [t('offers.available'), <Money key="available" amount={available} currency={currency} />],
      ]}
    />
  )
}
