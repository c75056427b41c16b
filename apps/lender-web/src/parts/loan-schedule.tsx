/** The signed instalments: how far each is paid, and how the loan runs down. */
import { Group, Paper, Stack, Table, Text, Title } from '@mantine/core'
import { lazy, Suspense } from 'react'
import type { LoanInstalmentView, LoanView } from '#libs/messages'
import { useWords } from '../words/words'
import { StateBadge } from './badges'
import { DataTable } from './data-table'
import { Amount } from './figures'
import { Loading } from './states'

const InstalmentChart = lazy(() => import('./charts').then(({ InstalmentChart }) => ({ default: InstalmentChart })))

export function LoanSchedule({ loan }: { loan: LoanView }) {
  const { t, date } = useWords()
  const { currency } = loan.principal
  return (
    <Paper p={0} style={{ overflow: 'hidden' }}>
      <Stack gap="md" p="lg">
        <Title order={2}>{t('loan.schedule.title', { count: loan.schedule.length })}</Title>
        <Suspense fallback={<Loading rows={6} height={32} />}>
          <InstalmentChart rows={withBalance(loan)} currency={currency} height={250} />
        </Suspense>
      </Stack>
      <DataTable width={760} label={t('loan.schedule')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th className="end">{t('schedule.number')}</Table.Th>
            <Table.Th>{t('schedule.due')}</Table.Th>
            <Table.Th className="end">{t('schedule.principal')}</Table.Th>
            <Table.Th className="end">{t('schedule.interest')}</Table.Th>
            <Table.Th className="end">{t('schedule.fees')}</Table.Th>
            <Table.Th className="end">{t('schedule.totalIn', { currency })}</Table.Th>
            <Table.Th className="end">{t('loan.paid')}</Table.Th>
            <Table.Th>{t('state')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {loan.schedule.map((row) => (
            <Table.Tr key={row.number}>
              <Table.Td className="end">{row.number}</Table.Td>
              <Table.Td className="nowrap">{date(row.dueDate)}</Table.Td>
              <Table.Td className="end">
                <Amount amount={row.principal} currency={currency} />
              </Table.Td>
              <Table.Td className="end">
                <Amount amount={row.interest} currency={currency} />
              </Table.Td>
              <Table.Td className="end">
                <Amount amount={row.fees} currency={currency} dash />
              </Table.Td>
              <Table.Td className="end">
                <Text inherit fw={600}>
                  <Amount amount={row.total} currency={currency} />
                </Text>
              </Table.Td>
              <Table.Td className="end">
                <Amount amount={row.paid} currency={currency} dash />
              </Table.Td>
              <Table.Td>
                <Group gap={8} wrap="nowrap">
                  <StateBadge state={row.state} />
                  {row.paidOn !== null && (
                    <Text size="xs" c="dimmed" className="nowrap">
                      {date(row.paidOn)}
                    </Text>
                  )}
                </Group>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </DataTable>
    </Paper>
  )
}

/** The principal that is left after each instalment, if all are paid as signed. */
function withBalance(loan: LoanView): (LoanInstalmentView & { balanceAfter: number })[] {
  let left = loan.principal.amount
  return loan.schedule.map((row) => {
    left -= row.principal
    return { ...row, balanceAfter: left }
  })
}
