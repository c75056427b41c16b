/** How days are counted, and on which days instalments fall due. */
import { Group, SimpleGrid, Stack, Textarea } from '@mantine/core'
import { useState } from 'react'
import { DAY_COUNTS, type Fraction } from '#libs/money'
import { useWords } from '../../words/words'
import { CountInput } from '../inputs'
import { Choice, FieldGroup } from './fields'
import { useOffer } from './offer-form-state'

const MOVES = ['following', 'modifiedFollowing', 'preceding'] as const

export function Calendar() {
  const { t } = useWords()
  const { draft, set, errorOf } = useOffer()
  const { businessDays } = draft
  return (
    <Stack gap="lg">
      <Choice
        label={t('terms.dayCount')}
        none={t('dayCount.undefined')}
        value={draft.dayCount}
        values={DAY_COUNTS}
        word={(dayCount) => t(`dayCount.${dayCount}`)}
        onChange={(dayCount) => set({ dayCount })}
        error={errorOf('dayCount')}
      />
      {draft.dayCount === undefined && <FractionField name="periodYears" />}
      {draft.method === 'annuity' && <FractionField name="sizingPeriodYears" />}
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <Choice
          label={t('offer.dueOn')}
          none={t('offer.dueOn.countedDay')}
          value={draft.dueOn === 'countedDay' ? undefined : draft.dueOn}
          values={['endOfMonth', 'firstOfNextMonth'] as const}
          word={(dueOn) => t(`offer.dueOn.${dueOn}`)}
          onChange={(dueOn) => set({ dueOn })}
          error={errorOf('dueOn')}
        />
        <Choice
          label={t('offer.businessDays')}
          none={t('offer.businessDays.none')}
          value={businessDays?.move}
          values={MOVES}
          word={(move) => t(`offer.businessDays.${move}`)}
          onChange={(move) => set({ businessDays: move && { ...businessDays, move } })}
          error={errorOf('businessDays')}
        />
      </SimpleGrid>
      {businessDays && <Holidays />}
    </Stack>
  )
}

/** Typed one under the other; what is no date is left for the node to refuse. */
function Holidays() {
  const { t } = useWords()
  const { draft, set, errorOf } = useOffer()
  const [text, setText] = useState((draft.businessDays?.holidays ?? []).join('\n'))
  return (
    <Textarea
      label={t('offer.holidays')}
      description={t('offer.holidays.hint')}
      autosize
      minRows={2}
      maxRows={8}
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value)
        const holidays = event.currentTarget.value.split(/[\s,;]+/).filter((day) => day !== '')
        if (draft.businessDays)
          set({ businessDays: { move: draft.businessDays.move, ...(holidays.length > 0 && { holidays }) } })
      }}
      error={errorOf('businessDays.holidays')}
    />
  )
}

/** A period as an exact part of a year. */
function FractionField({ name }: { name: 'periodYears' | 'sizingPeriodYears' }) {
  const { t } = useWords()
  const { draft, set } = useOffer()
  const [numerator, denominator] = draft[name] ?? [null, null]
  const change = (part: [number | null, number | null]) => {
    const fraction: Fraction | undefined =
      part[0] === null && part[1] === null ? undefined : [part[0] ?? 1, part[1] ?? 12]
    set({ [name]: fraction })
  }
  return (
    <FieldGroup title={t(`offer.${name}`)} hint={t(`offer.${name}.hint`)} path={name}>
      <Group grow>
        <CountInput label={t('offer.numerator')} value={numerator} onChange={(value) => change([value, denominator])} />
        <CountInput
          label={t('offer.denominator')}
          value={denominator}
          onChange={(value) => change([numerator, value])}
        />
      </Group>
    </FieldGroup>
  )
}
