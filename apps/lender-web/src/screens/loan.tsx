/** One loan: what was agreed, what is paid and to come, and the records and postings behind every figure. */
import { Alert, Grid, Group, Paper, Stack, Tabs, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import type { LoanView } from '#libs/messages'
import { loanQuery } from '../api/queries'
import { FinalityBadge, StateBadge } from '../parts/badges'
import { Facts, Figure, Figures, Moment, Money } from '../parts/figures'
import { Icon } from '../parts/icons'
import { Person } from '../parts/identity'
import { LoanBooks } from '../parts/loan-books'
import { LoanActions } from '../parts/loan-actions'
import { LoanPayments } from '../parts/loan-payments'
import { LoanSchedule } from '../parts/loan-schedule'
import { Screen } from '../parts/screen'
import { Answer, Section } from '../parts/states'
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
      {loan.warnings?.map((warning) => (
        <Warning key={warning} warning={warning} />
      ))}
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
            interest: money(loan.paid.interest + loan.paid.fees, currency),
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
        <Tabs.Panel value="terms">
          <Terms loan={loan} />
        </Tabs.Panel>
        <Tabs.Panel value="records">
          <Paper>
            <Timeline subject={loan.id} />
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

/** What the loan waits for, in a sentence. */
function Situation({ loan }: { loan: LoanView }) {
  const { t, instant } = useWords()
  if (loan.status === 'proposed') {
    return (
      <Alert variant="light" color="blue" icon={<Icon name="clock" />} title={t('loan.proposed')}>
        {t('loan.proposed.text', { until: instant(loan.expiresAtMs) })}
      </Alert>
    )
  }
  if (loan.status !== 'agreed' || loan.disbursed > 0) return null
  const final = loan.conclusion?.final === true
  return (
    <Alert
      variant="light"
      color={final ? 'pine' : 'orange'}
      icon={<Icon name={final ? 'seal' : 'clock'} />}
      title={t(final ? 'loan.agreed' : 'loan.agreed.notFinal')}
    >
      {t(final ? 'loan.agreed.text' : 'loan.agreed.notFinal.text')}
    </Alert>
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

function Terms({ loan }: { loan: LoanView }) {
  const { t, rate, apr, date, money } = useWords()
  const { currency } = loan.principal
  const terms = loan.terms.loan
  return (
    <Grid gap="lg">
      <Grid.Col span={{ base: 12, md: 7 }}>
        <Section title={t('loan.terms')}>
          <Facts
            items={[
              [t('loans.principal'), <Money key="principal" {...loan.principal} />],
              [t('terms.rate.label'), rate(loan.annualRatePpm)],
              [t('preview.instalments'), loan.instalments],
              [t('terms.method'), t(`method.${terms.method}`)],
              [t('terms.dayCount'), t(`dayCount.${terms.dayCount}`)],
              [t('application.start'), date(terms.startDate)],
              [t('terms.grace'), t('days', { count: terms.arrears?.graceDays ?? 0 })],
              [t('cost.apr'), apr(loan.cost.aprPpm)],
              [t('cost.aprc'), apr(loan.cost.aprcPpm)],
              [t('cost.interest'), money(loan.cost.totalInterest, currency)],
              [t('cost.fees'), money(loan.cost.totalFees, currency)],
              [t('cost.total'), money(loan.cost.totalOfPayments, currency)],
              [t('application.purpose'), loan.purpose],
            ]}
          />
        </Section>
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 5 }}>
        <Section title={t('loan.signatures')}>
          <Stack gap="sm">
            {loan.signatures.map(({ identity, signedAtMs }) => (
              <Group key={identity} justify="space-between">
                <Person identity={identity} alias={identity === loan.lender ? loan.lenderAlias : loan.borrowerAlias} />
                <Text size="sm" c="dimmed">
                  {signedAtMs === null ? t('loan.unsigned') : <Moment atMs={signedAtMs} />}
                </Text>
              </Group>
            ))}
            {loan.conclusion !== null && (
              <Group justify="space-between">
                <Text size="sm">{t('loan.concluded')}</Text>
                <Group gap={6}>
                  <FinalityBadge finality={loan.conclusion.final ? 'final' : 'stored'} />
                  <Text size="sm" c="dimmed">
                    <Moment atMs={loan.conclusion.atMs} />
                  </Text>
                </Group>
              </Group>
            )}
          </Stack>
        </Section>
      </Grid.Col>
    </Grid>
  )
}
