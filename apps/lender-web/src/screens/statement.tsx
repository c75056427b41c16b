/** One account's movements, with the balance after each. */
import { Paper, Table } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { itemsOf } from '../api/lists'
import { type Ok, statementQuery, trialBalanceQuery } from '../api/queries'
import { AccountPlace, useAccountTitle } from '../parts/account-name'
import { DataTable } from '../parts/data-table'
import { Amount } from '../parts/figures'
import { TextLink } from '../parts/link'
import { More } from '../parts/more'
import { Screen } from '../parts/screen'
import { Answer, Empty } from '../parts/states'
import { useToday } from '../shell/clock'
import { useWords } from '../words/words'

type Movement = Ok<'ledger.statement'>['items'][number]

export function Statement() {
  const { t } = useWords()
  const { account } = useParams({ from: '/ledger/$account' })
  const query = useInfiniteQuery(statementQuery(account))
  const items = itemsOf<Movement>(query.data)
  const title = useAccountTitle()
  return (
    <Screen
      title={title(account)}
      lead={<AccountPlace account={account} />}
      back={{ to: '/ledger', label: t('nav.ledger') }}
    >
      <Paper p={items?.length ? 0 : 'lg'} style={{ overflow: 'hidden' }}>
        <Answer of={{ ...query, data: items }}>
          {(movements) =>
            movements.length === 0 ? (
              <Empty icon="ledger" title={t('journal.none')} />
            ) : (
              <Movements account={account} movements={movements} />
            )
          }
        </Answer>
        <More of={query} />
      </Paper>
    </Screen>
  )
}

function Movements({ account, movements }: { account: string; movements: Movement[] }) {
  const { t, date } = useWords()
  const balance = useQuery(trialBalanceQuery(useToday()))
  const currency = balance.data?.accounts.find((known) => known.account === account)?.currency
  if (currency === undefined) return <Answer of={balance}>{() => null}</Answer>
  return (
    <DataTable width={620} label={t('ledger.statement')}>
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
        {movements.map((movement) => (
          <Table.Tr key={movement.entry}>
            <Table.Td className="nowrap">{date(movement.valueDate)}</Table.Td>
            <Table.Td>
              <TextLink to="/records/$record" params={{ record: movement.record }}>
                {movement.description}
              </TextLink>
            </Table.Td>
            <Table.Td className="end">
              <Amount amount={movement.debit} currency={currency} dash />
            </Table.Td>
            <Table.Td className="end">
              <Amount amount={movement.credit} currency={currency} dash />
            </Table.Td>
            <Table.Td className="end">
              <Amount amount={movement.balance} currency={currency} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </DataTable>
  )
}
