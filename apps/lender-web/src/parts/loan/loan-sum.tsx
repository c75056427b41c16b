/** The amounts that a decision is about, before it is made. */
import { Stack } from '@mantine/core'
import type { LoanView } from '#libs/messages'
import { useWords, type WordKey } from '../../words/words'
import { Line, Money } from '../figures'

export function LoanSum({
  loan,
  items,
}: {
  loan: Pick<LoanView, 'principal'>
  /** The last is what it comes to. */
  items: readonly (readonly [label: WordKey, amount: number])[]
}) {
  const { t } = useWords()
  const { currency } = loan.principal
  return (
    <Stack gap={4}>
      {items.map(([label, amount], index) => (
        <Line key={label} label={t(label)} strong={index === items.length - 1}>
          <Money amount={amount} currency={currency} />
        </Line>
      ))}
    </Stack>
  )
}
