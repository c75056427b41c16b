/** Every movement of a loan in the books: what it posted, the record that caused it, and the records that that one rests on. */
import { Box, Group, Paper, Stack, Table, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ExplainedMovement } from '#libs/messages'
import { explainLoanQuery } from '../../api/queries'
import { useWords } from '../../words/words'
import { AccountName } from '../account-name'
import { DataTable } from '../data-table'
import { Amount } from '../figures'
import { Proof } from '../proof'
import { Answer, Empty } from '../states'
import { useKindName } from '../timeline'

export function LoanBooks({ loan }: { loan: string }) {
  const { t } = useWords()
  const query = useQuery(explainLoanQuery(loan))
  return (
    <Answer of={query}>
      {({ items }) => (
        <Paper p={items.length > 0 ? 0 : 'lg'} style={{ overflow: 'hidden' }}>
          {items.length === 0 ? (
            <Empty icon="ledger" title={t('journal.none')}>
              {t('journal.none.hint')}
            </Empty>
          ) : (
            items.map((movement, index) => <Movement key={`${movement.record.id} ${index}`} movement={movement} />)
          )}
        </Paper>
      )}
    </Answer>
  )
}

function Movement({ movement: { valueDate, record, rests, postings } }: { movement: ExplainedMovement }) {
  const { t, date } = useWords()
  const kindName = useKindName()
  return (
    <Box style={{ borderTop: '1px solid var(--line)' }} py="xs">
      <Stack gap={4} px="md" py={6}>
        <Group justify="space-between" gap="sm">
          <Proof record={record} />
          <Text size="sm" c="dimmed">
            {date(valueDate)}
          </Text>
        </Group>
        {rests.length > 0 && (
          <Group gap={6}>
            <Text size="sm" c="dimmed">
              {t('record.refs')}
            </Text>
            {rests.map((proof) => (
              <Proof key={proof.id} record={proof} />
            ))}
          </Group>
        )}
      </Stack>
      {postings.length > 0 && (
        <DataTable
          width={460}
          verticalSpacing={4}
          withRowBorders={false}
          fz="sm"
          label={`${kindName(record.kind)}, ${date(valueDate)}`}
        >
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('ledger.account')}</Table.Th>
              <Table.Th className="end">{t('ledger.debitIn', { currency: postings[0]?.currency ?? '' })}</Table.Th>
              <Table.Th className="end">{t('ledger.creditIn', { currency: postings[0]?.currency ?? '' })}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {postings.map((posting, index) => (
              <Table.Tr key={`${posting.account} ${index}`}>
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
      )}
    </Box>
  )
}
