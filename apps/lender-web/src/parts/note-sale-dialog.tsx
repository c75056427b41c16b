/** Putting a note up for sale, whole or in part: what a buyer would pay and earn is shown before anything is signed. */
import { Stack, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { NoteListingView, NoteView } from '#libs/messages'
import { useCommand } from '../api/command'
import { noteQuoteQuery } from '../api/notes'
import { useWords } from '../words/words'
import { DialogButton, DialogForm, ReasonField } from './dialog'
import { Line, Money } from './figures'
import { MoneyInput } from './inputs'
import { Answer } from './states'

const SETTLES_MS = 250

/** What is signed: a price for the principal, of all of the note or of a part. */
interface Sale {
  cleanPrice: number
  part?: number
}

export function NoteSaleDialog({ note }: { note: NoteView }) {
  const { t } = useWords()
  return (
    <DialogButton label={t('notes.sell')} title={t('notes.sell.title')}>
      {(close) => <SaleForm note={note} close={close} />}
    </DialogButton>
  )
}

function SaleForm({ note, close }: { note: NoteView; close: () => void }) {
  const { t } = useWords()
  const { loan, note: name, currency, principal } = note
  const [part, setPart] = useState<number | null>(null)
  const [cleanPrice, setPrice] = useState<number | null>(principal)
  const [reason, setReason] = useState('')
  const list = useCommand<Sale & { reason: string }, NoteListingView>({
    path: `notes/${loan}/${name}/listings`,
    done: 'notes.listed',
  })
  const sale = cleanPrice !== null && cleanPrice > 0 ? { cleanPrice, ...(part === null ? {} : { part }) } : null
  return (
    <DialogForm
      hint={t('notes.sell.hint')}
      go={t('notes.sell.go')}
      busy={list.isPending}
      disabled={sale === null}
      error={list.error}
      close={close}
      onSubmit={() => sale && list.mutate({ ...sale, reason: reason.trim() }, { onSuccess: close })}
    >
      <MoneyInput
        label={t('notes.part')}
        description={t('notes.part.hint')}
        currency={currency}
        value={part}
        onChange={setPart}
      />
      <MoneyInput
        label={t('notes.cleanPrice')}
        description={t('notes.cleanPrice.hint')}
        currency={currency}
        value={cleanPrice}
        onChange={setPrice}
      />
      <ReasonField value={reason} hint={t('notes.reason.hint')} onChange={setReason} />
      {sale && <WouldBring loan={loan} note={name} sale={sale} />}
    </DialogForm>
  )
}

/** What the listing would say today. */
function WouldBring({ loan, note, sale }: { loan: string; note: string; sale: Sale }) {
  const { t } = useWords()
  const [asked] = useDebouncedValue(sale, SETTLES_MS)
  const quote = useQuery(noteQuoteQuery(loan, note, asked))
  return (
    <Stack gap={6}>
      <Answer of={quote} rows={3}>
        {({ currency, principal, cleanPrice, accrued, price, yieldPpm }) => (
          <>
            <Line label={t('notes.sold')}>
              <Money amount={principal} currency={currency} />
            </Line>
            <PriceLines price={{ currency, cleanPrice, accrued, price, yieldPpm }} />
            <Line label={t('notes.fee')}>
              <Money amount={0} currency={currency} />
            </Line>
          </>
        )}
      </Answer>
      <Text size="xs" c="dimmed">
        {t('notes.fee.hint')}
      </Text>
    </Stack>
  )
}

/** A price in its parts, and what it yields to who pays it. */
export function PriceLines({
  price: { currency, cleanPrice, accrued, price, yieldPpm },
}: {
  price: Pick<NoteListingView, 'currency' | 'cleanPrice' | 'accrued' | 'price' | 'yieldPpm'>
}) {
  const { t, rate } = useWords()
  return (
    <>
      <Line label={t('notes.cleanPrice')}>
        <Money amount={cleanPrice} currency={currency} />
      </Line>
      <Line label={t('notes.accrued')}>
        <Money amount={accrued} currency={currency} />
      </Line>
      <Line label={t('notes.price')} strong>
        <Money amount={price} currency={currency} />
      </Line>
      <Line label={t('notes.yield')}>{yieldPpm === null ? '–' : rate(yieldPpm)}</Line>
    </>
  )
}
