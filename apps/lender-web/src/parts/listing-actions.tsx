/** What seller and buyer do with a listing and its orders; the node says in `may` who may do what now. */
import { Group, Select, Stack, Switch } from '@mantine/core'
import { useState } from 'react'
import type { NoteListingView, NoteOrderView, NoteView, PaymentView, Rail } from '#libs/messages'
import { useCommand } from '../api/command'
import { useMayAct } from '../shell/account'
import { useToday } from '../shell/clock'
import { useWords } from '../words/words'
import { DialogButton, DialogForm, ReasonField } from './dialog'
import { Line, Money } from './figures'
import { DateField } from './inputs'
import { PriceLines } from './note-sale-dialog'
import { WhereToPay } from './payee'

const RAILS: readonly Rail[] = ['bank', 'mobile-money', 'cash', 'bitcoin', 'other']

/** Ordering it, or taking it back. */
export function ListingActions({ listing }: { listing: NoteListingView }) {
  const mayAct = useMayAct()
  if (!mayAct) return null
  return (
    <Group gap="xs">
      {listing.may.includes('notes.order') && <Order listing={listing} />}
      {listing.may.includes('notes.delist') && <TakeBack listing={listing} />}
    </Group>
  )
}

function Order({ listing }: { listing: NoteListingView }) {
  const { t } = useWords()
  const today = useToday()
  const [settleOn, setSettleOn] = useState(today)
  const [acceptNotFinal, setAccept] = useState(false)
  const order = useCommand<{ settleOn: string; acceptNotFinal?: boolean }, NoteListingView>({
    path: `listings/${listing.id}/orders`,
    done: 'notes.ordered',
  })
  return (
    <DialogButton label={t('notes.order')} title={t('notes.order.title')}>
      {(close) => (
        <DialogForm
          hint={t('notes.order.hint')}
          go={t('notes.order')}
          busy={order.isPending}
          disabled={settleOn === '' || (!listing.final && !acceptNotFinal)}
          error={order.error}
          close={close}
          onSubmit={() =>
            order.mutate({ settleOn, ...(acceptNotFinal ? { acceptNotFinal } : {}) }, { onSuccess: close })
          }
        >
          <Stack gap={6}>
            <PriceLines price={listing} />
          </Stack>
          <DateField
            label={t('notes.settleOn')}
            description={t('notes.settleOn.hint')}
            value={settleOn}
            onChange={setSettleOn}
          />
          {!listing.final && (
            <Switch
              label={t('notes.acceptNotFinal')}
              description={t('notes.acceptNotFinal.hint')}
              checked={acceptNotFinal}
              onChange={(event) => setAccept(event.currentTarget.checked)}
            />
          )}
        </DialogForm>
      )}
    </DialogButton>
  )
}

function TakeBack({ listing }: { listing: NoteListingView }) {
  const { t } = useWords()
  const delist = useCommand<object, NoteListingView>({
    path: `listings/${listing.id}/withdraw`,
    done: 'notes.delisted',
  })
  return (
    <DialogButton label={t('notes.delist')} title={t('notes.delist.title')} variant="default">
      {(close) => (
        <DialogForm
          hint={t('notes.delist.hint')}
          go={t('notes.delist')}
          busy={delist.isPending}
          error={delist.error}
          close={close}
          onSubmit={() => delist.mutate({}, { onSuccess: close })}
        />
      )}
    </DialogButton>
  )
}

/** Paying an order, selling to it, or not. */
export function OrderActions({ order, listing }: { order: NoteOrderView; listing: NoteListingView }) {
  const mayAct = useMayAct()
  if (!mayAct) return null
  const may = (message: string) => order.may.includes(message)
  return (
    <Group gap="xs">
      {may('notes.pay') && <Pay order={order} listing={listing} />}
      {may('notes.transfer') && <Transfer order={order} listing={listing} />}
      {may('notes.lapse') && <Lapse order={order} />}
    </Group>
  )
}

interface OfListing {
  order: NoteOrderView
  listing: NoteListingView
}

function Pay({ order, listing }: OfListing) {
  const { t } = useWords()
  const [rail, setRail] = useState<Rail>('bank')
  const pay = useCommand<{ rail: Rail }, PaymentView>({ path: `orders/${order.id}/pay`, done: 'notes.paid' })
  return (
    <DialogButton label={t('notes.pay')} title={t('notes.pay.title')} size="xs">
      {(close) => (
        <DialogForm
          hint={t('notes.pay.hint')}
          go={t('notes.pay')}
          busy={pay.isPending}
          error={pay.error}
          close={close}
          onSubmit={() => pay.mutate({ rail }, { onSuccess: close })}
        >
          <Owed order={order} listing={listing} />
          <WhereToPay payee={listing.seller} name={listing.sellerAlias ?? t('notes.seller')} />
          <Select
            label={t('notes.rail')}
            data={RAILS.map((value) => ({ value, label: t(`rail.${value}`) }))}
            value={rail}
            allowDeselect={false}
            onChange={(value) => setRail(RAILS.find((known) => known === value) ?? rail)}
          />
        </DialogForm>
      )}
    </DialogButton>
  )
}

function Transfer({ order, listing }: OfListing) {
  const { t } = useWords()
  const transfer = useCommand<object, NoteView>({ path: `orders/${order.id}/transfer`, done: 'notes.transferred' })
  return (
    <DialogButton label={t('notes.transfer')} title={t('notes.transfer.title')} size="xs">
      {(close) => (
        <DialogForm
          hint={t('notes.transfer.hint', { who: order.buyerAlias ?? t('notes.buyer') })}
          go={t('notes.transfer')}
          busy={transfer.isPending}
          error={transfer.error}
          close={close}
          onSubmit={() => transfer.mutate({}, { onSuccess: close })}
        >
          <Owed order={order} listing={listing} />
        </DialogForm>
      )}
    </DialogButton>
  )
}

function Lapse({ order }: { order: NoteOrderView }) {
  const { t } = useWords()
  const [reason, setReason] = useState('')
  const lapse = useCommand<{ reason: string }, NoteListingView>({
    path: `orders/${order.id}/lapse`,
    done: 'notes.lapsed',
  })
  return (
    <DialogButton label={t('notes.lapse')} title={t('notes.lapse.title')} size="xs" variant="default">
      {(close) => (
        <DialogForm
          hint={t('notes.lapse.hint')}
          go={t('notes.lapse')}
          danger
          busy={lapse.isPending}
          error={lapse.error}
          close={close}
          onSubmit={() => lapse.mutate({ reason: reason.trim() }, { onSuccess: close })}
        >
          <ReasonField value={reason} onChange={setReason} />
        </DialogForm>
      )}
    </DialogButton>
  )
}

/** What is missing of the price. */
function Owed({ order, listing }: OfListing) {
  const { t } = useWords()
  return (
    <Line label={t('notes.toPay')} strong>
      <Money amount={order.price - order.paid} currency={listing.currency} />
    </Line>
  )
}
