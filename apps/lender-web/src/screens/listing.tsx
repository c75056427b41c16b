/** One note for sale: its price and yield, what speaks for and against it, and one's order. */
import { Alert, Grid, Group, Stack, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import type { NoteListingView } from '#libs/messages'
import { itemsOf, useWhole } from '../api/lists'
import { listingsQuery } from '../api/notes'
import { FinalityBadge, StateBadge } from '../parts/badges'
import { Facts, Moment, Money } from '../parts/figures'
import { Icon } from '../parts/icons'
import { Person } from '../parts/identity'
import { ButtonLink, TextLink } from '../parts/link'
import { ListingActions } from '../parts/listing-actions'
import { OrdersTable, StaleNotice } from '../parts/listings'
import { Named, NoteRows } from '../parts/note-names'
import { PriceLines } from '../parts/note-sale-dialog'
import { Screen } from '../parts/screen'
import { Answer, Empty, Loading, Section } from '../parts/states'
import { TrackRecord } from '../parts/track-record'
import { useWords } from '../words/words'

export function Listing() {
  const { t } = useWords()
  const { loan, listing: id } = useParams({ from: '/market/notes/$loan/$listing' })
  const query = useInfiniteQuery(listingsQuery({ loan }))
  useWhole(query)
  return (
    <Answer of={{ ...query, data: itemsOf<NoteListingView>(query.data) }}>
      {(items) => {
        const listing = items.find((item) => item.id === id)
        if (listing !== undefined) return <Shown listing={listing} />
        if (query.hasNextPage) return <Loading />
        return (
          <Screen title={t('market.notes')} back={{ to: '/market/notes', label: t('market.notes') }}>
            <Empty
              icon="market"
              title={t('notes.gone')}
              action={
                <ButtonLink to="/notes" variant="default">
                  {t('nav.notes')}
                </ButtonLink>
              }
            >
              {t('notes.gone.hint')}
            </Empty>
          </Screen>
        )
      }}
    </Answer>
  )
}

function Shown({ listing }: { listing: NoteListingView }) {
  const { t, money } = useWords()
  const { currency, rows, principal } = listing
  return (
    <Screen
      title={t('notes.title', { amount: money(principal, currency) })}
      back={{ to: '/market/notes', label: t('market.notes') }}
      lead={
        <>
          <StateBadge state={listing.status} /> {t('notes.soldBy')}{' '}
          <Person identity={listing.seller} alias={listing.sellerAlias} />
        </>
      }
      action={<ListingActions listing={listing} />}
    >
      <StaleNotice listing={listing} />
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, md: 6 }}>
          <Stack gap="lg">
            <Section title={t('notes.price')}>
              <Stack gap={6}>
                <PriceLines price={listing} />
                <Text size="xs" c="dimmed">
                  {t('notes.fee.hint')}
                </Text>
              </Stack>
            </Section>
            <Risk listing={listing} />
            <TrackRecord identity={listing.borrower} />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 6 }}>
          <Section title={t('notes.rows')}>
            <NoteRows rows={rows} currency={currency} />
          </Section>
        </Grid.Col>
      </Grid>
      {listing.orders.length > 0 && (
        <Section title={t('notes.orders')}>
          <OrdersTable listing={listing} />
        </Section>
      )}
    </Screen>
  )
}

/** What a buyer should know of the loan and of the title before signing. */
function Risk({ listing }: { listing: NoteListingView }) {
  const { t, money } = useWords()
  const { currency, daysPastDue, exposure, final } = listing
  return (
    <Section title={t('notes.risk')}>
      <Stack>
        <Facts
          items={[
            [t('notes.borrower'), <Named key="borrower" identity={listing.borrower} />],
            [t('notes.punctual'), daysPastDue === 0 ? t('notes.inTime') : t('loans.late', { days: daysPastDue })],
            [t('notes.titleIs'), <FinalityBadge key="final" finality={final ? 'final' : 'stored'} />],
            [t('notes.exposure'), <Money key="exposure" amount={exposure} currency={currency} />],
            [t('notes.listedAt'), <Moment key="at" atMs={listing.listedAtMs} />],
          ]}
        />
        {exposure > 0 && (
          <Alert color="blue" variant="light" icon={<Icon name="warning" />}>
            {t('notes.goodFaith', { amount: money(exposure, currency) })}
          </Alert>
        )}
        <Group gap="md">
          <TextLink
            to="/notes/$loan/$note"
            params={{ loan: listing.loan, note: listing.note }}
            style={{ fontSize: 14 }}
          >
            {t('notes.titles')}
          </TextLink>
          <TextLink to="/records/$record" params={{ record: listing.id }} style={{ fontSize: 14 }}>
            {t('record.behind')}
          </TextLink>
        </Group>
      </Stack>
    </Section>
  )
}
