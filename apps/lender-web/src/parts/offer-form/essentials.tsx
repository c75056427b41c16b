/** What every offer has: how much, at what price, in how many instalments. */
import { Group, Paper, Select, SimpleGrid, Stack, Title } from '@mantine/core'
import { CURRENCIES, METHODS } from '#libs/money'
import type { OfferTerms } from '#libs/messages'
import type { OfferDraft } from '../../figures/offer-draft'
import { useWords } from '../../words/words'
import { CountInput, MoneyInput, RateInput } from '../inputs'
import { Choice } from './fields'
import { useOffer } from './offer-form-state'

const UNITS: readonly OfferTerms['every']['unit'][] = ['month', 'week', 'day']

type Numbers = { [Name in keyof OfferDraft]: null extends OfferDraft[Name] ? Name : never }[keyof OfferDraft]

export function Essentials({ currencyFixed }: { currencyFixed: boolean }) {
  const { t } = useWords()
  const { draft, set, visit, errorOf } = useOffer()
  const { currency, every } = draft
  const number = (name: NonNullable<Numbers>) => ({
    value: draft[name],
    onChange: (value: number | null) => set({ [name]: value }),
    onBlur: () => visit(name),
    error: errorOf(name),
    required: true,
  })
  return (
    <>
      <Paper component="fieldset" m={0}>
        <Stack>
          <Title order={2}>{t('offer.money')}</Title>
          <Select
            label={t('currency')}
            data={[...CURRENCIES]}
            searchable
            allowDeselect={false}
            disabled={currencyFixed}
            value={currency}
            onChange={(chosen) => chosen !== null && set({ currency: chosen })}
            error={errorOf('currency')}
          />
          <MoneyInput
            label={t('offer.capacity')}
            description={t('offer.capacity.hint')}
            currency={currency}
            {...number('capacity')}
          />
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            <MoneyInput label={t('offer.minAmount')} currency={currency} {...number('minAmount')} />
            <MoneyInput label={t('offer.maxAmount')} currency={currency} {...number('maxAmount')} />
          </SimpleGrid>
          <RateInput label={t('offer.rate')} description={t('offer.rate.hint')} {...number('annualRatePpm')} />
        </Stack>
      </Paper>
      <Paper component="fieldset" m={0}>
        <Stack>
          <Title order={2}>{t('offer.repayment')}</Title>
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            <CountInput label={t('offer.minInstalments')} {...number('minInstalments')} />
            <CountInput label={t('offer.maxInstalments')} {...number('maxInstalments')} />
          </SimpleGrid>
          <Group grow align="start">
            <CountInput
              label={t('offer.every')}
              required
              value={every.count}
              onChange={(count) => set({ every: { ...every, count } })}
              onBlur={() => visit('every')}
              error={errorOf('every')}
            />
            <Choice
              label={t('offer.unit')}
              value={every.unit}
              values={UNITS}
              word={(unit) => t(`unit.${unit}`)}
              onChange={(unit) => set({ every: { ...every, unit: unit ?? every.unit } })}
            />
          </Group>
          <Choice
            label={t('terms.method')}
            description={t(`method.${draft.method}.hint`)}
            value={draft.method}
            values={METHODS}
            word={(method) => t(`method.${method}`)}
            onChange={(method) => set({ method: method ?? draft.method })}
            error={errorOf('method')}
          />
        </Stack>
      </Paper>
    </>
  )
}
