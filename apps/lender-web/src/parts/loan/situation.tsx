/** What a loan waits for, and what has befallen it: each in a sentence, before its figures. */
import { Alert } from '@mantine/core'
import type { ReactNode } from 'react'
import type { LoanView } from '#libs/messages'
import { useWords } from '../../words/words'
import { Icon, type IconName } from '../icons'
import { useProblemName } from '../states'

export function Situation({ loan }: { loan: LoanView }) {
  return (
    <>
      <Waiting loan={loan} />
      <Befallen loan={loan} />
      {loan.warnings?.map((warning) => (
        <Warning key={warning} warning={warning} />
      ))}
    </>
  )
}

function Note({
  color,
  icon,
  title,
  children,
}: {
  color: string
  icon: IconName
  title: string
  children?: ReactNode
}) {
  return (
    <Alert variant="light" color={color} icon={<Icon name={icon} />} title={title}>
      {children}
    </Alert>
  )
}

/** What it waits for. */
function Waiting({ loan }: { loan: LoanView }) {
  const { t, instant } = useWords()
  if (loan.status === 'proposed')
    return (
      <Note color="blue" icon="clock" title={t('loan.proposed')}>
        {t('loan.proposed.text', { until: instant(loan.expiresAtMs) })}
      </Note>
    )
  if (loan.status !== 'agreed' || loan.disbursed > 0) return null
  const final = loan.conclusion?.final === true
  return (
    <Note
      color={final ? 'pine' : 'orange'}
      icon={final ? 'seal' : 'clock'}
      title={t(final ? 'loan.agreed' : 'loan.agreed.notFinal')}
    >
      {t(final ? 'loan.agreed.text' : 'loan.agreed.notFinal.text')}
    </Note>
  )
}

/** Default, loss, withdrawal, changes; and what was recorded and could not take effect. */
function Befallen({ loan }: { loan: LoanView }) {
  const { t, date, money, instant } = useWords()
  const nameOf = useProblemName()
  const { default: inDefault, writtenOff, cancellation, withoutEffect } = loan
  const { currency } = loan.principal
  const toSign = loan.changes.filter(({ may }) => may.includes('loans.signChange'))
  return (
    <>
      {toSign.length > 0 && (
        <Note color="blue" icon="clock" title={t('situation.change')}>
          {t('situation.change.text')}
        </Note>
      )}
      {inDefault && (
        <Note color="red" icon="warning" title={t('situation.default', { date: date(inDefault.declaredOn) })}>
          {inDefault.reason}
        </Note>
      )}
      {writtenOff && (
        <Note
          color="gray"
          icon="ledger"
          title={t('situation.writtenOff', { amount: money(writtenOff.amount, currency), date: date(writtenOff.on) })}
        >
          {t('situation.writtenOff.text')} {writtenOff.reason}
        </Note>
      )}
      {cancellation && (
        <Note color="orange" icon="warning" title={t('situation.cancelled', { date: date(cancellation.on) })}>
          {cancellation.dueOn === null
            ? t('situation.cancelled.nothing')
            : t('situation.cancelled.owed', {
                amount: money(loan.outstanding, currency),
                date: date(cancellation.dueOn),
              })}
          {cancellation.contested.map(({ by, reason, atMs }) => (
            <div key={`${by} ${atMs}`}>{t('situation.contested', { at: instant(atMs), reason })}</div>
          ))}
        </Note>
      )}
      {loan.cancellableUntilMs !== null && cancellation === null && loan.status !== 'closed' && (
        <Note color="gray" icon="clock" title={t('situation.cancellable')}>
          {t('situation.cancellable.text', { until: instant(loan.cancellableUntilMs) })}
        </Note>
      )}
      {withoutEffect.length > 0 && (
        <Note color="orange" icon="warning" title={t('situation.withoutEffect')}>
          {[...new Set(withoutEffect.map(({ refused }) => nameOf(refused)))].join(' ')}
        </Note>
      )}
    </>
  )
}

/** What to look at before signing. */
function Warning({ warning }: { warning: string }) {
  const { t, knows } = useWords()
  const key = `warning.${warning}`
  return (
    <Alert variant="light" color="orange" icon={<Icon name="warning" />} title={t('warning.title')}>
      {knows(key) ? t(key) : warning.replaceAll('_', ' ')}
    </Alert>
  )
}
