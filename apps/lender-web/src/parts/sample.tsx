/** An example loan under an offer: amount and number of instalments, to see what it would cost. */
import { Group } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import type { OfferTerms } from '#libs/messages'
import { useWords } from '../words/words'
import { CountInput, MoneyInput } from './inputs'

interface Asked {
  amount: number
  instalments: number
}

type Range = Pick<OfferTerms, 'minAmount' | 'maxAmount' | 'minInstalments' | 'maxInstalments'>

export interface Sample {
  amount: number | null
  instalments: number | null
  setAmount: (amount: number | null) => void
  setInstalments: (instalments: number | null) => void
  /** What was typed last and makes sense, once the typing pauses. */
  settled: Asked | null
}

const SETTLES_MS = 250

/** The largest loan with the most instalments, until something else is typed; what is out of range is brought into it. */
export function useSample(range: Range): Sample {
  const [amount, setAmount] = useState<number | null>()
  const [instalments, setInstalments] = useState<number | null>()
  const shown = {
    amount: amount === undefined ? range.maxAmount : amount,
    instalments: instalments === undefined ? range.maxInstalments : instalments,
  }
  const [settledAmount] = useDebouncedValue(shown.amount, SETTLES_MS)
  const [settledInstalments] = useDebouncedValue(shown.instalments, SETTLES_MS)
  const whole = settledAmount !== null && settledAmount > 0 && settledInstalments !== null && settledInstalments > 0
  const settled = whole ? { amount: settledAmount, instalments: settledInstalments } : null
  return { ...shown, setAmount, setInstalments, settled }
}

export function SampleFields({ sample, currency }: { sample: Sample; currency: string }) {
  const { t } = useWords()
  return (
    <Group grow align="start">
      <MoneyInput label={t('preview.amount')} currency={currency} value={sample.amount} onChange={sample.setAmount} />
      <CountInput label={t('preview.instalments')} value={sample.instalments} onChange={sample.setInstalments} />
    </Group>
  )
}
