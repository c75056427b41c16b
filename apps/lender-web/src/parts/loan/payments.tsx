/** What was paid in a loan, and what waits for one's word. */
import { Paper, Stack, Table, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { LoanView, PaymentView } from '#libs/messages'
import { itemsOf } from '../../api/lists'
import { paymentsQuery } from '../../api/queries'
import { useWords } from '../../words/words'
import { StateBadge } from '../badges'
import { DataTable } from '../data-table'
import { Money } from '../figures'
import { TextLink } from '../link'
import { shortId } from '../identity'
import { More } from '../more'
import { WhereToPay } from '../payee'
import { Answer, Empty } from '../states'
import { PaymentAnswers } from './payment-answers'

export function LoanPayments({ loan }: { loan: LoanView }) {
  const [payee, alias] =
    loan.side === 'borrower' ? [loan.lender, loan.lenderAlias] : [loan.borrower, loan.borrowerAlias]
  return (
    <Stack>
      {loan.side !== 'other' && loan.conclusion !== null && <WhereToPay payee={payee} name={alias ?? shortId(payee)} />}
      <Payments loan={loan} />
    </Stack>
  )
}

function Payments({ loan }: { loan: LoanView }) {
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
  const { t, date, money } = useWords()
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
              {payment.settles && (
                <Text size="sm" c="dimmed">
                  {t('payment.settles')}
                </Text>
              )}
              {payment.chargedBack > 0 && (
                <Text size="sm" c="dimmed">
                  {t('payment.chargedBack', { amount: money(payment.chargedBack, payment.amount.currency) })}
                </Text>
              )}
              {payment.reversal !== null && (
                <Text size="sm" c="dimmed">
                  {t('payment.reversal.open')}
                </Text>
              )}
              {payment.refusedBecause !== null && (
                <Text size="sm" c="dimmed">
                  {payment.refusedBecause}
                </Text>
              )}
            </Table.Td>
            <Table.Td>
              <PaymentAnswers payment={payment} />
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
  const { principal, interest, fees, penalties, overpaid } = payment.allocation
  const { currency } = payment.amount
  const parts = [
    [t('schedule.principal'), principal],
    [t('schedule.interest'), interest],
    [t('schedule.fees'), fees],
    [t('schedule.penalties'), penalties],
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
