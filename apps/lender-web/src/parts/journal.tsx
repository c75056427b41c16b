/** Journal entries, each with the record that caused it. */
import { Box, Group, Paper, Table, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { JournalEntryView } from '#libs/messages'
import { itemsOf } from '../api/lists'
import { journalQuery } from '../api/queries'
import { useWords } from '../words/words'
import { AccountName } from './account-name'
import { DataTable } from './data-table'
import { Amount } from './figures'
import { TextLink } from './link'
import { More } from './more'
import { Answer, Empty } from './states'
import { useKindName } from './timeline'

export function Journal(filter: { owner?: string }) {
  const { t } = useWords()
  const query = useInfiniteQuery(journalQuery(filter))
  const items = itemsOf<JournalEntryView>(query.data)
  return (
    <Paper p={items?.length ? 0 : 'lg'} style={{ overflow: 'hidden' }}>
      <Answer of={{ ...query, data: items }}>
        {(entries) =>
          entries.length === 0 ? (
            <Empty icon="ledger" title={t('journal.none')}>
              {t('journal.none.hint')}
            </Empty>
          ) : (
            entries.map((entry) => <Entry key={entry.id} entry={entry} />)
          )
        }
      </Answer>
      <More of={query} />
    </Paper>
  )
}

function Entry({ entry }: { entry: JournalEntryView }) {
  const { t, date } = useWords()
  const kindName = useKindName()
  const currency = entry.postings[0]?.currency ?? ''
  return (
    <Box style={{ borderTop: '1px solid var(--line)' }} py="xs">
      <Group justify="space-between" px="md" py={6} gap="sm">
        <Text fw={600}>{kindName(entry.kind)}</Text>
        <Group gap="md">
          <TextLink to="/records/$record" params={{ record: entry.record }} style={{ fontSize: 14 }}>
            {t('record.behind')}
          </TextLink>
          <Text size="sm" c="dimmed">
            {date(entry.valueDate)}
          </Text>
        </Group>
      </Group>
      <DataTable
        width={460}
        verticalSpacing={4}
        withRowBorders={false}
        fz="sm"
        label={`${kindName(entry.kind)}, ${date(entry.valueDate)}`}
      >
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('ledger.account')}</Table.Th>
            <Table.Th className="end">{t('ledger.debitIn', { currency })}</Table.Th>
            <Table.Th className="end">{t('ledger.creditIn', { currency })}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {entry.postings.map((posting) => (
            <Table.Tr key={`${posting.account}-${posting.debit}-${posting.credit}`}>
              <Table.Td>
                <AccountName account={posting.account} />
              </Table.Td>
              <Table.Td className="end">
                <Amount amount={posting.debit} currency={posting.currency} dash />
              </Table.Td>
              <Table.Td className="end">
                <Amount amount={posting.credit} currency={posting.currency} dash />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </DataTable>
    </Box>
  )
}
