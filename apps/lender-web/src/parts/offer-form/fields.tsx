/** Fields of the offer's form, each bound to a member of the draft. */
import { Group, Select, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { useWords, type WordKey } from '../../words/words'
import { MoneyInput, RateInput } from '../inputs'
import { useOffer } from './offer-form-state'

/** Heading and lead of a group of fields, with what the node finds wrong with the whole of it. */
export function FieldGroup({
  title,
  hint,
  path,
  children,
}: {
  title: string
  hint?: string
  path?: string
  children: ReactNode
}) {
  const { errorOf } = useOffer()
  const error = path === undefined ? undefined : errorOf(path)
  return (
    <Stack gap={6} component="fieldset" m={0} p={0} style={{ border: 0, minWidth: 0 }}>
      <Text component="legend" size="sm" fw={600} p={0}>
        {title}
      </Text>
      {hint !== undefined && (
        <Text size="xs" c="dimmed">
          {hint}
        </Text>
      )}
      {children}
      {error !== undefined && (
        <Text size="xs" c="var(--mantine-color-error)" role="alert">
          {error}
        </Text>
      )}
    </Stack>
  )
}

/** One of several values, or none, each with its words. */
export function Choice<Value extends string>({
  label,
  description,
  none,
  value,
  values,
  word,
  onChange,
  error,
}: {
  label: string
  description?: string
  /** What it means to choose none; without it one must be chosen. */
  none?: string
  value: Value | undefined
  values: readonly Value[]
  word: (value: Value) => string
  onChange: (value: Value | undefined) => void
  error?: string | undefined
}) {
  const choices = values.map((each) => ({ value: each as string, label: word(each) }))
  return (
    <Select
      label={label}
      {...(description === undefined ? {} : { description })}
      allowDeselect={false}
      value={value ?? ''}
      data={none === undefined ? choices : [{ value: '', label: none }, ...choices]}
      onChange={(chosen) => onChange(values.find((each) => each === chosen))}
      error={error}
    />
  )
}

export interface AmountOrShare {
  amount?: number
  ppm?: number
}

/** A fixed amount or a share: one of both, or neither. */
export function AmountOrShareField({
  label,
  share,
  value,
  optional,
  onChange,
  error,
}: {
  label: string
  /** What a share is of. */
  share: WordKey
  value: AmountOrShare | undefined
  optional?: boolean
  onChange: (value: AmountOrShare | undefined) => void
  error?: string | undefined
}) {
  const { t } = useWords()
  const { draft } = useOffer()
  const kind = value?.amount !== undefined ? 'amount' : value?.ppm !== undefined ? 'share' : 'none'
  return (
    <Group align="end" gap="xs" wrap="nowrap" grow preventGrowOverflow={false}>
      <Select
        label={label}
        allowDeselect={false}
        value={kind}
        error={error}
        data={[
          ...(optional ? [{ value: 'none', label: t('none') }] : []),
          { value: 'amount', label: t('offer.fixed') },
          { value: 'share', label: t(share) },
        ]}
        onChange={(chosen) =>
          onChange(chosen === 'amount' ? { amount: 0 } : chosen === 'share' ? { ppm: 0 } : undefined)
        }
      />
      {kind === 'amount' && (
        <MoneyInput
          aria-label={`${label}: ${t('amount')}`}
          currency={draft.currency}
          value={value?.amount ?? null}
          onChange={(amount) => onChange({ amount: amount ?? 0 })}
        />
      )}
      {kind === 'share' && (
        <RateInput
          aria-label={`${label}: ${t('offer.share')}`}
          value={value?.ppm ?? null}
          onChange={(ppm) => onChange({ ppm: ppm ?? 0 })}
        />
      )}
    </Group>
  )
}
