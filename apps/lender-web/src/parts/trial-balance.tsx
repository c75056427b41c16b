/** What every account holds at the end of a day. */
import { Badge, Group, Paper, Table, Text, Title } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { LedgerAccountView } from '#libs/messages'
import { type Ok, type ReportFilter, trialBalanceQuery } from '../api/queries'
import { AccountName } from './account-name'
import { DataTable } from './data-table'
import { Amount } from './figures'
import { Icon } from './icons'
import { Answer, Empty } from './states'
import { useWords } from '../words/words'

const CLASSES: readonly LedgerAccountView['class'][] = ['asset', 'liability', 'equity', 'income', 'expense']

export function TrialBalance({ filter }: { filter: ReportFilter }) {
  const { t } = useWords()
  const query = useQuery({ ...trialBalanceQuery(filter), placeholderData: keepPreviousData })
  return (
    <Answer of={query} rows={8}>
      {(balance) =>
        balance.accounts.length === 0 ? (
          <Paper>
            <Empty icon="ledger" title={t('ledger.none')}>
              {t('ledger.none.hint')}
            </Empty>
          </Paper>
        ) : (
          balance.totals.map(({ currency }) => <CurrencyBalance key={currency} currency={currency} balance={balance} />)
        )
      }
    </Answer>
  )
}

function CurrencyBalance({ currency, balance }: { currency: string; balance: Ok<'ledger.trialBalance'> }) {
  const { t } = useWords()
  const total = balance.totals.find((row) => row.currency === currency)
  const balanced = total?.debit === total?.credit
  return (
    <Paper p={0} style={{ overflow: 'hidden' }} component="section">
      <Group p="lg" pb="xs" justify="space-between">
        <Title order={2}>{currency}</Title>
        <Badge variant="filled" color={balanced ? 'pine' : 'red'}>
          <Group gap={4} component="span">
            <Icon name={balanced ? 'check' : 'warning'} size={15} />
            {t(balanced ? 'ledger.balanced' : 'ledger.unbalanced')}
          </Group>
        </Badge>
      </Group>
      <DataTable width={480} label={t('ledger.balanceOf', { currency })}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('ledger.account')}</Table.Th>
            <Table.Th className="end">{t('ledger.debit')}</Table.Th>
            <Table.Th className="end">{t('ledger.credit')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        {CLASSES.map((kind) => (
          <ClassRows
            key={kind}
            kind={kind}
            accounts={balance.accounts.filter(
              (account) => account.class === kind && account.currency === currency && account.balance !== 0,
            )}
          />
        ))}
        <Table.Tfoot>
          <Table.Tr>
            <Table.Th>{t('ledger.sum')}</Table.Th>
            <Table.Th className="end">
              <Amount amount={total?.debit ?? 0} currency={currency} />
            </Table.Th>
            <Table.Th className="end">
              <Amount amount={total?.credit ?? 0} currency={currency} />
            </Table.Th>
          </Table.Tr>
        </Table.Tfoot>
      </DataTable>
    </Paper>
  )
}

function ClassRows({ kind, accounts }: { kind: LedgerAccountView['class']; accounts: LedgerAccountView[] }) {
  const { t } = useWords()
  if (accounts.length === 0) return null
  return (
    <Table.Tbody>
      <Table.Tr>
        <Table.Th colSpan={3} scope="rowgroup">
          <Text size="sm" fw={600}>
            {t(`class.${kind}`)}
          </Text>
        </Table.Th>
      </Table.Tr>
      {accounts.map(({ account, balance, currency }) => (
        <Table.Tr key={account}>
          <Table.Td>
            <AccountName account={account} />
          </Table.Td>
          <Table.Td className="end">
            <Amount amount={balance > 0 ? balance : 0} currency={currency} dash />
          </Table.Td>
          <Table.Td className="end">
            <Amount amount={balance < 0 ? -balance : 0} currency={currency} dash />
          </Table.Td>
        </Table.Tr>
      ))}
    </Table.Tbody>
  )
}
