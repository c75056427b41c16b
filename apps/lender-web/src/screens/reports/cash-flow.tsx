/** Money by month: what has moved, what the signed tables ask for, and what may be expected of payers so far. */
import { Alert, Paper, Stack, Table, Text } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import type { CashFlowItem, DelayItem } from '#libs/messages'
import { type ReportFilter, cashFlowQuery } from '../../api/queries'
import { DataTable } from '../../parts/data-table'
import { Amount } from '../../parts/figures'
import { Answer, Empty, Loading, Section } from '../../parts/states'
import { useWords } from '../../words/words'
import { byCurrency } from '../../parts/report-items'

const CashFlowChart = lazy(() => import('../../parts/charts').then(({ CashFlowChart }) => ({ default: CashFlowChart })))
const PARTS = ['disbursed', 'principal', 'interest', 'fees', 'overpaid', 'lost'] as const

export function CashFlowReport({ filter }: { filter: ReportFilter }) {
  const { t, money } = useWords()
  const query = useQuery({ ...cashFlowQuery(filter), placeholderData: keepPreviousData })
  return (
    <Answer of={query} rows={8}>
      {({ items, delays, unpaid }) =>
        items.length === 0 ? (
          <Paper>
            <Empty icon="reports" title={t('reports.none')}>
              {t('reports.cash-flow.none')}
            </Empty>
          </Paper>
        ) : (
          byCurrency(items).map(([currency, rows]) => {
            const missing = unpaid.find((each) => each.currency === currency)?.amount ?? 0
            return (
              <Stack key={currency} gap="lg">
                <Section title={t('reports.flowIn', { currency })}>
                  <Suspense fallback={<Loading rows={6} height={30} />}>
                    <CashFlowChart items={rows} currency={currency} />
                  </Suspense>
                  {missing > 0 && (
                    <Alert mt="md" variant="light" color="orange">
                      {t('reports.neverPaid', { amount: money(missing, currency) })}
                    </Alert>
                  )}
                </Section>
                <Months items={rows} currency={currency} />
                <Delays items={delays.filter((delay) => delay.currency === currency)} currency={currency} />
              </Stack>
            )
          })
        )
      }
    </Answer>
  )
}

function Months({ items, currency }: { items: CashFlowItem[]; currency: string }) {
  const { t, month } = useWords()
  return (
    <Section title={t('reports.months')} flush>
      <DataTable width={820} height={520} stickyHeader label={t('reports.flowIn', { currency })}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('reports.month')}</Table.Th>
            <Table.Th>{t('reports.kind')}</Table.Th>
            {PARTS.map((part) => (
              <Table.Th key={part} className="end">
                {t(`flow.${part}`)}
              </Table.Th>
            ))}
            <Table.Th className="end">{t('flow.net')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {items.map((item) => (
            <Table.Tr key={`${item.month} ${item.kind}`}>
              <Table.Td className="nowrap">{month(item.month)}</Table.Td>
              <Table.Td>{t(`flow.${item.kind}`)}</Table.Td>
              {PARTS.map((part) => (
                <Table.Td key={part} className="end">
                  <Amount amount={item[part]} currency={currency} dash />
                </Table.Td>
              ))}
              <Table.Td className="end">
                <Text inherit fw={600}>
                  <Amount amount={item.net} currency={currency} />
                </Text>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </DataTable>
    </Section>
  )
}

/** How late payments have been so far, which is what the expectation rests on. */
function Delays({ items, currency }: { items: DelayItem[]; currency: string }) {
  const { t, share } = useWords()
  if (items.length === 0) return null
  return (
    <Section title={t('reports.delays')} flush>
      <Text px="lg" size="sm" c="dimmed">
        {t('reports.delays.hint')}
      </Text>
      <DataTable width={460} label={t('reports.delays')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('reports.monthsLate')}</Table.Th>
            <Table.Th className="end">{t('reports.atRisk')}</Table.Th>
            <Table.Th className="end">{t('reports.paidThen')}</Table.Th>
            <Table.Th className="end">{t('reports.share')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {items.map(({ monthsLate, atRisk, paid }) => (
            <Table.Tr key={monthsLate}>
              <Table.Td>{t('reports.monthsLate.some', { count: monthsLate })}</Table.Td>
              <Table.Td className="end">
                <Amount amount={atRisk} currency={currency} />
              </Table.Td>
              <Table.Td className="end">
                <Amount amount={paid} currency={currency} dash />
              </Table.Td>
              <Table.Td className="end">{atRisk === 0 ? '–' : share(paid, atRisk)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </DataTable>
    </Section>
  )
}
