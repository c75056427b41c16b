/** The form of an offer's terms. Its values are integers as the node takes them; the fields show them as people write. */
import { Group, Paper, Select, SimpleGrid, Stack, Textarea, Title } from '@mantine/core'
import { useForm } from '@mantine/form'
import { CURRENCIES, DAY_COUNTS, type DayCount, METHODS } from '#libs/money'
import type { OfferTerms } from '#libs/messages'
import { useWords } from '../words/words'
import { CountInput, MoneyInput, RateInput } from './inputs'

interface Values {
  currency: string
  capacity: number | null
  minAmount: number | null
  maxAmount: number | null
  minInstalments: number | null
  maxInstalments: number | null
  everyCount: number | null
  everyUnit: OfferTerms['every']['unit']
  annualRatePpm: number | null
  method: OfferTerms['method']
  dayCount: DayCount
  originationFeePpm: number | null
  graceDays: number | null
  note: string
}

type UnitsField = { [Name in keyof Values]: null extends Values[Name] ? Name : never }[keyof Values]

const FIRST: Values = {
  currency: 'EUR',
  capacity: 1_000_000,
  minAmount: 50_000,
  maxAmount: 500_000,
  minInstalments: 3,
  maxInstalments: 12,
  everyCount: 1,
  everyUnit: 'month',
  annualRatePpm: 50_000,
  method: 'annuity',
  dayCount: '30/360 BOND',
  originationFeePpm: 0,
  graceDays: 5,
  note: '',
}

const UNITS: readonly OfferTerms['every']['unit'][] = ['month', 'week', 'day']

/** The form's state; `terms` is what it says, or null while a field is missing or the ranges make no sense. */
export function useOfferForm(given: OfferTerms | undefined) {
  const { t } = useWords()
  const required = (value: number | null) => (value === null ? t('field.required') : null)
  const positive = (value: number | null) => required(value) ?? (value! < 1 ? t('field.positive') : null)
  const form = useForm<Values>({
    initialValues: given ? valuesOf(given) : FIRST,
    validateInputOnBlur: true,
    validate: {
      capacity: (value, values) =>
        positive(value) ?? (value! < (values.maxAmount ?? 0) ? t('offer.capacity.small') : null),
      minAmount: positive,
      maxAmount: (value, values) => positive(value) ?? (value! < (values.minAmount ?? 0) ? t('offer.range') : null),
      minInstalments: positive,
      maxInstalments: (value, values) =>
        positive(value) ?? (value! < (values.minInstalments ?? 0) ? t('offer.range') : null),
      everyCount: positive,
      annualRatePpm: required,
    },
  })
  return { ...form, terms: termsOf(form.values) }
}

export type OfferFormState = ReturnType<typeof useOfferForm>

export function OfferForm({ form, currencyFixed }: { form: OfferFormState; currencyFixed: boolean }) {
  const { t } = useWords()
  const { currency } = form.values
  /** A field of units: its value goes to the form as an integer, not as an event. */
  const units = (name: UnitsField) => ({
    value: form.values[name],
    onChange: (value: number | null) => form.setFieldValue(name, value),
    onBlur: () => void form.validateField(name),
    error: form.errors[name],
  })
  return (
    <Stack>
      <Paper component="fieldset" m={0}>
        <Stack>
          <Title order={2}>{t('offer.money')}</Title>
          <Select
            label={t('currency')}
            data={[...CURRENCIES]}
            searchable
            allowDeselect={false}
            disabled={currencyFixed}
            {...form.getInputProps('currency')}
          />
          <MoneyInput
            label={t('offer.capacity')}
            description={t('offer.capacity.hint')}
            currency={currency}
            required
            {...units('capacity')}
          />
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            <MoneyInput label={t('offer.minAmount')} currency={currency} required {...units('minAmount')} />
            <MoneyInput label={t('offer.maxAmount')} currency={currency} required {...units('maxAmount')} />
          </SimpleGrid>
        </Stack>
      </Paper>
      <Paper component="fieldset" m={0}>
        <Stack>
          <Title order={2}>{t('offer.price')}</Title>
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            <RateInput
              label={t('offer.rate')}
              description={t('offer.rate.hint')}
              required
              {...units('annualRatePpm')}
            />
            <RateInput label={t('offer.fee')} description={t('offer.fee.hint')} {...units('originationFeePpm')} />
          </SimpleGrid>
        </Stack>
      </Paper>
      <Paper component="fieldset" m={0}>
        <Stack>
          <Title order={2}>{t('offer.repayment')}</Title>
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            <CountInput label={t('offer.minInstalments')} required {...units('minInstalments')} />
            <CountInput label={t('offer.maxInstalments')} required {...units('maxInstalments')} />
          </SimpleGrid>
          <Group grow align="start">
            <CountInput label={t('offer.every')} required {...units('everyCount')} />
            <Select
              label={t('offer.unit')}
              allowDeselect={false}
              data={UNITS.map((value) => ({ value, label: t(`unit.${value}`) }))}
              {...form.getInputProps('everyUnit')}
            />
          </Group>
          <Select
            label={t('terms.method')}
            description={t(`method.${form.values.method}.hint`)}
            allowDeselect={false}
            data={METHODS.map((value) => ({ value, label: t(`method.${value}`) }))}
            {...form.getInputProps('method')}
          />
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            <Select
              label={t('terms.dayCount')}
              allowDeselect={false}
              data={DAY_COUNTS.map((value) => ({ value, label: t(`dayCount.${value}`) }))}
              {...form.getInputProps('dayCount')}
            />
            <CountInput label={t('terms.grace')} unit={t('unit.days')} {...units('graceDays')} />
          </SimpleGrid>
        </Stack>
      </Paper>
      <Paper>
        <Textarea
          label={t('offer.note')}
          description={t('offer.note.hint')}
          autosize
          minRows={2}
          maxRows={6}
          maxLength={500}
          {...form.getInputProps('note')}
        />
      </Paper>
    </Stack>
  )
}

function valuesOf(terms: OfferTerms): Values {
  const { currency, capacity, minAmount, maxAmount, minInstalments, maxInstalments, every, annualRatePpm } = terms
  const { method, dayCount = FIRST.dayCount, note = '' } = terms
  return {
    ...{ currency, capacity, minAmount, maxAmount, minInstalments, maxInstalments, annualRatePpm, method, dayCount },
    ...{ everyCount: every.count, everyUnit: every.unit, note },
    originationFeePpm: terms.charges?.find(({ when }) => when === 'atStart')?.ppm ?? 0,
    graceDays: terms.arrears?.graceDays ?? 0,
  }
}

function termsOf(values: Values): OfferTerms | null {
  const { capacity, minAmount, maxAmount, minInstalments, maxInstalments, everyCount, annualRatePpm } = values
  const { currency, method, dayCount, originationFeePpm, graceDays } = values
  if (capacity === null || minAmount === null || maxAmount === null || annualRatePpm === null) return null
  if (minInstalments === null || maxInstalments === null || everyCount === null) return null
  if ([capacity, minAmount, minInstalments, everyCount].some((value) => value < 1)) return null
  if (minAmount > maxAmount || maxAmount > capacity || minInstalments > maxInstalments) return null
  const note = values.note.trim()
  return {
    currency,
    capacity,
    minAmount,
    maxAmount,
    minInstalments,
    maxInstalments,
    every: { count: everyCount, unit: values.everyUnit },
    annualRatePpm,
    method,
    dayCount,
    ...(originationFeePpm
      ? { charges: [{ name: 'origination', when: 'atStart' as const, ppm: originationFeePpm }] }
      : {}),
    ...(graceDays ? { arrears: { graceDays } } : {}),
    ...(note === '' ? {} : { note }),
  }
}
