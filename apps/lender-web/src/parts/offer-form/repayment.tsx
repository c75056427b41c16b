/** How instalments are sized and rounded, which of them are lighter, and what a payment pays first. */
import { SimpleGrid, Stack, Switch } from '@mantine/core'
import { type AllocationStep, COMPONENTS, DUE_GROUPS, ROUNDING_MODES, type RoundingRule } from '#libs/money'
import type { OfferTerms } from '#libs/messages'
import { presentOrNone } from '../../figures/offer-draft'
import { useWords } from '../../words/words'
import { CountInput, MoneyInput, RateInput } from '../inputs'
import { Choice, FieldGroup } from './fields'
import { useOffer } from './offer-form-state'

type Grace = NonNullable<OfferTerms['grace']>
type Rounding = NonNullable<OfferTerms['rounding']>
type Allocation = NonNullable<OfferTerms['allocation']>

const GRACES = ['principalInstalments', 'interestPaymentInstalments', 'interestFreeInstalments'] as const
const AHEAD = ['next', 'last', 'reduceInstalment', 'reduceCount', 'nextInstalments'] as const

export function Repayment() {
  const { t } = useWords()
  const { draft, set, errorOf } = useOffer()
  const { currency, grace, recalculation } = draft
  return (
    <Stack gap="lg">
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <MoneyInput
          label={t('offer.fixedInstalment')}
          description={t('offer.fixedInstalment.hint')}
          currency={currency}
          value={draft.fixedInstalment ?? null}
          onChange={(fixedInstalment) => set({ fixedInstalment: fixedInstalment ?? undefined })}
          error={errorOf('fixedInstalment')}
        />
        <RateInput
          label={t('offer.downPayment')}
          description={t('offer.downPayment.hint')}
          value={draft.downPaymentPpm ?? null}
          onChange={(downPaymentPpm) => set({ downPaymentPpm: downPaymentPpm ?? undefined })}
          error={errorOf('downPaymentPpm')}
        />
      </SimpleGrid>
      <FieldGroup title={t('offer.grace')} hint={t('offer.grace.hint')}>
        <SimpleGrid cols={{ base: 1, sm: 3 }}>
          {GRACES.map((name) => (
            <CountInput
              key={name}
              label={t(`offer.grace.${name}`)}
              value={grace?.[name] ?? null}
              onChange={(count) => set({ grace: presentOrNone<Grace>({ ...grace, [name]: count }) })}
              error={errorOf(`grace.${name}`)}
            />
          ))}
        </SimpleGrid>
      </FieldGroup>
      <Rounded />
      <Allocated />
      <FieldGroup title={t('offer.recalculation')} hint={t('offer.recalculation.hint')} path="recalculation">
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <Choice
            label={t('offer.rest')}
            none={t('offer.rest.none')}
            value={recalculation?.rest}
            values={['day', 'instalment'] as const}
            word={(rest) => t(`offer.rest.${rest}`)}
            onChange={(rest) => set({ recalculation: rest && { ...recalculation, rest } })}
          />
          {recalculation && (
            <Switch
              mt={28}
              label={t('offer.compounding')}
              checked={recalculation.compounding ?? false}
              onChange={(event) =>
                set({
                  recalculation: {
                    rest: recalculation.rest,
                    ...(event.currentTarget.checked && { compounding: true }),
                  },
                })
              }
            />
          )}
        </SimpleGrid>
        <Choice
          label={t('offer.sizedOn')}
          none={t('offer.sizedOn.disbursed')}
          value={draft.instalmentSizedOn === 'agreedPrincipal' ? draft.instalmentSizedOn : undefined}
          values={['agreedPrincipal'] as const}
          word={(sizedOn) => t(`offer.sizedOn.${sizedOn}`)}
          onChange={(instalmentSizedOn) => set({ instalmentSizedOn })}
          error={errorOf('instalmentSizedOn')}
        />
      </FieldGroup>
    </Stack>
  )
}

function Rounded() {
  const { t } = useWords()
  const { draft, set } = useOffer()
  const { rounding } = draft
  const change = (part: Partial<Rounding> | { interest: undefined } | { instalment: undefined }) =>
    set({ rounding: presentOrNone<Rounding>({ ...rounding, ...part }) })
  return (
    <FieldGroup title={t('offer.rounding')} hint={t('offer.rounding.hint')} path="rounding">
      {(['instalment', 'interest'] as const).map((what) => {
        const rule: RoundingRule | undefined = rounding?.[what]
        return (
          <SimpleGrid key={what} cols={{ base: 1, xs: 2 }}>
            <Choice
              label={t(`offer.rounding.${what}`)}
              none={t('offer.rounding.plain')}
              value={rule?.mode}
              values={ROUNDING_MODES}
              word={(mode) => t(`rounding.${mode}`)}
              onChange={(mode) => change({ [what]: mode && { toMultipleOf: 1, ...rule, mode } } as Partial<Rounding>)}
            />
            {rule && (
              <MoneyInput
                label={t('offer.rounding.multiple')}
                currency={draft.currency}
                value={rule.toMultipleOf}
                onChange={(toMultipleOf) =>
                  change({ [what]: { ...rule, toMultipleOf: Math.max(toMultipleOf ?? 1, 1) } } as Partial<Rounding>)
                }
              />
            )}
          </SimpleGrid>
        )
      })}
      <Switch
        label={t('offer.rounding.once')}
        checked={rounding?.interestOnce ?? false}
        onChange={(event) =>
          set({
            rounding: presentOrNone<Rounding>({ ...rounding, interestOnce: event.currentTarget.checked || undefined }),
          })
        }
      />
    </FieldGroup>
  )
}

/** Orders of the four components, the usual one first; each is used for what is past due, due, and in advance alike. */
const ORDERS = permutations(COMPONENTS).map((order) => order.join(' '))
const USUAL = COMPONENTS.join(' ')

function permutations<Item>(items: readonly Item[]): Item[][] {
  if (items.length === 0) return [[]]
  return items.flatMap((item) => permutations(items.filter((other) => other !== item)).map((rest) => [item, ...rest]))
}

const stepsOf = (order: string): AllocationStep[] =>
  DUE_GROUPS.flatMap((group) => order.split(' ').map((component) => `${group}.${component}` as AllocationStep))

/** The order of components that all twelve steps follow; undefined when they follow none. */
function orderOf(steps: readonly AllocationStep[] | undefined): string | undefined {
  if (steps === undefined) return USUAL
  return ORDERS.find((order) => stepsOf(order).join() === steps.join())
}

function Allocated() {
  const { t } = useWords()
  const { draft, set, errorOf } = useOffer()
  const { allocation } = draft
  const change = (part: { [Name in keyof Allocation]: Allocation[Name] | undefined }) =>
    set({ allocation: presentOrNone<Allocation>({ ...allocation, ...part }) })
  const chosen = orderOf(allocation?.order)
  return (
    <FieldGroup title={t('offer.allocation')} hint={t('offer.allocation.hint')}>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <Choice
          label={t('offer.allocation.order')}
          {...(chosen === undefined ? { none: t('offer.allocation.own') } : {})}
          value={chosen}
          values={ORDERS}
          word={(order) =>
            order
              .split(' ')
              .map((component) => t(`component.${component as 'penalty' | 'fee' | 'interest' | 'principal'}`))
              .join(', ')
          }
          onChange={(order) => {
            if (order !== undefined) change({ order: order === USUAL ? undefined : stepsOf(order) })
          }}
          error={errorOf('allocation.order')}
        />
        <Choice
          label={t('offer.allocation.ahead')}
          none={t('offer.allocation.ahead.plain')}
          value={allocation?.inAdvance}
          values={AHEAD}
          word={(ahead) => t(`offer.allocation.ahead.${ahead}`)}
          onChange={(inAdvance) => change({ inAdvance })}
          error={errorOf('allocation.inAdvance')}
        />
      </SimpleGrid>
      <Switch
        label={t('offer.allocation.across')}
        checked={allocation?.perInstalment === false}
        onChange={(event) => change({ perInstalment: event.currentTarget.checked ? false : undefined })}
      />
    </FieldGroup>
  )
}
