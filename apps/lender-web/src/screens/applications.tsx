/** Who asked for a loan under one's offers. */
import { Paper, SegmentedControl, Table, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ApplicationView } from '#libs/messages'
import { itemsOf } from '../api/lists'
import { applicationsQuery } from '../api/queries'
import { StateBadge } from '../parts/badges'
import { DataTable } from '../parts/data-table'
import { Moment, Money } from '../parts/figures'
import { Person } from '../parts/identity'
import { RowLink } from '../parts/link'
import { More } from '../parts/more'
import { Screen } from '../parts/screen'
import { Answer, Empty } from '../parts/states'
import { useWords } from '../words/words'

export function Applications() {
  const { t } = useWords()
  const [shown, show] = useState<'submitted' | 'all'>('submitted')
  const query = useInfiniteQuery(applicationsQuery(shown === 'all' ? {} : { status: shown }))
  const items = itemsOf<ApplicationView>(query.data)
  return (
    <Screen
      title={t('nav.applications')}
      lead={t('applications.lead')}
      action={
        <SegmentedControl
          aria-label={t('applications.which')}
          value={shown}
          onChange={(value) => show(value === 'all' ? 'all' : 'submitted')}
          data={[
            { value: 'submitted', label: t('applications.open') },
            { value: 'all', label: t('applications.all') },
          ]}
        />
      }
    >
      <Paper p={items?.length ? 0 : 'lg'} style={{ overflow: 'hidden' }}>
        <Answer of={{ ...query, data: items }}>
          {(applications) =>
            applications.length === 0 ? (
              <Empty icon="inbox" title={t('applications.none')}>
                {t('applications.none.hint')}
              </Empty>
            ) : (
              <ApplicationsTable applications={applications} />
            )
          }
        </Answer>
        <More of={query} />
      </Paper>
    </Screen>
  )
}

function ApplicationsTable({ applications }: { applications: ApplicationView[] }) {
  const { t } = useWords()
  return (
    <DataTable width={640} label={t('nav.applications')}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('applications.borrower')}</Table.Th>
          <Table.Th className="end">{t('amount')}</Table.Th>
          <Table.Th className="end">{t('preview.instalments')}</Table.Th>
          <Table.Th>{t('state')}</Table.Th>
          <Table.Th>{t('applications.when')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {applications.map((application) => (
          <Table.Tr key={application.id} className="row-link">
            <Table.Td>
              <RowLink to="/applications/$application" params={{ application: application.id }}>
                <Person identity={application.borrower} alias={application.borrowerAlias} />
              </RowLink>
              <Text size="sm" c="dimmed" lineClamp={1} maw={280}>
                {application.purpose}
              </Text>
            </Table.Td>
            <Table.Td className="end">
              <Money {...application.amount} />
            </Table.Td>
            <Table.Td className="end">{application.instalments}</Table.Td>
            <Table.Td>
              <StateBadge state={application.status} />
            </Table.Td>
            <Table.Td>
              <Moment atMs={application.submittedAtMs} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </DataTable>
  )
}
