/** Listings as a table: what is for sale at which price and risk; and the orders of a listing with what comes next. */
import { Alert, Badge, Group, Stack, Table, Text } from '@mantine/core'
import type { NoteListingView } from '#libs/messages'
import { useWords } from '../words/words'
import { StateBadge } from './badges'
import { DataTable } from './data-table'
import { Money } from './figures'
import { Icon } from './icons'
import { Person } from './identity'
import { RowLink } from './link'
import { OrderActions } from './listing-actions'
import { Named } from './note-names'

export function ListingsTable({ listings, label }: { listings: NoteListingView[]; label: string }) {
  const { t, rate } = useWords()
  return (
    <DataTable width={860} label={label}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('notes.borrower')}</Table.Th>
          <Table.Th>{t('notes.seller')}</Table.Th>
          <Table.Th className="end">{t('notes.principal')}</Table.Th>
          <Table.Th className="end">{t('notes.price')}</Table.Th>
          <Table.Th className="end">{t('notes.yield')}</Table.Th>
          <Table.Th>{t('notes.risk')}</Table.Th>
          <Table.Th>{t('state')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {listings.map((listing) => (
          <Table.Tr key={listing.id} className="row-link">
            <Table.Td>
              <RowLink to="/market/notes/$loan/$listing" params={{ loan: listing.loan, listing: listing.id }}>
                <Named identity={listing.borrower} />
              </RowLink>
            </Table.Td>
            <Table.Td>
              <Person identity={listing.seller} alias={listing.sellerAlias} />
            </Table.Td>
            <Table.Td className="end">
              <Money amount={listing.principal} currency={listing.currency} />
              {listing.part && (
                <Text size="xs" c="dimmed">
                  {t('notes.ofPart')}
                </Text>
              )}
            </Table.Td>
            <Table.Td className="end">
              <Money amount={listing.price} currency={listing.currency} />
            </Table.Td>
            <Table.Td className="end">{listing.yieldPpm === null ? '–' : rate(listing.yieldPpm)}</Table.Td>
            <Table.Td>
              <RiskBadges listing={listing} />
            </Table.Td>
            <Table.Td>
              <StateBadge state={listing.status} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </DataTable>
  )
}

/** What speaks against buying, at a glance. */
function RiskBadges({ listing: { daysPastDue, final } }: { listing: NoteListingView }) {
  const { t } = useWords()
  return (
    <Group gap={4}>
      {daysPastDue > 0 ? (
        <Badge color="red">{t('loans.late', { days: daysPastDue })}</Badge>
      ) : (
        <Badge variant="default">{t('notes.inTime')}</Badge>
      )}
      {!final && <Badge color="orange">{t('notes.notFinal')}</Badge>}
    </Group>
  )
}

/** Why a listing can't be ordered as it stands. */
export function StaleNotice({ listing }: { listing: NoteListingView }) {
  const { t } = useWords()
  if (listing.status !== 'stale') return null
  return (
    <Alert color="orange" variant="light" icon={<Icon name="warning" />}>
      {t('notes.stale')}
    </Alert>
  )
}

/** Who ordered, what of the price came, and what one may do about it. */
export function OrdersTable({ listing }: { listing: NoteListingView }) {
  const { t, date, money } = useWords()
  const { currency } = listing
  return (
    <DataTable width={640} label={t('notes.orders')}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('notes.buyer')}</Table.Th>
          <Table.Th className="end">{t('notes.price')}</Table.Th>
          <Table.Th>{t('notes.settleOn')}</Table.Th>
          <Table.Th>{t('state')}</Table.Th>
          <Table.Th>{t('notes.next')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {listing.orders.map((order) => (
          <Table.Tr key={order.id}>
            <Table.Td>
              <Person identity={order.buyer} alias={order.buyerAlias} />
            </Table.Td>
            <Table.Td className="end">
              <Money amount={order.price} currency={currency} />
              {order.paid > 0 && (
                <Text size="xs" c="dimmed">
                  {t('notes.paidSoFar', { amount: money(order.paid, currency) })}
                </Text>
              )}
            </Table.Td>
            <Table.Td className="nowrap">{date(order.settleOn)}</Table.Td>
            <Table.Td>
              <Stack gap={4} align="start">
                <StateBadge state={order.status} />
                {order.status === 'open' && order.payment !== null && <StateBadge state="sent" />}
              </Stack>
            </Table.Td>
            <Table.Td>
              <OrderActions order={order} listing={listing} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </DataTable>
  )
}
