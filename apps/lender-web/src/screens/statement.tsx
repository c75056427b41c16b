/** One account's movements with the balance after each, down to the records that caused them and how sure those are. */
import { Paper, Stack, Table, Text } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { explainAccountQuery, type Ok } from '../api/queries'
import { AccountPlace, useAccountTitle } from '../parts/account-name'
import { DataTable } from '../parts/data-table'
import { Amount } from '../parts/figures'
import { DayField, PaperTools } from '../parts/paper-tools'
import { Proof } from '../parts/proof'
import { Screen } from '../parts/screen'
import { Answer, Empty } from '../parts/states'
import { useToday } from '../shell/clock'
import { useWords } from '../words/words'

export function Statement() {
  const { t } = useWords()
  const { account } = useParams({ from: '/ledger/$account' })
  const today = useToday()
  const [day, setDay] = useState(today)
  const asOf = day === '' ? today : day
  const query = useQuery({ ...explainAccountQuery(account, asOf), placeholderData: keepPreviousData })
  const title = useAccountTitle()
  return (
    <Screen
      title={title(account)}
      lead={<AccountPlace account={account} />}
      back={{ to: '/ledger', label: t('nav.ledger') }}
    >
      <PaperTools downloads={[{ label: t('csv'), path: 'ledger/explain', query: { account, asOf, format: 'csv' } }]}>
        <DayField value={day} onChange={setDay} />
      </PaperTools>
      <Answer of={query}>
        {(explained) => (
          <Paper p={explained.items.length > 0 ? 0 : 'lg'} style={{ overflow: 'hidden' }}>
            {explained.items.length === 0 ? (
              <Empty icon="ledger" title={t('journal.none')} />
            ) : (
              <Movements explained={explained} />
            )}
          </Paper>
        )}
      </Answer>
    </Screen>
  )
}

function Movements({ explained: { items, currency, balance } }: { explained: Ok<'ledger.explain'> }) {
  const { t, date } = useWords()
  return (
    <DataTable width={720} label={t('ledger.statement')}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('payment.valueDate')}</Table.Th>
          <Table.Th>{t('ledger.what')}</Table.Th>
          <Table.Th className="end">{t('ledger.debitIn', { currency })}</Table.Th>
          <Table.Th className="end">{t('ledger.creditIn', { currency })}</Table.Th>
          <Table.Th className="end">{t('ledger.after')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {items.map((posting) => (
          <Table.Tr key={posting.entry}>
            <Table.Td className="nowrap">{date(posting.valueDate)}</Table.Td>
            <Table.Td>
              <Stack gap={4}>
                <Text size="sm">{posting.description}</Text>
                <Proof record={posting.record} />
              </Stack>
            </Table.Td>
            <Table.Td className="end">
              <Amount amount={posting.debit} currency={currency} dash />
            </Table.Td>
            <Table.Td className="end">
              <Amount amount={posting.credit} currency={currency} dash />
            </Table.Td>
            <Table.Td className="end">
              <Amount amount={posting.balance} currency={currency} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
      <Table.Tfoot>
        <Table.Tr>
          <Table.Th colSpan={4}>{t('ledger.atTheEnd')}</Table.Th>
          <Table.Th className="end">
            <Amount amount={balance} currency={currency} />
          </Table.Th>
        </Table.Tr>
      </Table.Tfoot>
    </DataTable>
  )
}
