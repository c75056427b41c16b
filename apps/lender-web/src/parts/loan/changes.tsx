/** Changes of the table that both parties sign: proposed, looked at row by row, signed or declined. */
import { Accordion, Badge, Group, Stack, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { LoanChange, LoanChangeView, LoanView } from '#libs/messages'
import { useCommand } from '../../api/command'
import { changeQuery } from '../../api/queries'
import { changeOf, draftFor } from '../../figures/loan-change'
import { useMayAct } from '../../shell/account'
import { useToday } from '../../shell/clock'
import { useWords } from '../../words/words'
import { StateBadge } from '../badges'
import { DialogButton, DialogForm, ReasonField } from '../dialog'
import { Facts, Moment } from '../figures'
import { Person } from '../identity'
import { CountInput, DateField } from '../inputs'
import { TextLink } from '../link'
import { Answer, Empty, Section } from '../states'
import { ChangeFields } from './change-fields'
import { ChangedTable } from './changed-table'
import { LoanSum } from './loan-sum'

const DEFAULT_HOURS = 168

export function LoanChanges({ loan }: { loan: LoanView }) {
  const { t } = useWords()
  const mayAct = useMayAct()
  const last = loan.changes.at(-1)
  return (
    <Section
      title={t('changes')}
      flush
      action={mayAct && loan.may.includes('loans.proposeChange') ? <Propose loan={loan} /> : undefined}
    >
      {last === undefined ? (
        <Empty icon="clock" title={t('changes.none')}>
          {t('changes.none.hint')}
        </Empty>
      ) : (
        <Accordion defaultValue={last.id} variant="default" order={3}>
          {loan.changes.map((change) => (
            <Change key={change.id} loan={loan} change={change} />
          ))}
        </Accordion>
      )}
    </Section>
  )
}

/** A change in a sentence. */
function useChangeText(): (change: LoanChange) => string {
  const { t, date, rate } = useWords()
  return (change) => {
    switch (change.type) {
      case 'reamortise':
        return t('change.reamortise')
      case 'interestPause':
        return t('change.interestPause.text', { from: date(change.from), to: date(change.to) })
      case 'reage':
        return t('change.reage.text', { count: change.instalments, from: date(change.firstDue) })
      case 'reschedule':
        return [
          t('change.reschedule.text', { from: date(change.from) }),
          ...(change.newDueDate === undefined ? [] : [`${t('change.newDueDate')} ${date(change.newDueDate)}`]),
          ...(change.extraInstalments === undefined ? [] : [`${t('change.extra')} ${change.extraInstalments}`]),
          ...(change.principalGraceInstalments === undefined
            ? []
            : [`${t('change.grace')} ${change.principalGraceInstalments}`]),
          ...(change.annualRatePpm === undefined ? [] : [`${t('change.rate')} ${rate(change.annualRatePpm)}`]),
        ].join(' · ')
    }
  }
}

function Change({ loan, change }: { loan: LoanView; change: LoanChangeView }) {
  const { t, date, instant } = useWords()
  const textOf = useChangeText()
  const mayAct = useMayAct()
  const { currency } = loan.principal
  const aliasOf = (identity: string) => (identity === loan.lender ? loan.lenderAlias : loan.borrowerAlias)
  return (
    <Accordion.Item value={change.id}>
      <Accordion.Control>
        <Group gap="sm">
          <StateBadge state={change.status} />
          <Text fw={500}>{textOf(change.change)}</Text>
        </Group>
      </Accordion.Control>
      <Accordion.Panel>
        <Stack>
          {change.withoutEffect !== null && (
            <Badge variant="filled" color="red">
              {t('record.void', { reason: change.withoutEffect.replaceAll('_', ' ') })}
            </Badge>
          )}
          <Facts
            items={[
              [t('change.by'), <Person key="by" identity={change.by} alias={aliasOf(change.by)} />],
              [t('change.effective'), date(change.effectiveOn)],
              [t('reason'), change.reason === '' ? '–' : change.reason],
              ...(change.status === 'proposed' ? ([[t('change.until'), instant(change.expiresAtMs)]] as const) : []),
              ...(change.declinedBecause === null
                ? []
                : ([[t('change.declinedBecause'), change.declinedBecause]] as const)),
              ...change.signatures.map(
                ({ identity, signedAtMs }) =>
                  [
                    t('change.signature', { who: aliasOf(identity) ?? identity.slice(0, 6) }),
                    signedAtMs === null ? t('loan.unsigned') : <Moment key={identity} atMs={signedAtMs} />,
                  ] as const,
              ),
            ]}
          />
          <ChangedTable label={t('change.table')} rows={change.table} currency={currency} />
          <Group justify="space-between">
            <TextLink to="/records/$record" params={{ record: change.id }} style={{ fontSize: 14 }}>
              {t('record.behind')}
            </TextLink>
            {mayAct && (
              <Group gap="xs">
                {change.may.includes('loans.declineChange') && <DeclineChange loan={loan} change={change} />}
                {change.may.includes('loans.signChange') && <SignChange loan={loan} change={change} />}
              </Group>
            )}
          </Group>
        </Stack>
      </Accordion.Panel>
    </Accordion.Item>
  )
}

function SignChange({ loan, change }: { loan: LoanView; change: LoanChangeView }) {
  const { t } = useWords()
  const sign = useCommand<object, LoanView>({
    path: `loans/${loan.id}/changes/${change.id}/sign`,
    done: 'change.signed',
  })
  return (
    <DialogButton label={t('loan.sign')} title={t('change.sign.title')} large>
      {(close) => (
        <DialogForm
          hint={t('loan.sign.text')}
          go={t('loan.sign')}
          busy={sign.isPending}
          error={sign.error}
          close={close}
          onSubmit={() => sign.mutate({}, { onSuccess: close })}
        >
          <ChangedTable label={t('change.table')} rows={change.table} currency={loan.principal.currency} />
        </DialogForm>
      )}
    </DialogButton>
  )
}

function DeclineChange({ loan, change }: { loan: LoanView; change: LoanChangeView }) {
  const { t } = useWords()
  const [reason, setReason] = useState('')
  const decline = useCommand<{ reason: string }, LoanView>({
    path: `loans/${loan.id}/changes/${change.id}/decline`,
    done: 'loan.declined',
  })
  return (
    <DialogButton label={t('application.decline')} title={t('change.decline.title')} variant="default">
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

function Propose({ loan }: { loan: LoanView }) {
  const { t } = useWords()
  return (
    <DialogButton label={t('change.propose')} title={t('change.propose')} large>
      {(close) => <ProposeForm loan={loan} close={close} />}
    </DialogButton>
  )
}

interface Proposed {
  change: LoanChange
  effectiveOn: string
  reason: string
  expiresInHours: number
}

/** What the change would make stands beside what is, before it is proposed; the proposal is one's signature. */
function ProposeForm({ loan, close }: { loan: LoanView; close: () => void }) {
  const { t } = useWords()
  const today = useToday()
  const { currency } = loan.principal
  const [draft, setDraft] = useState(() => draftFor(loan, today))
  const [effectiveOn, setEffectiveOn] = useState(today)
  const [reason, setReason] = useState('')
  const [expiresInHours, setExpiresInHours] = useState<number | null>(DEFAULT_HOURS)
  const change = changeOf(draft)
  const asked = JSON.stringify({ change, effectiveOn })
  const [settled] = useDebouncedValue(asked, 250)
  const preview = useQuery({
    ...changeQuery(loan.id, JSON.parse(settled) as { change: LoanChange | null; effectiveOn: string }),
    enabled: change !== null && effectiveOn !== '' && asked === settled,
    placeholderData: keepPreviousData,
  })
  const propose = useCommand<Proposed, LoanView>({ path: `loans/${loan.id}/changes`, done: 'change.proposed' })
  const seen = preview.isSuccess && !preview.isPlaceholderData && asked === settled
  return (
    <DialogForm
      hint={t('change.propose.hint')}
      go={t('application.propose')}
      busy={propose.isPending}
      disabled={!seen}
      error={propose.error}
      close={close}
      onSubmit={() => {
        if (change === null) return
        const hours = expiresInHours ?? DEFAULT_HOURS
        propose.mutate({ change, effectiveOn, reason: reason.trim(), expiresInHours: hours }, { onSuccess: close })
      }}
    >
      <ChangeFields loan={loan} draft={draft} set={(part) => setDraft((before) => ({ ...before, ...part }))} />
      <Group grow>
        <DateField label={t('change.effective')} value={effectiveOn} onChange={setEffectiveOn} />
        <CountInput
          label={t('application.expires')}
          unit={t('unit.hours')}
          value={expiresInHours}
          onChange={setExpiresInHours}
        />
      </Group>
      <ReasonField value={reason} onChange={setReason} />
      {change === null ? (
        <Text c="dimmed">{t('change.incomplete')}</Text>
      ) : (
        <Answer of={preview} rows={4}>
          {(shown) => (
            <Stack gap="sm" aria-live="polite">
              <LoanSum
                loan={loan}
                items={[
                  ['change.before', shown.outstandingBefore],
                  ['change.after', shown.outstandingAfter],
                ]}
              />
              <ChangedTable label={t('change.table')} rows={shown.after} before={shown.before} currency={currency} />
            </Stack>
          )}
        </Answer>
      )}
    </DialogForm>
  )
}
