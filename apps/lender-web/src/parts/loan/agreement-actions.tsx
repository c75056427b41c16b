/** The yes and the no to an agreement that is proposed. */
import { useState } from 'react'
import type { LoanView } from '#libs/messages'
import { useCommand } from '../../api/command'
import { useWords } from '../../words/words'
import { useAccount } from '../../shell/account'
import { DialogButton, DialogForm, ReasonField } from '../dialog'
import { Line } from '../figures'
import { LoanSum } from './loan-sum'

export function Sign({ loan }: { loan: LoanView }) {
  const { t, rate } = useWords()
  const sign = useCommand<object, LoanView>({ path: `loans/${loan.id}/sign`, done: 'loan.signed' })
  const { identity } = useAccount()
  const own = loan.lenders.length > 1 ? loan.lenders.find((lender) => lender.identity === identity) : undefined
  return (
    <DialogButton label={t('loan.sign')} title={t('loan.sign.title')}>
      {(close) => (
        <DialogForm
          hint={t('loan.sign.text')}
          go={t('loan.sign')}
          busy={sign.isPending}
          error={sign.error}
          close={close}
          onSubmit={() => sign.mutate({}, { onSuccess: close })}
        >
          <LoanSum
            loan={loan}
            items={[
              ['cost.lent', loan.principal.amount],
              ['cost.total', loan.cost.totalOfPayments],
              ...(own ? ([['loan.share.own', own.share]] as const) : []),
            ]}
          />
          {own && <Line label={t('terms.rate.label')}>{rate(own.ratePpm)}</Line>}
        </DialogForm>
      )}
    </DialogButton>
  )
}

export function Decline({ loan }: { loan: LoanView }) {
  const { t } = useWords()
  const [reason, setReason] = useState('')
  const decline = useCommand<{ reason: string }, LoanView>({ path: `loans/${loan.id}/decline`, done: 'loan.declined' })
  return (
    <DialogButton label={t('application.decline')} title={t('loan.decline.title')} variant="default">
      {(close) => (
        <DialogForm
          go={t('application.decline')}
          busy={decline.isPending}
          error={decline.error}
          close={close}
          onSubmit={() => decline.mutate({ reason: reason.trim() }, { onSuccess: close })}
        >
          <ReasonField value={reason} onChange={setReason} />
        </DialogForm>
      )}
    </DialogButton>
  )
}
