/** One's own bids: what became of them, and taking one back. */
import { Table } from '@mantine/core'
import type { BidView } from '#libs/messages'
import { useCommand } from '../api/command'
import { useWords } from '../words/words'
import { StateBadge } from './badges'
import { DataTable } from './data-table'
import { DialogButton, DialogForm } from './dialog'
import { Moment, Money } from './figures'
import { TextLink } from './link'

export function OwnBids({ bids }: { bids: BidView[] }) {
  const { t, rate } = useWords()
  return (
    <DataTable width={680} label={t('bids.own')}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th className="end">{t('amount')}</Table.Th>
          <Table.Th className="end">{t('bids.least')}</Table.Th>
          <Table.Th className="end">{t('bids.rate')}</Table.Th>
          <Table.Th>{t('state')}</Table.Th>
          <Table.Th>{t('bids.validUntil')}</Table.Th>
          <Table.Th>{t('bids.next')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {bids.map((bid) => (
          <Table.Tr key={bid.id}>
            <Table.Td className="end">
              <Money {...bid.amount} />
            </Table.Td>
            <Table.Td className="end">
              <Money amount={bid.leastAmount} currency={bid.amount.currency} />
            </Table.Td>
            <Table.Td className="end">{rate(bid.ratePpm)}</Table.Td>
            <Table.Td>
              <StateBadge state={bid.status} />
            </Table.Td>
            <Table.Td>
              <Moment atMs={bid.validUntilMs} />
            </Table.Td>
            <Table.Td>
              <Next bid={bid} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </DataTable>
  )
}

/** The agreement that took it, or the way back. */
function Next({ bid }: { bid: BidView }) {
  const { t } = useWords()
  const withdraw = useCommand<object, BidView>({ path: `bids/${bid.id}/withdraw`, done: 'bids.withdrawn' })
  if (bid.loan !== null)
    return (
      <TextLink to="/loans/$loan" params={{ loan: bid.loan }}>
        {t('application.loan')}
      </TextLink>
    )
  if (bid.status !== 'open') return null
  return (
    <DialogButton label={t('bids.withdraw')} title={t('bids.withdraw.title')} variant="default" size="xs">
      {(close) => (
        <DialogForm
          hint={t('bids.withdraw.text')}
          go={t('bids.withdraw')}
          busy={withdraw.isPending}
          error={withdraw.error}
          close={close}
          onSubmit={() => withdraw.mutate({}, { onSuccess: close })}
        />
      )}
    </DialogButton>
  )
}
