/** The books: what every account holds at the end of a day, and the journal behind it. */
import { Badge, Group, Paper, Stack, Table, Tabs, Text, TextInput, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { LedgerAccountView } from '#libs/messages'
import { type Ok, trialBalanceQuery } from '../api/queries'
import { AccountName } from '../parts/account-name'
import { DataTable } from '../parts/data-table'
import { Amount } from '../parts/figures'
import { Icon } from '../parts/icons'
import { Journal } from '../parts/journal'
import { Screen } from '../parts/screen'
import { Answer, Empty } from '../parts/states'
import { useAccount } from '../shell/account'
import { useToday } from '../shell/clock'
import { useWords } from '../words/words'

const CLASSES: readonly LedgerAccountView['class'][] = ['asset', 'liability', 'equity', 'income', 'expense']

export function Ledger() {
  const { t } = useWords()
  const { identity } = useAccount()
  const owner = identity === null ? {} : { owner: identity }
  return (
    <Screen title={t('nav.ledger')} lead={t('ledger.lead')}>
      <Tabs defaultValue="balance" keepMounted={false}>
        <Tabs.List mb="lg">
          <Tabs.Tab value="balance">{t('ledger.balance')}</Tabs.Tab>
          <Tabs.Tab value="journal">{t('ledger.journal')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="balance">
          <Balance {...owner} />
        </Tabs.Panel>
        <Tabs.Panel value="journal">
          <Journal {...owner} />
        </Tabs.Panel>
      </Tabs>
    </Screen>
  )
}

function Balance({ owner }: { owner?: string }) {
  const { t } = useWords()
  const [asOf, setAsOf] = useState(useToday())
  const query = useQuery({
    ...trialBalanceQuery(asOf, owner),
    enabled: asOf !== '',
    placeholderData: (before) => before,
  })
  return (
    <Stack>
      <TextInput
        type="date"
        label={t('ledger.asOf')}
        value={asOf}
        onChange={(event) => setAsOf(event.currentTarget.value)}
        w={190}
      />
      <Answer of={query} rows={8}>
        {(balance) =>
          balance.accounts.length === 0 ? (
            <Paper>
              <Empty icon="ledger" title={t('ledger.none')}>
                {t('ledger.none.hint')}
              </Empty>
            </Paper>
          ) : (
            balance.totals.map(({ currency }) => (
              <CurrencyBalance key={currency} currency={currency} balance={balance} />
            ))
          )
        }
      </Answer>
    </Stack>
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
