/** What was paid in a loan, and what waits for one's word. */
import { Button, Group, Modal, Paper, Stack, Table, Text, Textarea, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { LoanView, PaymentView } from '#libs/messages'
import { useCommand } from '../api/command'
import { itemsOf } from '../api/lists'
import { paymentsQuery } from '../api/queries'
import { useMayAct } from '../shell/account'
import { useToday } from '../shell/clock'
import { useWords } from '../words/words'
import { StateBadge } from './badges'
import { DataTable } from './data-table'
import { Money } from './figures'
import { MoneyInput } from './inputs'
import { TextLink } from './link'
import { More } from './more'
import { Answer, Empty, Problem } from './states'

export function LoanPayments({ loan }: { loan: LoanView }) {
  const { t } = useWords()
  const query = useInfiniteQuery(paymentsQuery({ loan: loan.id }))
  const items = itemsOf<PaymentView>(query.data)
  return (
    <Paper p={items?.length ? 0 : 'lg'} style={{ overflow: 'hidden' }}>
      <Answer of={{ ...query, data: items }}>
        {(payments) =>
          payments.length === 0 ? (
            <Empty icon="arrow" title={t('payments.none')}>
              {t('payments.none.hint')}
            </Empty>
          ) : (
            <PaymentsTable payments={payments} />
          )
        }
      </Answer>
      <More of={query} />
    </Paper>
  )
}

function PaymentsTable({ payments }: { payments: PaymentView[] }) {
  const { t, date } = useWords()
  return (
    <DataTable width={780} label={t('loan.payments')}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('payment.valueDate')}</Table.Th>
          <Table.Th>{t('payment.what')}</Table.Th>
          <Table.Th className="end">{t('amount')}</Table.Th>
          <Table.Th>{t('payment.allocation')}</Table.Th>
          <Table.Th>{t('state')}</Table.Th>
          <Table.Th>
            <span className="end">{t('payment.answer')}</span>
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {payments.map((payment) => (
          <Table.Tr key={payment.id}>
            <Table.Td className="nowrap">{date(payment.valueDate)}</Table.Td>
            <Table.Td>
              <TextLink to="/records/$record" params={{ record: payment.id }}>
                {t(`purpose.${payment.purpose}`)}
              </TextLink>
              <Text size="sm" c="dimmed">
                {[t(`rail.${payment.rail}`), payment.reference].filter((part) => part !== '').join(' · ')}
              </Text>
            </Table.Td>
            <Table.Td className="end">
              <Money amount={payment.confirmedAmount ?? payment.amount.amount} currency={payment.amount.currency} />
            </Table.Td>
            <Table.Td>
              <Allocation payment={payment} />
            </Table.Td>
            <Table.Td>
              <StateBadge state={payment.status} />
              {payment.refusedBecause !== null && (
                <Text size="sm" c="dimmed">
                  {payment.refusedBecause}
                </Text>
              )}
            </Table.Td>
            <Table.Td>
              <Answers payment={payment} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </DataTable>
  )
}

/** Where a repayment went. */
function Allocation({ payment }: { payment: PaymentView }) {
  const { t, money } = useWords()
  if (payment.allocation === null) return <Text c="dimmed">–</Text>
  const { principal, interest, fees, overpaid } = payment.allocation
  const { currency } = payment.amount
  const parts = [
    [t('schedule.principal'), principal],
    [t('schedule.interest'), interest],
    [t('schedule.fees'), fees],
    [t('payment.overpaid'), overpaid],
  ] as const
  return (
    <Text size="sm">
      {parts
        .filter(([, amount]) => amount > 0)
        .map(([name, amount]) => `${name} ${money(amount, currency)}`)
        .join(' · ')}
    </Text>
  )
}

function Answers({ payment }: { payment: PaymentView }) {
  const mayAct = useMayAct()
  if (!mayAct) return null
  return (
    <Group gap="xs" wrap="nowrap">
      {payment.may.includes('payments.confirm') && <Confirm payment={payment} />}
      {payment.may.includes('payments.refuse') && <Refuse payment={payment} />}
    </Group>
  )
}

function Confirm({ payment }: { payment: PaymentView }) {
  const { t } = useWords()
  const [opened, dialog] = useDisclosure()
  const [amount, setAmount] = useState<number | null>(payment.amount.amount)
  const [receivedOn, setReceivedOn] = useState(useToday())
  const confirm = useCommand<{ amount: number; receivedOn: string }, PaymentView>({
    path: `payments/${payment.id}/confirm`,
    done: 'payment.confirmed',
  })
  return (
    <>
      <Button size="xs" onClick={dialog.open}>
        {t('payment.confirm')}
      </Button>
      <Modal
        opened={opened}
        onClose={dialog.close}
        title={t('payment.confirm.title')}
        closeButtonProps={{ 'aria-label': t('close') }}
      >
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            if (amount !== null) confirm.mutate({ amount, receivedOn }, { onSuccess: dialog.close })
          }}
        >
          <Stack>
            <Text size="sm" c="dimmed">
              {t('payment.confirm.hint')}
            </Text>
            <MoneyInput
              label={t('payment.amountReceived')}
              currency={payment.amount.currency}
              value={amount}
              onChange={setAmount}
              required
            />
            <TextInput
              type="date"
              label={t('payment.receivedOn')}
              value={receivedOn}
              onChange={(event) => setReceivedOn(event.currentTarget.value)}
              required
            />
            <Problem error={confirm.error} />
            <Group justify="end">
              <Button variant="default" onClick={dialog.close}>
                {t('cancel')}
              </Button>
              <Button type="submit" loading={confirm.isPending}>
                {t('payment.confirm')}
              </Button>
            </Group>
          </Stack>
        </form>
      </Modal>
    </>
  )
}

function Refuse({ payment }: { payment: PaymentView }) {
  const { t } = useWords()
  const [opened, dialog] = useDisclosure()
  const [reason, setReason] = useState('')
  const refuse = useCommand<{ reason: string }, PaymentView>({
    path: `payments/${payment.id}/refuse`,
    done: 'payment.refused',
  })
  return (
    <>
      <Button size="xs" variant="default" onClick={dialog.open}>
        {t('payment.refuse')}
      </Button>
      <Modal
        opened={opened}
        onClose={dialog.close}
        title={t('payment.refuse.title')}
        closeButtonProps={{ 'aria-label': t('close') }}
      >
        <Stack>
          <Textarea
            label={t('reason')}
            autosize
            minRows={2}
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Problem error={refuse.error} />
          <Group justify="end">
            <Button variant="default" onClick={dialog.close}>
              {t('cancel')}
            </Button>
            <Button
              color="red"
              loading={refuse.isPending}
              onClick={() => refuse.mutate({ reason: reason.trim() }, { onSuccess: dialog.close })}
            >
              {t('payment.refuse')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  )
}
