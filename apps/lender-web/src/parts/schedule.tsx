/** A loan's instalments and what they cost: as a table that can be read aloud, and as a chart. */
import { Box, Group, SegmentedControl, Stack, Table, Text } from '@mantine/core'
import { lazy, Suspense, useState } from 'react'
import type { PayoutView, SchedulePreview } from '#libs/messages'
import { useWords } from '../words/words'
import { DataTable } from './data-table'
import { Amount, Line, Money } from './figures'
import { Loading } from './states'

const InstalmentChart = lazy(() => import('./charts').then(({ InstalmentChart }) => ({ default: InstalmentChart })))

/** What a loan costs the borrower. */
export function Cost({ preview }: { preview: SchedulePreview }) {
  const { t, apr } = useWords()
  const { currency, principal, cost, rows } = preview
  const first = rows[0]
  const even = rows.length > 1 && rows.slice(1, -1).every((row) => row.total === rows[1]?.total)
  return (
    <Stack gap={10}>
      <Group justify="space-between" align="end" gap="lg">
        <Box>
          <Text size="sm" c="dimmed">
            {t('cost.apr')}
          </Text>
          <Text fz={30} fw={600} lh={1.15} className="figure">
            {apr(cost.aprPpm)}
          </Text>
        </Box>
        <Box ta="end">
          <Text size="sm" c="dimmed">
            {even ? t('cost.each') : t('cost.first')}
          </Text>
          <Text fz={22} fw={600} lh={1.3}>
            <Money amount={(even ? rows[1] : first)?.total ?? 0} currency={currency} />
          </Text>
        </Box>
      </Group>
      <Line label={t('cost.lent')}>
        <Money amount={principal} currency={currency} />
      </Line>
      <Line label={t('cost.interest')}>
        <Money amount={cost.totalInterest} currency={currency} />
      </Line>
      {cost.totalFees > 0 && (
        <Line label={t('cost.fees')}>
          <Money amount={cost.totalFees} currency={currency} />
        </Line>
      )}
      <Line label={t('cost.total')} strong>
        <Money amount={cost.totalOfPayments} currency={currency} />
      </Line>
      <Line label={t('cost.ofCredit')}>
        <Money amount={cost.costOfCredit} currency={currency} />
      </Line>
      <Line label={t('cost.aprc')}>{apr(cost.aprcPpm)}</Line>
      <Text size="xs" c="dimmed">
        {t('cost.methods', { apr: cost.aprMethod, aprc: cost.aprcMethod })}
      </Text>
      <Payouts payouts={preview.payouts} currency={currency} />
    </Stack>
  )
}

/** What arrives when, where something is kept back or the money comes in parts. */
export function Payouts({ payouts, currency }: { payouts: readonly PayoutView[]; currency: string }) {
  const { t, date } = useWords()
  if (payouts.length < 2 && payouts.every(({ amount, arrives }) => amount === arrives)) return null
  return (
    <DataTable width={300} label={t('payouts')} horizontalSpacing={6} verticalSpacing={4} fz="sm">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('payouts')}</Table.Th>
          <Table.Th className="end">{t('amount')}</Table.Th>
          <Table.Th className="end">{t('payouts.kept')}</Table.Th>
          <Table.Th className="end">{t('payouts.arrives')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {payouts.map((payout) => (
          <Table.Tr key={payout.date}>
            <Table.Td className="nowrap">{date(payout.date)}</Table.Td>
            <Table.Td className="end">
              <Amount amount={payout.amount} currency={currency} />
            </Table.Td>
            <Table.Td className="end">
              <Amount amount={payout.deducted + payout.downPayment} currency={currency} dash />
            </Table.Td>
            <Table.Td className="end">
              <Amount amount={payout.arrives} currency={currency} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </DataTable>
  )
}

/** Chart and table of a schedule that is not signed yet. */
export function PreviewSchedule({ preview }: { preview: SchedulePreview }) {
  const { t, date } = useWords()
  const [shown, setShown] = useState<'chart' | 'table'>('chart')
  const { currency, rows } = preview
  return (
    <Stack gap="sm">
      <SegmentedControl
        aria-label={t('schedule.view')}
        value={shown}
        onChange={(value) => setShown(value === 'table' ? 'table' : 'chart')}
        data={[
          { value: 'chart', label: t('schedule.chart') },
          { value: 'table', label: t('schedule.table') },
        ]}
      />
      {shown === 'chart' ? (
        <Suspense fallback={<Loading rows={5} height={32} />}>
          <InstalmentChart rows={rows} currency={currency} height={230} />
        </Suspense>
      ) : (
        <DataTable width={480} height={420} label={t('loan.schedule')} stickyHeader verticalSpacing={6} fz="sm">
          <Table.Caption>{t('schedule.in', { currency })}</Table.Caption>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('schedule.due')}</Table.Th>
              <Table.Th className="end">{t('schedule.principal')}</Table.Th>
              <Table.Th className="end">{t('schedule.interest')}</Table.Th>
              <Table.Th className="end">{t('schedule.fees')}</Table.Th>
              <Table.Th className="end">{t('schedule.total')}</Table.Th>
              <Table.Th className="end">{t('schedule.balance')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row) => (
              <Table.Tr key={row.number}>
                <Table.Td className="nowrap">
                  {date(row.dueDate)}
                  {row.kind === 'downPayment' && (
                    <Text size="xs" c="dimmed">
                      {t('offer.downPayment')}
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
                <Table.Td className="end">
                  <Amount amount={row.total} currency={currency} />
                </Table.Td>
                <Table.Td className="end">
                  <Amount amount={row.balanceAfter} currency={currency} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </DataTable>
      )}
    </Stack>
  )
}
