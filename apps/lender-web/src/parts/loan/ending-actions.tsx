/** How a loan ends otherwise than by its schedule: settled early, in default, written off, withdrawn from. */
import { Alert, Stack } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { LoanView, PaymentView, Rail } from '#libs/messages'
import { useCommand } from '../../api/command'
import { settlementQuery } from '../../api/queries'
import { useToday } from '../../shell/clock'
import { useWords, type WordKey } from '../../words/words'
import { DialogButton, DialogForm, ReasonField } from '../dialog'
import { DateField } from '../inputs'
import { Answer } from '../states'
import { LoanSum } from './loan-sum'
import { RailSelect } from './money-actions'

/** What settles the loan on a day, to the cent; and that this money came, or was sent. */
export function Settlement({ loan }: { loan: LoanView }) {
  const { t, date } = useWords()
  const today = useToday()
  const [day, setDay] = useState(today)
  const [rail, setRail] = useState<Rail>('bank')
  const lends = loan.side === 'lender'
  const quote = useQuery({
    ...settlementQuery(loan.id, day),
    enabled: day !== '',
    placeholderData: keepPreviousData,
  })
  const settle = useCommand<object, PaymentView>({
    path: lends ? 'payments/received' : 'payments',
    done: lends ? 'payment.confirmed' : 'payment.sent',
  })
  const amount = quote.data?.total
  const current = quote.isSuccess && !quote.isPlaceholderData
  const submit = (close: () => void) => {
    if (amount === undefined) return
    const dated = lends ? { receivedOn: day } : { valueDate: day }
    settle.mutate({ loan: loan.id, amount, rail, settles: true, ...dated }, { onSuccess: close })
  }
  return (
    <DialogButton label={t('settlement')} title={t('settlement.title')} variant="default">
      {(close) => (
        <DialogForm
          hint={t(lends ? 'settlement.hint' : 'settlement.hint.borrower')}
          go={t(lends ? 'settlement.received' : 'settlement.sent')}
          busy={settle.isPending}
          disabled={!current || !loan.may.includes(lends ? 'payments.confirm' : 'payments.send')}
          error={settle.error}
          close={close}
          onSubmit={() => submit(close)}
        >
          <DateField label={t('settlement.on')} value={day} onChange={setDay} required />
          <Answer of={quote} rows={4}>
            {(shown) => (
              <Stack gap="xs" aria-live="polite">
                <LoanSum
                  loan={loan}
                  items={[
                    ['schedule.principal', shown.principal],
                    ['schedule.interest', shown.interest],
                    ['schedule.fees', shown.fees],
                    ['settlement.early', shown.earlySettlementFee],
                    ['schedule.penalties', shown.penalties],
                    ['settlement.total', shown.total],
                  ]}
                />
                <Alert variant="light" color="gray">
                  {t('settlement.holds', { until: date(shown.holdsUntil) })}{' '}
                  {shown.saved > 0 && <Saved loan={loan} saved={shown.saved} />}
                </Alert>
              </Stack>
            )}
          </Answer>
          <RailSelect value={rail} onChange={setRail} />
        </DialogForm>
      )}
    </DialogButton>
  )
}

function Saved({ loan, saved }: { loan: LoanView; saved: number }) {
  const { t, money } = useWords()
  return t('settlement.saves', { amount: money(saved, loan.principal.currency) })
}

type Ending = 'default' | 'writeOff' | 'withdraw' | 'contest'

const ENDINGS: Record<Ending, { path: string; message: string; sum: (loan: LoanView) => [WordKey, number][] }> = {
  default: {
    path: 'default',
    message: 'loans.declareDefault',
    sum: ({ overdue, outstanding }) => [
      ['overview.overdue', overdue],
      ['loans.toPay', outstanding],
    ],
  },
  writeOff: {
    path: 'write-off',
    message: 'loans.writeOff',
    sum: ({ outstandingParts }) => [['reports.principalOwed', outstandingParts.principal]],
  },
  withdraw: {
    path: 'cancellation',
    message: 'loans.cancel',
    sum: ({ outstandingParts, accruedInterest }) => [
      ['reports.principalOwed', outstandingParts.principal],
      ['cancel.interest', accruedInterest],
    ],
  },
  contest: {
    path: 'cancellation/contest',
    message: 'loans.contestCancellation',
    sum: ({ outstanding }) => [['loans.toPay', outstanding]],
  },
}

export const ENDING_MESSAGES = Object.values(ENDINGS).map(({ message }) => message)

/** What ends the loan, or says that it has not ended: each with its reason, which all can read. */
export function Endings({ loan }: { loan: LoanView }) {
  return (Object.keys(ENDINGS) as Ending[])
    .filter((ending) => loan.may.includes(ENDINGS[ending].message))
    .map((ending) => <End key={ending} ending={ending} loan={loan} />)
}

function End({ ending, loan }: { ending: Ending; loan: LoanView }) {
  const { t } = useWords()
  const [reason, setReason] = useState('')
  const { path, sum } = ENDINGS[ending]
  const end = useCommand<{ reason: string }, LoanView>({ path: `loans/${loan.id}/${path}`, done: `${ending}.done` })
  return (
    <DialogButton label={t(ending)} title={t(`${ending}.title`)} variant="default">
      {(close) => (
        <DialogForm
          hint={t(`${ending}.hint`, { days: loan.daysPastDue })}
          go={t(ending)}
          danger
          busy={end.isPending}
          error={end.error}
          close={close}
          onSubmit={() => end.mutate({ reason: reason.trim() }, { onSuccess: close })}
        >
          <LoanSum loan={loan} items={sum(loan)} />
          <ReasonField value={reason} onChange={setReason} hint={t('reason.read')} />
        </DialogForm>
      )}
    </DialogButton>
  )
}
