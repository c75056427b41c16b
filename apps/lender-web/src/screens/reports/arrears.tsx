/** Who is late, with how much, and how late. */
import { Group, Paper, Table, Text } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { ArrearsItem } from '#libs/messages'
import { type Ok, type ReportFilter, arrearsQuery } from '../../api/queries'
import { StateBadge } from '../../parts/badges'
import { DataTable } from '../../parts/data-table'
import { Amount, Figure, Figures, Money } from '../../parts/figures'
import { Person } from '../../parts/identity'
import { RowLink } from '../../parts/link'
import { Answer, Empty, Section } from '../../parts/states'
import { useWords } from '../../words/words'
import { Bucket, byCurrency } from '../../parts/report-items'

type Buckets = Ok<'reports.arrears'>['buckets']

export function ArrearsReport({ filter }: { filter: ReportFilter }) {
  const { t } = useWords()
  const query = useQuery({ ...arrearsQuery(filter), placeholderData: keepPreviousData })
  return (
    <Answer of={query} rows={6}>
      {({ items, buckets }) =>
        items.length === 0 ? (
          <Paper>
            <Empty icon="check" title={t('overview.overdue.none')}>
              {t('reports.arrears.none')}
            </Empty>
          </Paper>
        ) : (
          byCurrency(items).map(([currency, rows]) => (
            <Currency
              key={currency}
              currency={currency}
              items={rows}
              buckets={buckets.filter((bucket) => bucket.currency === currency)}
            />
          ))
        )
      }
    </Answer>
  )
}

function Currency({ currency, items, buckets }: { currency: string; items: ArrearsItem[]; buckets: Buckets }) {
  const { t, date } = useWords()
  return (
    <>
      <Figures>
        {buckets.map(({ bucket, loans, overdue, outstanding }) => (
          <Figure
            key={bucket}
            label={<Bucket bucket={bucket} />}
            note={
              <>
                {t('overview.loans', { count: loans })}, {t('reports.ofOutstanding')}{' '}
                <Money amount={outstanding} currency={currency} />
              </>
            }
          >
            <Money amount={overdue} currency={currency} />
          </Figure>
        ))}
      </Figures>
      <Section title={t('reports.lateIn', { currency })} flush>
        <DataTable width={720} label={t('reports.lateIn', { currency })}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('reports.counterparty')}</Table.Th>
              <Table.Th>{t('state')}</Table.Th>
              <Table.Th className="end">{t('reports.daysLate')}</Table.Th>
              <Table.Th className="end">{t('overview.overdue')}</Table.Th>
              <Table.Th className="end">{t('reports.toPay')}</Table.Th>
              <Table.Th>{t('reports.oldestDue')}</Table.Th>
              <Table.Th>{t('reports.lastPaid')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {items.map((item) => (
              <Table.Tr key={item.loan} className="row-link">
                <Table.Td>
                  <RowLink to="/loans/$loan" params={{ loan: item.loan }}>
                    <Person identity={item.counterparty} alias={item.counterpartyAlias} />
                  </RowLink>
                </Table.Td>
                <Table.Td>
                  <Group gap={6} wrap="nowrap">
                    <StateBadge state={item.status} />
                    {item.writtenOff && (
                      <Text size="xs" c="dimmed">
                        {t('reports.writtenOff')}
                      </Text>
                    )}
                  </Group>
                </Table.Td>
                <Table.Td className="end">{item.daysPastDue}</Table.Td>
                <Table.Td className="end">
                  <Amount amount={item.overdue} currency={currency} />
                </Table.Td>
                <Table.Td className="end">
                  <Amount amount={item.outstanding} currency={currency} />
                </Table.Td>
                <Table.Td className="nowrap">{item.oldestDue === null ? '–' : date(item.oldestDue)}</Table.Td>
                <Table.Td className="nowrap">{item.lastPaidOn === null ? '–' : date(item.lastPaidOn)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </DataTable>
      </Section>
    </>
  )
}
