/** What one has lent, what comes back, and what waits for one's word today. */
import { Paper, SegmentedControl, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import type { PortfolioItem } from '#libs/messages'
import { arrearsQuery, cashFlowQuery, portfolioQuery, returnsQuery } from '../api/queries'
import { Figure, Figures, Money } from '../parts/figures'
import { ButtonLink } from '../parts/link'
import { Screen } from '../parts/screen'
import { Answer, Empty, Loading, Section } from '../parts/states'
import { Today } from '../parts/today'
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
