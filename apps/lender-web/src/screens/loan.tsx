/** One loan: what was agreed, what is paid and to come, what happened to it, and the records behind every figure. */
import { Group, Paper, Tabs, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import type { LoanView } from '#libs/messages'
import { loanQuery } from '../api/queries'
import { FinalityBadge, StateBadge } from '../parts/badges'
import { Figure, Figures, Money } from '../parts/figures'
import { Person } from '../parts/identity'
import { LoanActions, LoanServicing } from '../parts/loan/actions'
import { LoanAgreement } from '../parts/loan/agreement'
import { LoanBooks } from '../parts/loan/books'
import { LoanChanges } from '../parts/loan/changes'
import { LoanCharges } from '../parts/loan/charges'
import { LoanPayments } from '../parts/loan/payments'
import { LoanSchedule } from '../parts/loan/schedule'
import { Situation } from '../parts/loan/situation'
import { Screen } from '../parts/screen'
import { Answer } from '../parts/states'
import { Timeline } from '../parts/timeline'
import { useWords } from '../words/words'

export function Loan() {
  const { loan: id } = useParams({ from: '/loans/$loan' })
  const query = useQuery(loanQuery(id))
  return <Answer of={query}>{(loan) => <Shown loan={loan} />}</Answer>
}

function Shown({ loan }: { loan: LoanView }) {
  const { t, money } = useWords()
  const go = useNavigate()
  const { tab = 'schedule' } = useSearch({ from: '/loans/$loan' })
  const { currency } = loan.principal
  return (
    <Screen
      title={t('loan.title', { amount: money(loan.principal.amount, currency) })}
      back={{ to: '/loans', label: t('nav.loans') }}
      lead={
        <Group gap={8}>
          <StateBadge state={loan.status} />
          <FinalityBadge finality={loan.final ? 'final' : 'stored'} />
          <Text component="span" inherit>
            {t(loan.side === 'borrower' ? 'loan.from' : 'loan.to')}
          </Text>
          {loan.side === 'borrower' ? (
            <Person identity={loan.lender} alias={loan.lenderAlias} />
          ) : (
            <Person identity={loan.borrower} alias={loan.borrowerAlias} />
          )}
        </Group>
      }
      action={<LoanActions loan={loan} />}
    >
      <Situation loan={loan} />
      <Figures>
        <Figure
          label={t('loan.outstanding')}
          note={t('loan.outstanding.note', { interest: money(loan.accruedInterest, currency) })}
        >
          <Money amount={loan.outstandingParts.principal} currency={currency} />
        </Figure>
        <Figure
          label={t('loan.paid')}
          note={t('loan.paid.note', {
            principal: money(loan.paid.principal, currency),
            interest: money(loan.paid.interest + loan.paid.fees + loan.paid.penalties, currency),
          })}
        >
          <Money amount={loan.paid.total} currency={currency} />
        </Figure>
        <NextDue loan={loan} />
        <Figure label={t('overview.overdue')} note={t('loans.late', { days: loan.daysPastDue })}>
          <Text component="span" inherit {...(loan.overdue > 0 ? { c: 'red' } : {})}>
            <Money amount={loan.overdue} currency={currency} />
          </Text>
        </Figure>
      </Figures>
      <LoanServicing loan={loan} />
      <Tabs
        value={tab}
        onChange={(to) =>
          void go({ to: '/loans/$loan', params: { loan: loan.id }, search: { tab: to ?? tab }, replace: true })
        }
        keepMounted={false}
      >
        <Tabs.List mb="lg">
          <Tabs.Tab value="schedule">{t('loan.schedule')}</Tabs.Tab>
          <Tabs.Tab value="payments">{t('loan.payments')}</Tabs.Tab>
          <Tabs.Tab value="charges">{t('charges')}</Tabs.Tab>
          <Tabs.Tab value="changes">{t('changes')}</Tabs.Tab>
          <Tabs.Tab value="terms">{t('offers.terms')}</Tabs.Tab>
          <Tabs.Tab value="records">{t('loan.records')}</Tabs.Tab>
          <Tabs.Tab value="ledger">{t('nav.ledger')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="schedule">
          <LoanSchedule loan={loan} />
        </Tabs.Panel>
        <Tabs.Panel value="payments">
          <LoanPayments loan={loan} />
        </Tabs.Panel>
        <Tabs.Panel value="charges">
          <LoanCharges loan={loan} />
        </Tabs.Panel>
        <Tabs.Panel value="changes">
          <LoanChanges loan={loan} />
        </Tabs.Panel>
        <Tabs.Panel value="terms">
          <LoanAgreement loan={loan} />
        </Tabs.Panel>
        <Tabs.Panel value="records">
          <Paper>
            <Timeline subject={loan.id} said={loan.timeline} currency={currency} />
          </Paper>
        </Tabs.Panel>
        <Tabs.Panel value="ledger">
          <LoanBooks loan={loan.id} />
        </Tabs.Panel>
      </Tabs>
    </Screen>
  )
}

function NextDue({ loan }: { loan: LoanView }) {
  const { t, date } = useWords()
  return (
    <Figure label={t('loan.next')} note={loan.nextDue === null ? t('loan.next.none') : date(loan.nextDue.date)}>
      {loan.nextDue === null ? '–' : <Money amount={loan.nextDue.amount} currency={loan.principal.currency} />}
    </Figure>
  )
}
