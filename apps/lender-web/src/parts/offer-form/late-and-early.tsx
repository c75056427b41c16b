/** What lateness tolerates and costs, when default may be declared, and what settling early costs. */
import { SimpleGrid, Stack } from '@mantine/core'
import type { OfferTerms } from '#libs/messages'
import { present, presentOrNone } from '../../figures/offer-draft'
import { useWords } from '../../words/words'
import { CountInput, MoneyInput, RateInput } from '../inputs'
import { AmountOrShareField, FieldGroup } from './fields'
import { useOffer } from './offer-form-state'

type Arrears = NonNullable<OfferTerms['arrears']>
type LateFee = NonNullable<OfferTerms['lateFee']>

export function LateAndEarly() {
  const { t } = useWords()
  const { draft, set, errorOf } = useOffer()
  const { currency, arrears, lateFee } = draft
  const days = t('unit.days')
  return (
    <Stack gap="lg">
      <FieldGroup title={t('offer.arrears')} hint={t('offer.arrears.hint')}>
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <CountInput
            label={t('terms.grace')}
            unit={days}
            value={arrears?.graceDays ?? null}
            onChange={(graceDays) => set({ arrears: presentOrNone<Arrears>({ ...arrears, graceDays }) })}
            error={errorOf('arrears.graceDays')}
          />
          <MoneyInput
            label={t('offer.arrears.amount')}
            currency={currency}
            value={arrears?.amount ?? null}
            onChange={(amount) => set({ arrears: presentOrNone<Arrears>({ ...arrears, amount }) })}
            error={errorOf('arrears.amount')}
          />
        </SimpleGrid>
      </FieldGroup>
      <FieldGroup title={t('offer.lateFee')} hint={t('offer.lateFee.hint')} path="lateFee">
        <AmountOrShareField
          label={t('offer.lateFee.much')}
          share="offer.share.unpaid"
          optional
          value={lateFee}
          onChange={(value) => {
            const { amount: _, ppm: __, ...rest } = lateFee ?? {}
            set({ lateFee: value && { ...rest, ...value } })
          }}
        />
        {lateFee && (
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            <CountInput
              label={t('offer.lateFee.after')}
              unit={days}
              value={lateFee.graceDays ?? null}
              onChange={(graceDays) => set({ lateFee: present<LateFee>({ ...lateFee, graceDays }) })}
            />
            <MoneyInput
              label={t('offer.lateFee.cap')}
              currency={currency}
              value={lateFee.cap ?? null}
              onChange={(cap) => set({ lateFee: present<LateFee>({ ...lateFee, cap }) })}
            />
          </SimpleGrid>
        )}
      </FieldGroup>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <RateInput
          label={t('offer.penalty')}
          description={t('offer.penalty.hint')}
          value={draft.penaltyRatePpm ?? null}
          onChange={(penaltyRatePpm) => set({ penaltyRatePpm: penaltyRatePpm ?? undefined })}
          error={errorOf('penaltyRatePpm')}
        />
        <CountInput
          label={t('offer.default')}
          description={t('offer.default.hint')}
          unit={days}
          value={draft.defaultAfterDays ?? null}
          placeholder="90"
          onChange={(defaultAfterDays) => set({ defaultAfterDays: defaultAfterDays ?? undefined })}
          error={errorOf('defaultAfterDays')}
        />
      </SimpleGrid>
      <AmountOrShareField
        label={t('offer.early')}
        share="offer.share.notDue"
        optional
        value={draft.earlySettlementFee}
        onChange={(earlySettlementFee) => set({ earlySettlementFee })}
        error={errorOf('earlySettlementFee')}
      />
    </Stack>
  )
}
