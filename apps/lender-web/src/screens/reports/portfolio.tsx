/** Loans by state and by how late they are. */
import { Group, Paper, Progress, Stack, Table, Text } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { PortfolioItem } from '#libs/messages'
import { type ReportFilter, portfolioQuery } from '../../api/queries'
import { StateBadge } from '../../parts/badges'
import { DataTable } from '../../parts/data-table'
import { Amount } from '../../parts/figures'
import { RowLink } from '../../parts/link'
import { Answer, Empty, Section } from '../../parts/states'
import { useWords } from '../../words/words'
import { Bucket, byCurrency, colourOfBucket, sumOf } from '../../parts/report-items'

export function PortfolioReport({ filter }: { filter: ReportFilter }) {
  const { t } = useWords()
  const query = useQuery({ ...portfolioQuery(filter), placeholderData: keepPreviousData })
  return (
    <Answer of={query} rows={6}>
      {({ items }) =>
        items.length === 0 ? (
          <Paper>
            <Empty icon="loans" title={t('reports.none')}>
              {t('reports.portfolio.none')}
            </Empty>
          </Paper>
        ) : (
          byCurrency(items).map(([currency, rows]) => <Currency key={currency} currency={currency} items={rows} />)
        )
      }
    </Answer>
  )
}

function Currency({ currency, items }: { currency: string; items: PortfolioItem[] }) {
  const { t } = useWords()
  const owed = items.filter(({ principalOwed }) => principalOwed > 0)
  const whole = owed.reduce((sum, { principalOwed }) => sum + principalOwed, 0)
  const buckets = [...new Set(owed.map(({ bucket }) => bucket))].sort((a, b) => parseInt(a, 10) - parseInt(b, 10))
  return (
    <Section title={currency} flush>
      {owed.length > 0 && (
        <Stack gap={8} px="lg" pb="md">
          <Progress.Root size={18} aria-hidden="true">
            {buckets.map((bucket) => {
              const part = owed.filter((item) => item.bucket === bucket)
              const share = part.reduce((sum, { principalOwed }) => sum + principalOwed, 0) / whole
              return <Progress.Section key={bucket} value={share * 100} color={colourOfBucket(bucket)} />
            })}
          </Progress.Root>
          <Group gap="md">
            {buckets.map((bucket) => (
              <Group key={bucket} gap={6}>
                <span className="swatch" style={{ background: colourOfBucket(bucket) }} aria-hidden="true" />
                <Text size="sm">
                  <Bucket bucket={bucket} />
                </Text>
              </Group>
            ))}
          </Group>
        </Stack>
      )}
      <DataTable width={760} label={t('reports.portfolioIn', { currency })}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('state')}</Table.Th>
            <Table.Th>{t('reports.daysLate')}</Table.Th>
            <Table.Th className="end">{t('nav.loans')}</Table.Th>
            <Table.Th className="end">{t('loans.principal')}</Table.Th>
            <Table.Th className="end">{t('reports.principalOwed')}</Table.Th>
            <Table.Th className="end">{t('reports.toPay')}</Table.Th>
            <Table.Th className="end">{t('overview.overdue')}</Table.Th>
            <Table.Th className="end">{t('reports.writtenOff')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {items.map((item) => (
            <Table.Tr key={`${item.status} ${item.bucket}`} className="row-link">
              <Table.Td>
                <RowLink to="/loans" search={{ status: item.status }}>
                  <StateBadge state={item.status} />
                </RowLink>
              </Table.Td>
              <Table.Td>
                <Bucket bucket={item.bucket} />
              </Table.Td>
              <Table.Td className="end">{item.loans}</Table.Td>
              <Figures item={item} currency={currency} />
            </Table.Tr>
          ))}
        </Table.Tbody>
        <Table.Tfoot>
          <Table.Tr>
            <Table.Th colSpan={2}>{t('ledger.sum')}</Table.Th>
            <Table.Th className="end">{sumOf(items, 'loans')}</Table.Th>
            <Figures
              head
              currency={currency}
              item={{
                principal: sumOf(items, 'principal'),
                principalOwed: sumOf(items, 'principalOwed'),
                outstanding: sumOf(items, 'outstanding'),
                overdue: sumOf(items, 'overdue'),
                writtenOff: sumOf(items, 'writtenOff'),
              }}
            />
          </Table.Tr>
        </Table.Tfoot>
      </DataTable>
    </Section>
  )
}

type FigureNames = 'principal' | 'principalOwed' | 'outstanding' | 'overdue' | 'writtenOff'

function Figures({ item, currency, head }: { item: Pick<PortfolioItem, FigureNames>; currency: string; head?: true }) {
  const Cell = head ? Table.Th : Table.Td
  return (['principal', 'principalOwed', 'outstanding', 'overdue', 'writtenOff'] as const).map((name) => (
    <Cell key={name} className="end">
      <Amount amount={item[name]} currency={currency} dash />
    </Cell>
  ))
}
