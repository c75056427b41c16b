/** How long the borrower may withdraw, and who rules when payments are disputed. */
import { Select, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { membersQuery } from '../../api/queries'
import { useAccount } from '../../shell/account'
import { useWords } from '../../words/words'
import { shortId } from '../identity'
import { CountInput } from '../inputs'
import { useOffer } from './offer-form-state'

export function Rights() {
  const { t } = useWords()
  const { draft, set, errorOf } = useOffer()
  const { identity: own } = useAccount()
  const { data: members } = useQuery(membersQuery)
  const others = members?.items.filter(({ identity }) => identity !== own) ?? []
  return (
    <Stack gap="lg">
      <CountInput
        label={t('offer.coolingOff')}
        description={t('offer.coolingOff.hint')}
        unit={t('unit.days')}
        value={draft.coolingOffDays ?? null}
        placeholder="0"
        onChange={(coolingOffDays) => set({ coolingOffDays: coolingOffDays ?? undefined })}
        error={errorOf('coolingOffDays')}
      />
      <Select
        label={t('offer.arbiter')}
        description={t('offer.arbiter.hint')}
        searchable
        allowDeselect={false}
        value={draft.arbiter ?? ''}
        data={[
          { value: '', label: t('offer.arbiter.none') },
          ...others.map(({ identity, alias }) => ({
            value: identity,
            label: alias === null ? shortId(identity) : `${alias} (${shortId(identity)})`,
          })),
        ]}
        onChange={(chosen) => set({ arbiter: chosen === '' || chosen === null ? undefined : chosen })}
        error={errorOf('arbiter')}
      />
    </Stack>
  )
}
