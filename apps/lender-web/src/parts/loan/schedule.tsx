/** The table in force: how far each row is paid, how the loan runs down, and what was signed where that differs. */
import { Group, Paper, Stack, Table, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import type { ChangedRow, LoanInstalmentView, LoanView } from '#libs/messages'
import { recordQuery } from '../../api/queries'
import { useWords } from '../../words/words'
import { StateBadge } from '../badges'
import { DataTable } from '../data-table'
import { Amount } from '../figures'
import { Loading, Section } from '../states'
import { ChangedTable } from './changed-table'

const InstalmentChart = lazy(() => import('../charts').then(({ InstalmentChart }) => ({ default: InstalmentChart })))

export function LoanSchedule({ loan }: { loan: LoanView }) {
  const { t, date } = useWords()
  const { currency } = loan.principal
  const penalties = loan.schedule.some((row) => row.penalties > 0)
  return (
    <Stack gap="lg">
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
              {penalties && <Table.Th className="end">{t('schedule.penalties')}</Table.Th>}
              <Table.Th className="end">{t('schedule.totalIn', { currency })}</Table.Th>
              <Table.Th className="end">{t('loan.paid')}</Table.Th>
              <Table.Th>{t('state')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {loan.schedule.map((row) => (
              <Table.Tr key={row.number}>
                <Table.Td className="end">{row.number}</Table.Td>
                <Table.Td className="nowrap">
                  {date(row.dueDate)}
                  {row.kind !== 'instalment' && (
                    <Text size="xs" c="dimmed">
                      {t(`schedule.${row.kind}`)}
                    </Text>
                  )}
                </Table.Td>
                <Table.Td className="end">
                  <Amount amount={row.principal} currency={currency} />
                </Table.Td>
                <Table.Td className="end">
                  <Amount amount={row.interest} currency={currency} />
                </Table.Td>
                <Table.Td className="end">
                  <Amount amount={row.fees} currency={currency} dash />
                </Table.Td>
                {penalties && (
                  <Table.Td className="end">
                    <Amount amount={row.penalties} currency={currency} dash />
                  </Table.Td>
                )}
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
      <AsSigned loan={loan} />
    </Stack>
  )
}

/** The rows that were signed, where others are in force by now. */
function AsSigned({ loan }: { loan: LoanView }) {
  const { t } = useWords()
  const { data: proposal } = useQuery(recordQuery(loan.id))
  const body = (proposal?.body ?? {}) as { instalments?: ChangedRow[] }
  const signed = body.instalments ?? []
  const inForce = loan.schedule.map(({ dueDate, principal, interest, fees }) => [dueDate, principal, interest, fees])
  if (signed.length === 0 || inForce.join('\n') === signed.join('\n')) return null
  return (
    <Section title={t('loan.schedule.signed')} flush>
      <Text size="sm" c="dimmed" px="lg">
        {t('loan.schedule.signed.hint')}
      </Text>
      <ChangedTable label={t('loan.schedule.signed')} rows={signed} currency={loan.principal.currency} />
    </Section>
  )
}

/** The principal that is left after each instalment, if all are paid as signed. */
function withBalance(loan: LoanView): (LoanInstalmentView & { balanceAfter: number })[] {
  let left = loan.schedule.reduce((sum, row) => sum + row.principal, 0)
  return loan.schedule.map((row) => {
    left -= row.principal
    return { ...row, balanceAfter: left }
  })
}
