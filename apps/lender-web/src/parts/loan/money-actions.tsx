/** What one says about money: that it was sent, that it came, that it was given back, that it is no longer asked for. */
import { Alert, Checkbox, Select, SimpleGrid, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { CreditView, LoanView, PaymentView, Rail } from '#libs/messages'
import { useCommand } from '../../api/command'
import { useToday } from '../../shell/clock'
import { useWords, type WordKey } from '../../words/words'
import { DialogButton, DialogForm, ReasonField } from '../dialog'
import { DateField, MoneyInput } from '../inputs'
import { LoanSum } from './loan-sum'

const RAILS: readonly Rail[] = ['bank', 'mobile-money', 'cash', 'bitcoin', 'other']
const CREDITS: readonly CreditView['credit'][] = ['goodwill', 'merchantRefund', 'payoutRefund']

export function RailSelect({ value, onChange }: { value: Rail; onChange: (rail: Rail) => void }) {
  const { t } = useWords()
  return (
    <Select
      label={t('payment.rail')}
      allowDeselect={false}
      value={value}
      onChange={(chosen) => onChange(RAILS.find((rail) => rail === chosen) ?? value)}
      data={RAILS.map((rail) => ({ value: rail, label: t(`rail.${rail}` satisfies WordKey) }))}
    />
  )
}

interface Sent {
  loan: string
  amount: number
  valueDate: string
  rail: Rail
  reference?: string
  acceptNotFinal?: boolean
}

/** What is to be paid out next: what is missing of the first part that has not arrived whole. */
function nextPayout({ payouts, disbursed, principal }: LoanView): number {
  let arrived = 0
  for (const { arrives } of payouts) {
    arrived += arrives
    if (disbursed < arrived) return arrived - disbursed
  }
  return principal.amount
}

/** Says that money was sent: by a lender what is to be paid out, by a borrower a repayment. */
export function Send({ loan }: { loan: LoanView }) {
  const { t } = useWords()
  const today = useToday()
  const { currency } = loan.principal
  const lends = loan.side === 'lender'
  const [amount, setAmount] = useState<number | null>(lends ? nextPayout(loan) : (loan.nextDue?.amount ?? null))
  const [valueDate, setValueDate] = useState(today)
  const [rail, setRail] = useState<Rail>('bank')
  const [reference, setReference] = useState('')
  const [acceptNotFinal, setAcceptNotFinal] = useState(false)
  const final = loan.conclusion?.final === true
  const send = useCommand<Sent, PaymentView>({ path: 'payments', done: 'payment.sent' })
  const submit = (close: () => void) => {
    if (amount === null) return
    const given = {
      ...(reference.trim() === '' ? {} : { reference: reference.trim() }),
      ...(final ? {} : { acceptNotFinal }),
    }
    send.mutate({ loan: loan.id, amount, valueDate, rail, ...given }, { onSuccess: close })
  }
  return (
    <DialogButton
      label={t(lends ? 'payment.disburse' : 'payment.repay')}
      title={t(lends ? 'payment.disburse.title' : 'payment.repay')}
    >
      {(close) => (
        <DialogForm
          hint={t('payment.send.hint')}
          go={t('payment.send.go')}
          busy={send.isPending}
          error={send.error}
          close={close}
          onSubmit={() => submit(close)}
        >
          <MoneyInput label={t('amount')} currency={currency} value={amount} onChange={setAmount} required />
          <DateField label={t('payment.valueDate')} value={valueDate} onChange={setValueDate} required />
          <RailSelect value={rail} onChange={setRail} />
          <TextInput
            label={t('payment.reference')}
            value={reference}
            maxLength={140}
            onChange={(event) => setReference(event.currentTarget.value)}
          />
          {lends && !final && (
            <Alert color="orange" variant="light" title={t('loan.agreed.notFinal')}>
              <Checkbox
                label={t('payment.acceptNotFinal')}
                checked={acceptNotFinal}
                onChange={(event) => setAcceptNotFinal(event.currentTarget.checked)}
              />
            </Alert>
          )}
        </DialogForm>
      )}
    </DialogButton>
  )
}

/** Confirms money that came without a word from the payer. */
export function Received({ loan }: { loan: LoanView }) {
  const { t } = useWords()
  const today = useToday()
  const [amount, setAmount] = useState<number | null>(loan.nextDue?.amount ?? null)
  const [receivedOn, setReceivedOn] = useState(today)
  const [rail, setRail] = useState<Rail>('bank')
  const confirm = useCommand<{ loan: string; amount: number; receivedOn: string; rail: Rail }, PaymentView>({
    path: 'payments/received',
    done: 'payment.confirmed',
  })
  return (
    <DialogButton label={t('payment.received')} title={t('payment.received')} variant="default">
      {(close) => (
        <DialogForm
          hint={t('payment.received.hint')}
          go={t('payment.confirm')}
          busy={confirm.isPending}
          disabled={amount === null}
          error={confirm.error}
          close={close}
          onSubmit={() => {
            if (amount !== null) confirm.mutate({ loan: loan.id, amount, receivedOn, rail }, { onSuccess: close })
          }}
        >
          <MoneyInput
            label={t('amount')}
            currency={loan.principal.currency}
            value={amount}
            onChange={setAmount}
            required
          />
          <DateField label={t('payment.receivedOn')} value={receivedOn} onChange={setReceivedOn} required />
          <RailSelect value={rail} onChange={setRail} />
        </DialogForm>
      )}
    </DialogButton>
  )
}

/** Says that money paid beyond the debt was given back. */
export function Refund({ loan }: { loan: LoanView }) {
  const { t } = useWords()
  const today = useToday()
  const [amount, setAmount] = useState<number | null>(loan.overpaid)
  const [valueDate, setValueDate] = useState(today)
  const refund = useCommand<{ amount: number; valueDate: string }, object>({
    path: `loans/${loan.id}/refunds`,
    done: 'refund.done',
  })
  return (
    <DialogButton label={t('refund')} title={t('refund.title')} variant="default">
      {(close) => (
        <DialogForm
          hint={t('refund.hint')}
          go={t('refund.go')}
          busy={refund.isPending}
          disabled={amount === null}
          error={refund.error}
          close={close}
          onSubmit={() => amount !== null && refund.mutate({ amount, valueDate }, { onSuccess: close })}
        >
          <LoanSum loan={loan} items={[['payment.overpaid', loan.overpaid]]} />
          <SimpleGrid cols={2}>
            <MoneyInput label={t('amount')} currency={loan.principal.currency} value={amount} onChange={setAmount} />
            <DateField label={t('payment.valueDate')} value={valueDate} onChange={setValueDate} />
          </SimpleGrid>
        </DialogForm>
      )}
    </DialogButton>
  )
}

/** Credits the borrower without money: out of goodwill, or because something was returned. */
export function Credit({ loan }: { loan: LoanView }) {
  const { t } = useWords()
  const today = useToday()
  const [credit, setCredit] = useState<CreditView['credit']>('goodwill')
  const [amount, setAmount] = useState<number | null>(null)
  const [date, setDate] = useState(today)
  const [reason, setReason] = useState('')
  const grant = useCommand<{ credit: CreditView['credit']; amount: number; date: string; reason: string }, LoanView>({
    path: `loans/${loan.id}/credits`,
    done: 'credit.done',
  })
  const left = Math.max(loan.outstanding - (amount ?? 0), 0)
  return (
    <DialogButton label={t('credit')} title={t('credit.title')} variant="default">
      {(close) => (
        <DialogForm
          hint={t('credit.hint')}
          go={t('credit.go')}
          busy={grant.isPending}
          disabled={amount === null || amount === 0}
          error={grant.error}
          close={close}
          onSubmit={() =>
            amount !== null && grant.mutate({ credit, amount, date, reason: reason.trim() }, { onSuccess: close })
          }
        >
          <Select
            label={t('credit.kind')}
            allowDeselect={false}
            value={credit}
            onChange={(chosen) => setCredit(CREDITS.find((known) => known === chosen) ?? credit)}
            data={CREDITS.map((value) => ({ value, label: t(`credit.${value}`) }))}
          />
          <SimpleGrid cols={2}>
            <MoneyInput label={t('amount')} currency={loan.principal.currency} value={amount} onChange={setAmount} />
            <DateField label={t('payment.valueDate')} value={date} onChange={setDate} />
          </SimpleGrid>
          <ReasonField value={reason} onChange={setReason} />
          <LoanSum
            loan={loan}
            items={[
              ['loans.toPay', loan.outstanding],
              ['loan.toPayAfter', left],
            ]}
          />
        </DialogForm>
      )}
    </DialogButton>
  )
}
