/** What one can do with a loan now: sign it or decline, say that the money was sent, confirm what came without a word. */
import { Alert, Button, Checkbox, Group, Modal, Select, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { type ReactNode, useState } from 'react'
import type { LoanView, PaymentView, Rail } from '#libs/messages'
import { useCommand } from '../api/command'
import { useMayAct } from '../shell/account'
import { useToday } from '../shell/clock'
import { useWords, type WordKey } from '../words/words'
import { MoneyInput } from './inputs'
import { Problem } from './states'

export const RAILS: readonly Rail[] = ['bank', 'mobile-money', 'cash', 'bitcoin', 'other']

export function LoanActions({ loan }: { loan: LoanView }) {
  const mayAct = useMayAct()
  if (!mayAct) return null
  const may = (message: string) => loan.may.includes(message)
  return (
    <Group>
      {may('loans.decline') && <Decline loan={loan} />}
      {may('loans.sign') && <Sign loan={loan} />}
      {may('payments.send') && <Send loan={loan} />}
      {may('payments.confirm') && <Received loan={loan} />}
    </Group>
  )
}

/** A button that opens a dialog, whose body closes it. */
function Dialog({
  label,
  title,
  variant = 'filled',
  children,
}: {
  label: string
  title: string
  variant?: string
  children: (close: () => void) => ReactNode
}) {
  const { t } = useWords()
  const [opened, dialog] = useDisclosure()
  return (
    <>
      <Button variant={variant} onClick={dialog.open}>
        {label}
      </Button>
      <Modal opened={opened} onClose={dialog.close} title={title} closeButtonProps={{ 'aria-label': t('close') }}>
        {children(dialog.close)}
      </Modal>
    </>
  )
}

function Buttons({ close, busy, go, label }: { close: () => void; busy: boolean; go?: () => void; label: string }) {
  const { t } = useWords()
  return (
    <Group justify="end">
      <Button variant="default" onClick={close}>
        {t('cancel')}
      </Button>
      <Button loading={busy} {...(go ? { onClick: go } : { type: 'submit' })}>
        {label}
      </Button>
    </Group>
  )
}

function Sign({ loan }: { loan: LoanView }) {
  const { t } = useWords()
  const sign = useCommand<object, LoanView>({ path: `loans/${loan.id}/sign`, done: 'loan.signed' })
  return (
    <Dialog label={t('loan.sign')} title={t('loan.sign.title')}>
      {(close) => (
        <Stack>
          <Text>{t('loan.sign.text')}</Text>
          <Problem error={sign.error} />
          <Buttons
            close={close}
            busy={sign.isPending}
            label={t('loan.sign')}
            go={() => sign.mutate({}, { onSuccess: close })}
          />
        </Stack>
      )}
    </Dialog>
  )
}

function Decline({ loan }: { loan: LoanView }) {
  const { t } = useWords()
  const [reason, setReason] = useState('')
  const decline = useCommand<{ reason: string }, LoanView>({ path: `loans/${loan.id}/decline`, done: 'loan.declined' })
  return (
    <Dialog label={t('application.decline')} title={t('loan.decline.title')} variant="default">
      {(close) => (
        <Stack>
          <Textarea
            label={t('reason')}
            autosize
            minRows={2}
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Problem error={decline.error} />
          <Buttons
            close={close}
            busy={decline.isPending}
            label={t('application.decline')}
            go={() => decline.mutate({ reason: reason.trim() }, { onSuccess: close })}
          />
        </Stack>
      )}
    </Dialog>
  )
}

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

/** Says that money was sent: by a lender the principal, by a borrower a repayment. */
function Send({ loan }: { loan: LoanView }) {
  const { t } = useWords()
  const { currency } = loan.principal
  const lends = loan.side === 'lender'
  const [amount, setAmount] = useState<number | null>(lends ? loan.principal.amount : (loan.nextDue?.amount ?? null))
  const [valueDate, setValueDate] = useState(useToday())
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
    <Dialog
      label={t(lends ? 'payment.disburse' : 'payment.repay')}
      title={t(lends ? 'payment.disburse.title' : 'payment.repay')}
    >
      {(close) => (
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            submit(close)
          }}
        >
          <Stack>
            <Text size="sm" c="dimmed">
              {t('payment.send.hint')}
            </Text>
            <MoneyInput label={t('amount')} currency={currency} value={amount} onChange={setAmount} required />
            <TextInput
              type="date"
              label={t('payment.valueDate')}
              value={valueDate}
              onChange={(event) => setValueDate(event.currentTarget.value)}
              required
            />
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
            <Problem error={send.error} />
            <Buttons close={close} busy={send.isPending} label={t('payment.send.go')} />
          </Stack>
        </form>
      )}
    </Dialog>
  )
}

/** Confirms money that came without a word from the payer. */
function Received({ loan }: { loan: LoanView }) {
  const { t } = useWords()
  const [amount, setAmount] = useState<number | null>(loan.nextDue?.amount ?? null)
  const [receivedOn, setReceivedOn] = useState(useToday())
  const [rail, setRail] = useState<Rail>('bank')
  const confirm = useCommand<{ loan: string; amount: number; receivedOn: string; rail: Rail }, PaymentView>({
    path: 'payments/received',
    done: 'payment.confirmed',
  })
  return (
    <Dialog label={t('payment.received')} title={t('payment.received')} variant="default">
      {(close) => (
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            if (amount !== null) confirm.mutate({ loan: loan.id, amount, receivedOn, rail }, { onSuccess: close })
          }}
        >
          <Stack>
            <Text size="sm" c="dimmed">
              {t('payment.received.hint')}
            </Text>
            <MoneyInput
              label={t('amount')}
              currency={loan.principal.currency}
              value={amount}
              onChange={setAmount}
              required
            />
            <TextInput
              type="date"
              label={t('payment.receivedOn')}
              value={receivedOn}
              onChange={(event) => setReceivedOn(event.currentTarget.value)}
              required
            />
            <RailSelect value={rail} onChange={setRail} />
            <Problem error={confirm.error} />
            <Buttons close={close} busy={confirm.isPending} label={t('payment.confirm')} />
          </Stack>
        </form>
      )}
    </Dialog>
  )
}
