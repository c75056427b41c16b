/** How long the borrower may withdraw, who rules when payments are disputed, and what must have been attested. */
import { Select, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { AttestedFact } from '#libs/messages'
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
      <Requirements />
    </Stack>
  )
}

const FACTS: readonly AttestedFact[] = ['identity', 'incomeBand', 'membership']
const LEVELS = ['1', '2', '3'] as const

/** What a borrower must have been attested. Who may attest it, where an offer says so, stays as it was. */
function Requirements() {
  const { t } = useWords()
  const { draft, set } = useOffer()
  const required = draft.requires ?? []
  const choose = (what: AttestedFact, level: string | null) => {
    const others = required.filter((each) => each.what !== what)
    const before = required.find((each) => each.what === what)
    const requires = level ? [...others, { ...before, what, level: Number(level) }] : others
    set({ requires: requires.length === 0 ? undefined : requires })
  }
  return (
    <Stack gap="xs">
      <Text size="sm" c="dimmed">
        {t('offer.requires.hint')}
      </Text>
      {FACTS.map((what) => (
        <Select
          key={what}
          label={t('offer.requires', { what: t(`fact.${what}`) })}
          allowDeselect={false}
          value={String(required.find((each) => each.what === what)?.level ?? '')}
          data={[
            { value: '', label: t('offer.requires.none') },
            ...LEVELS.map((level) => ({ value: level, label: t(`fact.level.${level}`) })),
          ]}
          onChange={(level) => choose(what, level)}
        />
      ))}
    </Stack>
  )
}
