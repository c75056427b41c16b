/** What one has lent, what comes back, and what waits for one's word today. */
import { Box, Group, Paper, SegmentedControl, Stack, Text, ThemeIcon } from '@mantine/core'
import { useInfiniteQuery, useQueries, useQuery } from '@tanstack/react-query'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import type { ApplicationView, LoanSummary, PaymentView, PortfolioItem } from '#libs/messages'
import { itemsOf, useWhole } from '../api/lists'
import {
  applicationsQuery,
  loanQuery,
  loansQuery,
  paymentsQuery,
  arrearsQuery,
  cashFlowQuery,
  portfolioQuery,
  returnsQuery,
} from '../api/queries'
import { Figure, Figures, Money } from '../parts/figures'
import { Icon, type IconName } from '../parts/icons'
import { shortId } from '../parts/identity'
import { ButtonLink, RowLink } from '../parts/link'
import { Screen } from '../parts/screen'
import { Answer, Empty, Loading, Problem, Section } from '../parts/states'
import { useAccount } from '../shell/account'
import { useWords } from '../words/words'

const CashFlowChart = lazy(() => import('../parts/charts').then(({ CashFlowChart }) => ({ default: CashFlowChart })))
/** States in which there is no loan, or not yet. */
const NO_LOAN: readonly string[] = ['proposed', 'declined', 'lapsed']

export function Overview() {
  const { t } = useWords()
  const { name } = useAccount()
  const portfolio = useQuery(portfolioQuery({}))
  return (
    <Screen title={t('overview.title')} lead={t('overview.lead', { name })}>
      <Today />
      <Answer of={portfolio} rows={6}>
        {({ items }) => <Portfolio items={items.filter(({ status }) => !NO_LOAN.includes(status))} />}
      </Answer>
    </Screen>
  )
}

function Portfolio({ items }: { items: PortfolioItem[] }) {
  const { t } = useWords()
  const loansIn = (currency: string) =>
    items.reduce((sum, item) => sum + (item.currency === currency ? item.loans : 0), 0)
  const currencies = [...new Set(items.map(({ currency }) => currency))].sort((a, b) => loansIn(b) - loansIn(a))
  const [chosen, choose] = useState<string>()
  const shown = currencies.find((currency) => currency === chosen) ?? currencies[0]
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
      {currencies.length > 1 && (
        <SegmentedControl
          aria-label={t('currency')}
          value={shown}
          onChange={choose}
          data={currencies}
          style={{ alignSelf: 'start' }}
        />
      )}
      <Totals currency={shown} />
      <Flow currency={shown} />
    </>
  )
}

/** What one currency's loans have brought and owe. */
function Totals({ currency }: { currency: string }) {
  const { t, money } = useWords()
  const returns = useQuery(returnsQuery({}))
  const arrears = useQuery(arrearsQuery({}))
  const buckets = arrears.data?.buckets.filter((bucket) => bucket.currency === currency) ?? []
  const overdue = buckets.reduce((sum, bucket) => sum + bucket.overdue, 0)
  return (
    <Answer of={returns} rows={2}>
      {({ items }) => {
        const item = items.find((each) => each.currency === currency)
        const { principal = 0, interest = 0, fees = 0 } = item?.received ?? {}
        return (
          <Figures>
            <Figure label={t('overview.lent')} note={t('overview.loans', { count: item?.loans ?? 0 })}>
              <Money amount={item?.disbursed ?? 0} currency={currency} />
            </Figure>
            <Figure label={t('overview.outstanding')} note={t('overview.outstanding.note')}>
              <Money amount={item?.principalOwed ?? 0} currency={currency} />
            </Figure>
            <Figure
              label={t('overview.received')}
              note={t('overview.received.note', { interest: money(interest + fees, currency) })}
            >
              <Money amount={principal + interest + fees} currency={currency} />
            </Figure>
            <Figure
              label={t('overview.overdue')}
              note={overdue === 0 ? t('overview.overdue.none') : t('overview.overdue.some')}
            >
              <Text component="span" inherit {...(overdue > 0 ? { c: 'red' } : {})}>
                <Money amount={overdue} currency={currency} />
              </Text>
            </Figure>
          </Figures>
        )
      }}
    </Answer>
  )
}

/** Money by month, past and to come, and what a year of lending brings. */
function Flow({ currency }: { currency: string }) {
  const { t, apr } = useWords()
  const flow = useQuery(cashFlowQuery({}))
  const returns = useQuery(returnsQuery({}))
  const { xirrPpm = null, expectedPpm = null } = returns.data?.items.find((each) => each.currency === currency) ?? {}
  const months = flow.data?.items.filter((each) => each.currency === currency) ?? []
  return (
    <Section
      title={t('overview.flow')}
      action={
        xirrPpm !== null && expectedPpm !== null ? (
          <Text size="sm" c="dimmed">
            {t('overview.return', { rate: apr(xirrPpm), expected: apr(expectedPpm) })}
          </Text>
        ) : undefined
      }
    >
      <Answer of={flow} rows={6}>
        {() =>
          months.length === 0 ? (
            <Text c="dimmed">{t('reports.cash-flow.none')}</Text>
          ) : (
            <Suspense fallback={<Loading rows={6} height={30} />}>
              <CashFlowChart items={months} currency={currency} />
            </Suspense>
          )
        }
      </Answer>
    </Section>
  )
}

/** What waits for the lender: people who ask, money to send, money to confirm, money that is late. */
function Today() {
  const { t, money } = useWords()
  const applications = useInfiniteQuery(applicationsQuery({ status: 'submitted' }))
  const payments = useInfiniteQuery(paymentsQuery({ status: 'sent' }))
  const agreed = useInfiniteQuery(loansQuery({ side: 'lender', status: 'agreed' }))
  const arrears = useQuery(arrearsQuery({}))
  useWhole(payments)
  useWhole(agreed)
  const asked = itemsOf<ApplicationView>(applications.data)
  const sent = itemsOf<PaymentView>(payments.data)?.filter(({ may }) => may.includes('payments.confirm'))
  const concluded = useQueries({
    queries: (itemsOf<LoanSummary>(agreed.data) ?? []).map(({ id }) => loanQuery(id)),
  })
  const toSend = concluded
    .flatMap(({ data }) => data ?? [])
    .filter(({ may, disbursed }) => disbursed === 0 && may.includes('payments.send'))
  const late = arrears.data?.items ?? []
  const error = applications.error ?? payments.error ?? agreed.error ?? arrears.error
  const here = asked !== undefined && sent !== undefined && agreed.isSuccess && arrears.data !== undefined
  const nothing = here && asked.length + sent.length + toSend.length + late.length === 0

  return (
    <Section title={t('today.title')} flush>
      {error !== null && <Problem error={error} />}
      {!here && error === null && (
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
            tab="payments"
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
              amount: money(loan.payouts[0]?.arrives ?? loan.principal.amount, loan.principal.currency),
              who: loan.borrowerAlias ?? shortId(loan.borrower),
            })}
            detail={loan.conclusion?.final === true ? t('today.send.final') : t('today.send.notFinal')}
          />
        ))}
        {late.map((item) => (
          <LoanTask
            key={item.loan}
            loan={item.loan}
            icon="warning"
            title={t('today.late', {
              who: item.counterpartyAlias ?? shortId(item.counterparty),
              days: item.daysPastDue,
            })}
            detail={t('today.late.amount', { amount: money(item.overdue, item.currency) })}
          />
        ))}
      </Stack>
    </Section>
  )
}

function LoanTask({
  loan,
  tab,
  ...task
}: {
  loan: string
  tab?: string
  icon: IconName
  title: string
  detail: string
}) {
  return (
    <Task
      {...task}
      link={(body) => (
        <RowLink to="/loans/$loan" params={{ loan }} search={tab === undefined ? {} : { tab }}>
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
