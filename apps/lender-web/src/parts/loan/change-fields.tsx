/** What each kind of change asks for. */
import { Select, SimpleGrid } from '@mantine/core'
import type { LoanView } from '#libs/messages'
import { CHANGE_TYPES, type ChangeDraft } from '../../figures/loan-change'
import { useWords } from '../../words/words'
import { CountInput, DateField, RateInput } from '../inputs'

interface FieldsProps {
  loan: LoanView
  draft: ChangeDraft
  set: (part: Partial<ChangeDraft>) => void
}

export function ChangeFields({ loan, draft, set }: FieldsProps) {
  const { t } = useWords()
  return (
    <>
      <Select
        label={t('change.type')}
        description={t(`change.${draft.type}.hint`)}
        allowDeselect={false}
        value={draft.type}
        onChange={(chosen) => set({ type: CHANGE_TYPES.find((type) => type === chosen) ?? draft.type })}
        data={CHANGE_TYPES.map((type) => ({ value: type, label: t(`change.${type}`) }))}
      />
      {draft.type === 'reschedule' && <Reschedule loan={loan} draft={draft} set={set} />}
      {draft.type === 'reage' && <Reage draft={draft} set={set} />}
      {draft.type === 'interestPause' && (
        <SimpleGrid cols={2}>
          <DateField label={t('change.pause.from')} value={draft.from} onChange={(from) => set({ from })} />
          <DateField label={t('change.pause.to')} value={draft.to} onChange={(to) => set({ to })} />
        </SimpleGrid>
      )}
    </>
  )
}

function Reschedule({ loan, draft, set }: FieldsProps) {
  const { t, date, rate } = useWords()
  const open = loan.schedule.filter(({ outstanding }) => outstanding > 0)
  return (
    <>
      <Select
        label={t('change.from')}
        allowDeselect={false}
        value={draft.from}
        onChange={(from) => set({ from: from ?? draft.from })}
        data={[...new Set(open.map(({ dueDate }) => dueDate))].map((day) => ({ value: day, label: date(day) }))}
      />
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <DateField
          label={t('change.newDueDate')}
          value={draft.newDueDate}
          onChange={(newDueDate) => set({ newDueDate })}
        />
        <CountInput
          label={t('change.extra')}
          value={draft.extraInstalments}
          onChange={(extraInstalments) => set({ extraInstalments })}
        />
        <CountInput
          label={t('change.grace')}
          value={draft.principalGraceInstalments}
          onChange={(principalGraceInstalments) => set({ principalGraceInstalments })}
        />
        <RateInput
          label={t('change.rate')}
          placeholder={rate(loan.annualRatePpm)}
          value={draft.annualRatePpm}
          onChange={(annualRatePpm) => set({ annualRatePpm })}
        />
      </SimpleGrid>
    </>
  )
}

function Reage({ draft, set }: Omit<FieldsProps, 'loan'>) {
  const { t } = useWords()
  const units = ['month', 'week', 'day'] as const
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }}>
      <DateField label={t('change.firstDue')} value={draft.firstDue} onChange={(firstDue) => set({ firstDue })} />
      <CountInput
        label={t('preview.instalments')}
        value={draft.instalments}
        onChange={(instalments) => set({ instalments })}
      />
      <CountInput label={t('offer.every')} value={draft.everyCount} onChange={(everyCount) => set({ everyCount })} />
      <Select
        label={t('offer.unit')}
        allowDeselect={false}
        value={draft.everyUnit}
        onChange={(chosen) => set({ everyUnit: units.find((unit) => unit === chosen) ?? draft.everyUnit })}
        data={units.map((unit) => ({ value: unit, label: t(`unit.${unit}`) }))}
      />
    </SimpleGrid>
  )
}
