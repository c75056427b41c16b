/** The rows of a table, marked where they are not those of another. */
import { Table, Text } from '@mantine/core'
import type { ChangedRow } from '#libs/messages'
import { useWords } from '../../words/words'
import { DataTable } from '../data-table'
import { Amount } from '../figures'

export function ChangedTable({
  label,
  rows,
  before,
  currency,
}: {
  label: string
  rows: readonly ChangedRow[]
  /** Without it nothing is marked. */
  before?: readonly ChangedRow[]
  currency: string
}) {
  const { t, date } = useWords()
  const known = before && new Set(before.map((row) => row.join()))
  return (
    <DataTable width={460} height={320} stickyHeader label={label} verticalSpacing={4} fz="sm">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('schedule.due')}</Table.Th>
          <Table.Th className="end">{t('schedule.principal')}</Table.Th>
          <Table.Th className="end">{t('schedule.interest')}</Table.Th>
          <Table.Th className="end">{t('schedule.fees')}</Table.Th>
          <Table.Th className="end">{t('schedule.totalIn', { currency })}</Table.Th>
          {known && <Table.Th>{t('change.row')}</Table.Th>}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((row) => {
          const [dueDate, principal, interest, fees] = row
          return (
            <Table.Tr key={dueDate}>
              <Table.Td className="nowrap">{date(dueDate)}</Table.Td>
              {[principal, interest, fees].map((amount, index) => (
                <Table.Td key={index} className="end">
                  <Amount amount={amount} currency={currency} dash />
                </Table.Td>
              ))}
              <Table.Td className="end">
                <Amount amount={principal + interest + fees} currency={currency} />
              </Table.Td>
              {known && (
                <Table.Td>
                  {known.has(row.join()) ? (
                    <Text size="sm" c="dimmed">
                      {t('change.row.same')}
                    </Text>
                  ) : (
                    <Text size="sm" fw={600}>
                      {t('change.row.new')}
                    </Text>
                  )}
                </Table.Td>
              )}
            </Table.Tr>
          )
        })}
      </Table.Tbody>
    </DataTable>
  )
}
