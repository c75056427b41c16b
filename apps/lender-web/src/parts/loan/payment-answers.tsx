/** What one may say to a payment: that it came or did not, that it went back, that it did arrive after all. */
import { Group, SimpleGrid } from '@mantine/core'
import { useState } from 'react'
import type { PaymentView } from '#libs/messages'
import { useCommand } from '../../api/command'
import { useMayAct } from '../../shell/account'
import { useToday } from '../../shell/clock'
import { useWords } from '../../words/words'
import { DialogButton, DialogForm, ReasonField } from '../dialog'
import { Line, Money } from '../figures'
import { DateField, MoneyInput } from '../inputs'

export function PaymentAnswers({ payment }: { payment: PaymentView }) {
  const mayAct = useMayAct()
  if (!mayAct) return null
  const may = (message: string) => payment.may.includes(message)
  return (
    <Group gap="xs" wrap="nowrap">
      {may('payments.confirm') && <Confirm payment={payment} />}
      {may('payments.refuse') && <Refuse payment={payment} />}
      {may('payments.establish') && <Establish payment={payment} />}
      {may('payments.reverse') && <Reverse payment={payment} />}
      {may('payments.acceptReversal') && payment.reversal !== null && (
        <AcceptReversal payment={payment} reversal={payment.reversal} />
      )}
    </Group>
  )
}

function Confirm({ payment }: { payment: PaymentView }) {
  const { t } = useWords()
  const today = useToday()
  const [amount, setAmount] = useState<number | null>(payment.amount.amount)
  const [receivedOn, setReceivedOn] = useState(today)
  const confirm = useCommand<{ amount: number; receivedOn: string }, PaymentView>({
    path: `payments/${payment.id}/confirm`,
    done: 'payment.confirmed',
  })
  return (
    <DialogButton label={t('payment.confirm')} title={t('payment.confirm.title')} size="xs">
      {(close) => (
        <DialogForm
          hint={t('payment.confirm.hint')}
          go={t('payment.confirm')}
          busy={confirm.isPending}
          disabled={amount === null}
          error={confirm.error}
          close={close}
          onSubmit={() => amount !== null && confirm.mutate({ amount, receivedOn }, { onSuccess: close })}
        >
          <MoneyInput
            label={t('payment.amountReceived')}
            currency={payment.amount.currency}
            value={amount}
            onChange={setAmount}
            required
          />
          <DateField label={t('payment.receivedOn')} value={receivedOn} onChange={setReceivedOn} required />
        </DialogForm>
      )}
    </DialogButton>
  )
}

function Refuse({ payment }: { payment: PaymentView }) {
  const { t } = useWords()
  const [reason, setReason] = useState('')
  const refuse = useCommand<{ reason: string }, PaymentView>({
    path: `payments/${payment.id}/refuse`,
    done: 'payment.refused',
  })
  return (
    <DialogButton label={t('payment.refuse')} title={t('payment.refuse.title')} size="xs" variant="default">
      {(close) => (
        <DialogForm
          go={t('payment.refuse')}
          danger
          busy={refuse.isPending}
          error={refuse.error}
          close={close}
          onSubmit={() => refuse.mutate({ reason: reason.trim() }, { onSuccess: close })}
        >
          <Sum payment={payment} />
          <ReasonField value={reason} onChange={setReason} />
        </DialogForm>
      )}
    </DialogButton>
  )
}

/** The arbiter's word. */
function Establish({ payment }: { payment: PaymentView }) {
  const { t } = useWords()
  const [amount, setAmount] = useState<number | null>(payment.amount.amount)
  const [receivedOn, setReceivedOn] = useState(payment.valueDate)
  const [reason, setReason] = useState('')
  const establish = useCommand<{ amount: number; receivedOn: string; reason: string }, PaymentView>({
    path: `payments/${payment.id}/establish`,
    done: 'payment.establish.done',
  })
  return (
    <DialogButton label={t('payment.establish')} title={t('payment.establish.title')} size="xs" variant="default">
      {(close) => (
        <DialogForm
          hint={t('payment.establish.hint')}
          go={t('payment.establish')}
          busy={establish.isPending}
          disabled={amount === null}
          error={establish.error}
          close={close}
          onSubmit={() =>
            amount !== null && establish.mutate({ amount, receivedOn, reason: reason.trim() }, { onSuccess: close })
          }
        >
          <SimpleGrid cols={2}>
            <MoneyInput
              label={t('payment.amountReceived')}
              currency={payment.amount.currency}
              value={amount}
              onChange={setAmount}
            />
            <DateField label={t('payment.receivedOn')} value={receivedOn} onChange={setReceivedOn} />
          </SimpleGrid>
          <ReasonField value={reason} onChange={setReason} />
        </DialogForm>
      )}
    </DialogButton>
  )
}

/** Takes a confirmation back, as a whole or in part; it counts when the payer accepts. */
function Reverse({ payment }: { payment: PaymentView }) {
  const { t } = useWords()
  const whole = (payment.confirmedAmount ?? payment.amount.amount) - payment.chargedBack
  const [amount, setAmount] = useState<number | null>(whole)
  const [reason, setReason] = useState('')
  const reverse = useCommand<{ amount?: number; reason: string }, PaymentView>({
    path: `payments/${payment.id}/reverse`,
    done: 'payment.reverse.done',
  })
  return (
    <DialogButton label={t('payment.reverse')} title={t('payment.reverse.title')} size="xs" variant="default">
      {(close) => (
        <DialogForm
          hint={t('payment.reverse.hint')}
          go={t('payment.reverse')}
          danger
          busy={reverse.isPending}
          disabled={amount === null}
          error={reverse.error}
          close={close}
          onSubmit={() => {
            if (amount === null) return
            // All of it is as if the payment had never been.
            const part = amount === whole && payment.chargedBack === 0 ? {} : { amount }
            reverse.mutate({ ...part, reason: reason.trim() }, { onSuccess: close })
          }}
        >
          <MoneyInput
            label={t('payment.reverse.amount')}
            currency={payment.amount.currency}
            value={amount}
            onChange={setAmount}
          />
          <ReasonField value={reason} onChange={setReason} />
        </DialogForm>
      )}
    </DialogButton>
  )
}

function AcceptReversal({ payment, reversal }: { payment: PaymentView; reversal: string }) {
  const { t } = useWords()
  const accept = useCommand<object, PaymentView>({
    path: `payments/reversals/${reversal}/accept`,
    done: 'payment.acceptReversal.done',
  })
  return (
    <DialogButton label={t('payment.acceptReversal')} title={t('payment.acceptReversal.title')} size="xs">
      {(close) => (
        <DialogForm
          hint={t('payment.acceptReversal.hint')}
          go={t('payment.acceptReversal')}
          busy={accept.isPending}
          error={accept.error}
          close={close}
          onSubmit={() => accept.mutate({}, { onSuccess: close })}
        >
          <Sum payment={payment} />
        </DialogForm>
      )}
    </DialogButton>
  )
}

function Sum({ payment }: { payment: PaymentView }) {
  const { t } = useWords()
  return (
    <Line label={t(`purpose.${payment.purpose}`)} strong>
      <Money amount={payment.confirmedAmount ?? payment.amount.amount} currency={payment.amount.currency} />
    </Line>
  )
}
