/** An offer's terms in words. */
import type { OfferTerms, OfferView } from '#libs/messages'
import { useWords } from '../words/words'
import { Facts, Money } from './figures'
import { useOfferedTerms } from './terms-in-words'

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

/** What an offer says of its own, and all terms that loans under it take over. */
export function TermsFacts({ offer }: { offer: OfferView }) {
  const { t, money } = useWords()
  const terms = useOfferedTerms()
  const { currency, minAmount, maxAmount, minInstalments, maxInstalments } = offer.terms
  return (
    <Facts
      items={[
        [t('terms.amount'), `${money(minAmount, currency)} – ${money(maxAmount, currency)}`],
        [t('terms.term'), t('terms.instalments', { min: minInstalments, max: maxInstalments })],
        [t('offers.available'), <Money key="available" amount={offer.available} currency={currency} />],
        ...terms(offer.terms),
      ]}
    />
  )
}
