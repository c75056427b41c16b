/** What lending has brought: realised, net of losses, and as the signed tables promise. */
import { Grid, Paper } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { ReturnsItem } from '#libs/messages'
import { type ReportFilter, returnsQuery } from '../../api/queries'
import { Facts, Figure, Figures, Money } from '../../parts/figures'
import { Answer, Empty, Section } from '../../parts/states'
import { useWords } from '../../words/words'

export function ReturnsReport({ filter }: { filter: ReportFilter }) {
  const { t } = useWords()
  const query = useQuery({ ...returnsQuery(filter), placeholderData: keepPreviousData })
  return (
    <Answer of={query} rows={6}>
      {({ items }) =>
        items.length === 0 ? (
          <Paper>
            <Empty icon="reports" title={t('reports.none')}>
              {t('reports.returns.none')}
            </Empty>
          </Paper>
        ) : (
          items.map((item) => <Currency key={item.currency} item={item} />)
        )
      }
    </Answer>
  )
}

function Currency({ item }: { item: ReturnsItem }) {
  const { t, apr } = useWords()
  const { currency, received } = item
  const rateOf = (ppm: number | null) => (ppm === null ? '–' : apr(ppm))
  const sum = (amount: number, key: string) => <Money key={key} amount={amount} currency={currency} />
  return (
    <>
      <Figures>
        <Figure label={t('returns.xirr')} note={t('returns.xirr.note')}>
          {rateOf(item.xirrPpm)}
        </Figure>
        <Figure label={t('returns.net')} note={t('returns.net.note')}>
          {rateOf(item.xirrNetOfLossesPpm)}
        </Figure>
        <Figure label={t('returns.expected')} note={t('returns.expected.note')}>
          {rateOf(item.expectedPpm)}
        </Figure>
        <Figure label={t('returns.annualised')} note={t('returns.annualised.note')}>
          {rateOf(item.netAnnualisedPpm)}
        </Figure>
      </Figures>
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, md: 6 }}>
          <Section title={t('returns.money', { currency })}>
            <Facts
              items={[
                [t('nav.loans'), item.loans],
                [t('overview.lent'), sum(item.disbursed, 'lent')],
                [t('returns.principal'), sum(received.principal, 'principal')],
                [t('returns.interest'), sum(received.interest, 'interest')],
                [t('returns.fees'), sum(received.fees, 'fees')],
                [t('reports.principalOwed'), sum(item.principalOwed, 'owed')],
                [t('returns.interestOwed'), sum(item.interestOwed, 'interestOwed')],
              ]}
            />
          </Section>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 6 }}>
          <Section title={t('returns.losses', { currency })}>
            <Facts
              items={[
                [t('returns.late'), sum(item.latePrincipal, 'late')],
                [t('returns.lost'), sum(item.losses, 'lost')],
                [t('reports.writtenOff'), sum(item.writtenOff, 'writtenOff')],
                [t('returns.recovered'), sum(item.recovered, 'recovered')],
              ]}
            />
          </Section>
        </Grid.Col>
      </Grid>
    </>
  )
}
