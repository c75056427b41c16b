/** Interest and fees of a calendar year, by counterparty and loan: what a tax return asks for. */
import { Paper, Table } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { InterestItem } from '#libs/messages'
import { type Ok, type ReportFilter, interestQuery } from '../../api/queries'
import { DataTable } from '../../parts/data-table'
import { Amount } from '../../parts/figures'
import { Person, shortId } from '../../parts/identity'
import { TextLink } from '../../parts/link'
import { Answer, Empty, Section } from '../../parts/states'
import { useWords } from '../../words/words'
import { byCurrency } from '../../parts/report-items'

const PARTS = ['interestReceived', 'feesReceived', 'interestPaid', 'feesPaid'] as const

export function InterestReport({ filter }: { filter: ReportFilter }) {
  const { t } = useWords()
  const query = useQuery({ ...interestQuery(filter), placeholderData: keepPreviousData })
  return (
    <Answer of={query} rows={6}>
      {({ items, totals, year }) =>
        items.length === 0 ? (
          <Paper>
            <Empty icon="reports" title={t('reports.none')}>
              {t('reports.interest.none', { year: String(year) })}
            </Empty>
          </Paper>
        ) : (
          byCurrency(items).map(([currency, rows]) => (
            <Currency
              key={currency}
              currency={currency}
              items={rows}
              total={totals.find((total) => total.currency === currency)}
              year={year}
            />
          ))
        )
      }
    </Answer>
  )
}

function Currency({
  currency,
  items,
  total,
  year,
}: {
  currency: string
  items: InterestItem[]
  total: Ok<'reports.interest'>['totals'][number] | undefined
  year: number
}) {
  const { t } = useWords()
  const title = t('reports.interestOf', { year: String(year), currency })
  return (
    <Section title={title} flush>
      <DataTable width={720} label={title}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('reports.counterparty')}</Table.Th>
            <Table.Th>{t('reports.loan')}</Table.Th>
            {PARTS.map((part) => (
              <Table.Th key={part} className="end">
                {t(`reports.${part}`)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {items.map((item) => (
            <Table.Tr key={item.loan}>
              <Table.Td>
                <Person identity={item.counterparty} alias={item.counterpartyAlias} />
              </Table.Td>
              <Table.Td>
                <TextLink to="/loans/$loan" params={{ loan: item.loan }} search={{ tab: 'ledger' }}>
                  {shortId(item.loan)}
                </TextLink>
              </Table.Td>
              {PARTS.map((part) => (
                <Table.Td key={part} className="end">
                  <Amount amount={item[part]} currency={currency} dash />
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
        {total && (
          <Table.Tfoot>
            <Table.Tr>
              <Table.Th colSpan={2}>{t('ledger.sum')}</Table.Th>
              {PARTS.map((part) => (
                <Table.Th key={part} className="end">
                  <Amount amount={total[part]} currency={currency} />
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Tfoot>
        )}
      </DataTable>
    </Section>
  )
}
