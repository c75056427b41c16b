/** A bid on a request: how much, at which rate, and what that would bring. */
import { Stack } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { BidView, RequestView } from '#libs/messages'
import { useCommand } from '../api/command'
import { pledgesQuery, requestQuoteQuery } from '../api/requests'
import { useNow } from '../shell/clock'
import { useWords } from '../words/words'
import { DialogButton, DialogForm } from './dialog'
import { Line, Money } from './figures'
import { CountInput, MoneyInput, RateInput } from './inputs'
import { Answer } from './states'

const SETTLES_MS = 250
const DAY_MS = 86_400_000

/** What is sent. */
interface Bid {
  amount: number
  leastAmount: number
  ratePpm: number
  validUntilMs: number
}

export function BidDialog({ request }: { request: RequestView }) {
  const { t } = useWords()
  return (
    <DialogButton label={t('bids.place')} title={t('bids.place.title')}>
      {(close) => <BidForm request={request} close={close} />}
    </DialogButton>
  )
}

function BidForm({ request, close }: { request: RequestView; close: () => void }) {
  const { t, rate } = useWords()
  const nowMs = useNow()
  const { currency, amount: most, highestRatePpm } = request.terms
  const [amount, setAmount] = useState<number | null>(most)
  const [leastAmount, setLeast] = useState<number | null>(null)
  const [ratePpm, setRate] = useState<number | null>(highestRatePpm)
  const [days, setDays] = useState<number | null>(7)
  const place = useCommand<Bid, BidView>({ path: `requests/${request.id}/bids`, done: 'bids.placed' })
  const isWhole = amount !== null && amount > 0 && ratePpm !== null && days !== null && days > 0
  const submit = () => {
    if (!isWhole) return
    const bid = { amount, leastAmount: leastAmount ?? amount, ratePpm, validUntilMs: nowMs + days * DAY_MS }
    place.mutate(bid, { onSuccess: close })
  }
  return (
    <DialogForm
      hint={t('bids.place.hint')}
      go={t('bids.place')}
      busy={place.isPending}
      disabled={!isWhole}
      error={place.error}
      close={close}
      onSubmit={submit}
    >
      <MoneyInput label={t('bids.amount')} currency={currency} value={amount} onChange={setAmount} />
      <MoneyInput
        label={t('bids.least')}
        description={t('bids.least.hint')}
        currency={currency}
        value={leastAmount}
        onChange={setLeast}
      />
      <RateInput
        label={t('bids.rate')}
        description={t('bids.rate.hint', { rate: rate(highestRatePpm) })}
        value={ratePpm}
        onChange={setRate}
      />
      <CountInput label={t('bids.validFor')} unit={t('unit.days')} value={days} onChange={setDays} />
      {isWhole && <Brings request={request} amount={amount} ratePpm={ratePpm} />}
    </DialogForm>
  )
}

/** What the lender would get, if all of the bid were taken, and what is left of the own limit. */
function Brings({ request, ...said }: { request: RequestView; amount: number; ratePpm: number }) {
  const { t } = useWords()
  const { currency } = request.terms
  const [asked] = useDebouncedValue(said, SETTLES_MS)
  const quote = useQuery(requestQuoteQuery(request.id, asked))
  const { data } = useQuery(pledgesQuery)
  const held = data?.items.find((item) => item.currency === currency)
  return (
    <Stack gap={6}>
      <Answer of={quote} rows={2}>
        {({ cost }) => (
          <>
            <Line label={t('cost.interest')}>
              <Money amount={cost.totalInterest} currency={currency} />
            </Line>
            <Line label={t('bids.back')} strong>
              <Money amount={cost.totalOfPayments} currency={currency} />
            </Line>
          </>
        )}
      </Answer>
      {held?.limit && (
        <Line label={t('bids.limit')}>
          <Money amount={held.limit.amount - held.signed} currency={currency} />
        </Line>
      )}
    </Stack>
  )
}
