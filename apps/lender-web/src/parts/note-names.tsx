/** What stands on every screen about notes: which note of which loan, the rows still to come, whose loan it is. */
import { Table } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { NoteView } from '#libs/messages'
import { profileQuery } from '../api/queries'
import { useWords } from '../words/words'
import { DataTable } from './data-table'
import { Amount, Money } from './figures'
import { Person } from './identity'

/** A person of whom only the key is known here: by the alias of the profile, once that is read. */
export function Named({ identity }: { identity: string }) {
  const { data } = useQuery(profileQuery(identity))
  return <Person identity={identity} alias={data?.facts.alias ?? null} />
}

/** What the table still pays on a note, or on the part of it that is for sale. */
export function NoteRows({ rows, currency }: { rows: NoteView['rows']; currency: string }) {
  const { t, date } = useWords()
  if (rows.length === 0) return t('notes.rows.none')
  return (
    <DataTable width={420} label={t('notes.rows')} height={420}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('notes.due')}</Table.Th>
          <Table.Th className="end">{t('notes.principal')}</Table.Th>
          <Table.Th className="end">{t('notes.interest')}</Table.Th>
          <Table.Th className="end">{t('notes.fees')}</Table.Th>
          <Table.Th className="end">{t('amount')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map(([due, principal, interest, fees]) => (
          <Table.Tr key={due}>
            <Table.Td className="nowrap">{date(due)}</Table.Td>
            <Table.Td className="end">
              <Amount amount={principal} currency={currency} dash />
            </Table.Td>
            <Table.Td className="end">
              <Amount amount={interest} currency={currency} dash />
            </Table.Td>
            <Table.Td className="end">
              <Amount amount={fees} currency={currency} dash />
            </Table.Td>
            <Table.Td className="end">
              <Money amount={principal + interest + fees} currency={currency} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </DataTable>
  )
}
