/** All loans that one gave, or is about to. */
import { Paper, Select, Table, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import type { LoanStatus, LoanSummary } from '#libs/messages'
import { itemsOf } from '../api/lists'
import { loansQuery } from '../api/queries'
import { StateBadge } from '../parts/badges'
import { DataTable } from '../parts/data-table'
import { Money } from '../parts/figures'
import { Person } from '../parts/identity'
import { RowLink } from '../parts/link'
import { More } from '../parts/more'
import { Screen } from '../parts/screen'
import { Answer, Empty } from '../parts/states'
import { useWords } from '../words/words'

const STATUSES: readonly LoanStatus[] = [
  'proposed',
  'agreed',
  'active',
  'in_arrears',
  'defaulted',
  'recovering',
  'cancelled',
  'closed',
  'declined',
  'lapsed',
]

export function Loans() {
  const { t } = useWords()
  const go = useNavigate()
  const search = useSearch({ from: '/loans' })
  const status = STATUSES.find((known) => known === search.status) ?? null
  const query = useInfiniteQuery(loansQuery({ side: 'lender', ...(status ? { status } : {}) }))
  const items = itemsOf<LoanSummary>(query.data)
  return (
    <Screen
      title={t('nav.loans')}
      lead={t('loans.lead')}
      action={
        <Select
          aria-label={t('loans.filter')}
          placeholder={t('loans.any')}
          clearable
          w={190}
          value={status}
          onChange={(value) => void go({ to: '/loans', search: value === null ? {} : { status: value } })}
          data={STATUSES.map((value) => ({ value, label: t(`state.${value}`) }))}
          clearButtonProps={{ 'aria-label': t('loans.any') }}
        />
      }
    >
      <Paper p={items?.length ? 0 : 'lg'} style={{ overflow: 'hidden' }}>
        <Answer of={{ ...query, data: items }}>
          {(loans) =>
            loans.length === 0 ? (
              <Empty icon="loans" title={t('loans.none')}>
                {t('loans.none.hint')}
              </Empty>
            ) : (
              <LoansTable loans={loans} />
            )
          }
        </Answer>
        <More of={query} />
      </Paper>
    </Screen>
  )
}

function LoansTable({ loans }: { loans: LoanSummary[] }) {
  const { t, rate, date } = useWords()
  return (
    <DataTable width={760} label={t('nav.loans')}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('applications.borrower')}</Table.Th>
          <Table.Th>{t('state')}</Table.Th>
          <Table.Th className="end">{t('loans.principal')}</Table.Th>
          <Table.Th className="end">{t('terms.rate.label')}</Table.Th>
          <Table.Th className="end">{t('loans.toPay')}</Table.Th>
          <Table.Th className="end">{t('loans.next')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {loans.map(
          ({ id, borrower, borrowerAlias, status, principal, annualRatePpm, outstanding, nextDue, daysPastDue }) => (
            <Table.Tr key={id} className="row-link">
              <Table.Td>
                <RowLink to="/loans/$loan" params={{ loan: id }}>
                  <Person identity={borrower} alias={borrowerAlias} />
                </RowLink>
              </Table.Td>
              <Table.Td>
                <StateBadge state={status} />
                {daysPastDue > 0 && (
                  <Text size="xs" c="red" mt={2}>
                    {t('loans.late', { days: daysPastDue })}
                  </Text>
                )}
              </Table.Td>
              <Table.Td className="end">
                <Money {...principal} />
              </Table.Td>
              <Table.Td className="end">{rate(annualRatePpm)}</Table.Td>
              <Table.Td className="end">
                <Money amount={outstanding} currency={principal.currency} />
              </Table.Td>
              <Table.Td className="end">
                {nextDue === null ? (
                  '–'
                ) : (
                  <>
                    <Money amount={nextDue.amount} currency={principal.currency} />
                    <Text size="xs" c="dimmed">
                      {date(nextDue.date)}
                    </Text>
                  </>
                )}
              </Table.Td>
            </Table.Tr>
          ),
        )}
      </Table.Tbody>
    </DataTable>
  )
}
