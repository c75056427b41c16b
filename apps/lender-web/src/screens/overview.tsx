/** What one has lent, what comes back, and what waits for one's word today. */
import { Box, Group, Paper, SegmentedControl, Stack, Text, ThemeIcon } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import type { ApplicationView, LoanView, PaymentView } from '#libs/messages'
import { itemsOf, useConcludedLoans, useWhole } from '../api/lists'
import { applicationsQuery, paymentsQuery } from '../api/queries'
import { flowOf, type Totals, totalsOf } from '../figures/portfolio'
import { Figure, Figures, Money } from '../parts/figures'
import { Icon, type IconName } from '../parts/icons'
import { shortId } from '../parts/identity'
import { ButtonLink, RowLink } from '../parts/link'
import { Screen } from '../parts/screen'
import { Empty, Loading, Problem, Section } from '../parts/states'
import { useAccount } from '../shell/account'
import { useToday } from '../shell/clock'
import { useWords } from '../words/words'

const FlowChart = lazy(() => import('../parts/charts').then(({ FlowChart }) => ({ default: FlowChart })))
const MONTHS_SHOWN = 12

export function Overview() {
  const { t } = useWords()
  const { name } = useAccount()
  const { loans, error, refetch } = useConcludedLoans()
  return (
    <Screen title={t('overview.title')} lead={t('overview.lead', { name })}>
      <Today loans={loans ?? []} />
      {loans ? <Portfolio loans={loans} /> : error ? <Problem error={error} retry={refetch} /> : <Loading rows={6} />}
    </Screen>
  )
}

function Portfolio({ loans }: { loans: LoanView[] }) {
  const { t } = useWords()
  const today = useToday()
  const totals = totalsOf(loans)
  const [chosen, choose] = useState<string>()
  const shown = totals.find(({ currency }) => currency === chosen) ?? totals[0]
  if (shown === undefined) {
    return (
      <Paper>
        <Empty
          icon="loans"
          title={t('overview.none')}
          action={<ButtonLink to="/offers/new">{t('offers.make')}</ButtonLink>}
        >
          {t('overview.none.hint')}
        </Empty>
      </Paper>
    )
  }
  return (
    <>
      {totals.length > 1 && (
        <SegmentedControl
          aria-label={t('currency')}
          value={shown.currency}
          onChange={choose}
          data={totals.map(({ currency }) => currency)}
          style={{ alignSelf: 'start' }}
        />
      )}
      <TotalsFigures totals={shown} />
      <Section title={t('overview.flow')}>
        <Suspense fallback={<Loading rows={6} height={30} />}>
          <FlowChart
            months={flowOf(loans, shown.currency, today.slice(0, 7), MONTHS_SHOWN)}
            currency={shown.currency}
          />
        </Suspense>
      </Section>
    </>
  )
}

function TotalsFigures({ totals }: { totals: Totals }) {
  const { t, money } = useWords()
  const { currency } = totals
  return (
    <Figures>
      <Figure label={t('overview.lent')} note={t('overview.loans', { count: totals.loans })}>
        <Money amount={totals.lent} currency={currency} />
      </Figure>
      <Figure label={t('overview.outstanding')} note={t('overview.outstanding.note')}>
        <Money amount={totals.outstanding} currency={currency} />
      </Figure>
      <Figure
        label={t('overview.received')}
        note={t('overview.received.note', { interest: money(totals.receivedInterest, currency) })}
      >
        <Money amount={totals.received} currency={currency} />
      </Figure>
      <Figure
        label={t('overview.overdue')}
        note={totals.overdue === 0n ? t('overview.overdue.none') : t('overview.overdue.some')}
      >
        <Text component="span" inherit {...(totals.overdue > 0n ? { c: 'red' } : {})}>
          <Money amount={totals.overdue} currency={currency} />
        </Text>
      </Figure>
    </Figures>
  )
}

/** What waits for the lender: people who ask, money to send, money to confirm, money that is late. */
function Today({ loans }: { loans: LoanView[] }) {
  const { t, money } = useWords()
  const applications = useInfiniteQuery(applicationsQuery({ status: 'submitted' }))
  const payments = useInfiniteQuery(paymentsQuery({ status: 'sent' }))
  useWhole(payments)
  const asked = itemsOf<ApplicationView>(applications.data)
  const sent = itemsOf<PaymentView>(payments.data)?.filter(({ may }) => may.includes('payments.confirm'))
  const toSend = loans.filter(
    ({ status, may, disbursed }) => status === 'agreed' && disbursed === 0 && may.includes('payments.send'),
  )
  const late = loans.filter(({ status }) => status === 'in_arrears')
  const error = applications.error ?? payments.error
  const nothing = asked?.length === 0 && sent?.length === 0 && toSend.length === 0 && late.length === 0

  return (
    <Section title={t('today.title')} flush>
      {error !== null && <Problem error={error} />}
      {(asked === undefined || sent === undefined) && error === null && (
        <Box p="lg" pt="xs">
          <Loading rows={2} />
        </Box>
      )}
      {nothing && (
        <Group p="lg" pt="xs" gap="sm" c="dimmed">
          <Icon name="check" />
          <Text>{t('today.nothing')}</Text>
        </Group>
      )}
      <Stack gap={0} component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
        {asked?.map((application) => (
          <Task
            key={application.id}
            icon="inbox"
            title={t('today.application', { who: application.borrowerAlias ?? shortId(application.borrower) })}
            detail={`${money(application.amount.amount, application.amount.currency)} · ${application.purpose}`}
            link={(body) => (
              <RowLink to="/applications/$application" params={{ application: application.id }}>
                {body}
              </RowLink>
            )}
          />
        ))}
        {sent?.map((payment) => (
          <LoanTask
            key={payment.id}
            loan={payment.loan}
            icon="check"
            title={t('today.confirm', { amount: money(payment.amount.amount, payment.amount.currency) })}
            detail={t('today.confirm.hint', { who: shortId(payment.payer) })}
          />
        ))}
        {toSend.map((loan) => (
          <LoanTask
            key={loan.id}
            loan={loan.id}
            icon="arrow"
            title={t('today.send', {
              amount: money(loan.principal.amount, loan.principal.currency),
              who: loan.borrowerAlias ?? shortId(loan.borrower),
            })}
            detail={loan.conclusion?.final === true ? t('today.send.final') : t('today.send.notFinal')}
          />
        ))}
        {late.map((loan) => (
          <LoanTask
            key={loan.id}
            loan={loan.id}
            icon="warning"
            title={t('today.late', {
              who: loan.borrowerAlias ?? shortId(loan.borrower),
              days: loan.daysPastDue,
            })}
            detail={t('today.late.amount', { amount: money(loan.overdue, loan.principal.currency) })}
          />
        ))}
      </Stack>
    </Section>
  )
}

function LoanTask({ loan, ...task }: { loan: string; icon: IconName; title: string; detail: string }) {
  return (
    <Task
      {...task}
      link={(body) => (
        <RowLink to="/loans/$loan" params={{ loan }}>
          {body}
        </RowLink>
      )}
    />
  )
}

function Task({
  icon,
  title,
  detail,
  link,
}: {
  icon: IconName
  title: string
  detail: string
  link: (body: ReactNode) => ReactNode
}) {
  return (
    <Group
      component="li"
      className="row-link"
      px="lg"
      py="sm"
      gap="md"
      wrap="nowrap"
      style={{ borderTop: '1px solid var(--line)' }}
    >
      <ThemeIcon variant="light" size={38} radius="xl" aria-hidden="true" className="task-icon">
        <Icon name={icon} />
      </ThemeIcon>
      <div style={{ flex: 1, minWidth: 0 }}>
        {link(<Text fw={500}>{title}</Text>)}
        <Text size="sm" c="dimmed" lineClamp={1}>
          {detail}
        </Text>
      </div>
      <Text c="dimmed" component="span">
        <Icon name="arrow" size={18} />
      </Text>
    </Group>
  )
}
