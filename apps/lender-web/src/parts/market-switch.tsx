/** The two sides of the market: what lenders offer, and what borrowers ask for. */
import { SegmentedControl } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useWords } from '../words/words'

export function MarketSwitch({ at }: { at: 'requests' | 'offers' }) {
  const { t } = useWords()
  const navigate = useNavigate()
  return (
    <SegmentedControl
      aria-label={t('market.side')}
      value={at}
      onChange={(to) => void navigate({ to: to === 'offers' ? '/market' : '/market/requests' })}
      data={[
        { value: 'offers', label: t('market.offers') },
        { value: 'requests', label: t('market.requests') },
      ]}
    />
  )
}
