/** The sides of the market: what lenders offer, what borrowers ask for, and notes that their owners sell. */
import { SegmentedControl } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useWords } from '../words/words'

const PLACES = { offers: '/market', requests: '/market/requests', notes: '/market/notes' } as const
type Side = keyof typeof PLACES

export function MarketSwitch({ at }: { at: Side }) {
  const { t } = useWords()
  const navigate = useNavigate()
  return (
    <SegmentedControl
      aria-label={t('market.side')}
      value={at}
      onChange={(to) => void navigate({ to: PLACES[to] })}
      data={[
        { value: 'offers', label: t('market.offers') },
        { value: 'requests', label: t('market.requests') },
        { value: 'notes', label: t('market.notes') },
      ]}
    />
  )
}
