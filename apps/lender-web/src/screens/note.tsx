/** One note: what it is worth, what it still pays, who owned it with the record of each title, and its sale. */
import { Grid, Stack, Table, Text } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import type { NoteListingView, NoteView, TitleView } from '#libs/messages'
import { itemsOf, useWhole } from '../api/lists'
import { listingsQuery, noteQuery } from '../api/notes'
import { FinalityBadge } from '../parts/badges'
import { DataTable } from '../parts/data-table'
import { Figure, Figures, Money } from '../parts/figures'
import { Person } from '../parts/identity'
import { TextLink } from '../parts/link'
import { ListingActions } from '../parts/listing-actions'
import { OrdersTable, StaleNotice } from '../parts/listings'
import { Named, NoteRows } from '../parts/note-names'
import { NoteSaleDialog, PriceLines } from '../parts/note-sale-dialog'
import { Screen } from '../parts/screen'
import { Answer, Section } from '../parts/states'
import { useMayAct } from '../shell/account'
import { useWords } from '../words/words'

export function Note() {
  const { loan, note } = useParams({ from: '/notes/$loan/$note' })
  const query = useQuery(noteQuery(loan, note))
  return <Answer of={query}>{(view) => <Shown note={view} />}</Answer>
}

function Shown({ note }: { note: NoteView }) {
  const { t, money } = useWords()
  const mayAct = useMayAct()
  const { currency, principal, accrued, outstanding, rows } = note
  const listings = useInfiniteQuery(listingsQuery({ loan: note.loan }))
  useWhole(listings)
  const own = itemsOf<NoteListingView>(listings.data)?.filter((listing) => listing.note === note.note) ?? []
  return (
    <Screen
      title={t('notes.title', { amount: money(principal, currency) })}
      back={{ to: '/notes', label: t('nav.notes') }}
      lead={
        <>
          {t('notes.of')} <Named identity={note.borrower} /> · {t('notes.name', { note: note.note })} ·{' '}
          <TextLink to="/loans/$loan" params={{ loan: note.loan }} dimmed>
            {t('notes.loan')}
          </TextLink>
        </>
      }
      action={mayAct && note.may.includes('notes.sell') ? <NoteSaleDialog note={note} /> : undefined}
    >
      <Figures>
        <Figure label={t('notes.principal')}>
          <Money amount={principal} currency={currency} />
        </Figure>
        <Figure label={t('notes.accrued')} note={t('notes.accrued.hint')}>
          <Money amount={accrued} currency={currency} />
        </Figure>
        <Figure label={t('notes.worth')} note={t('notes.worth.hint')}>
          <Money amount={principal + accrued} currency={currency} />
        </Figure>
        <Figure label={t('notes.outstanding')}>
          <Money amount={outstanding} currency={currency} />
        </Figure>
      </Figures>
      {own.map((listing) => (
        <Section key={listing.id} title={t('notes.forSale')} action={<ListingActions listing={listing} />}>
          <Stack>
            <StaleNotice listing={listing} />
            <Stack gap={6} maw={420}>
              <PriceLines price={listing} />
            </Stack>
            {listing.orders.length > 0 && <OrdersTable listing={listing} />}
          </Stack>
        </Section>
      ))}
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, md: 6 }}>
          <Section title={t('notes.rows')}>
            <NoteRows rows={rows} currency={currency} />
          </Section>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 6 }}>
          <Titles titles={note.titles} currency={currency} />
        </Grid.Col>
      </Grid>
    </Screen>
  )
}

/** The chain of title: each link with its record, and whether anything could still undo it. */
function Titles({ titles, currency }: { titles: TitleView[]; currency: string }) {
  const { t, date } = useWords()
  return (
    <Section title={t('notes.titles')}>
      <Stack>
        <Text size="sm" c="dimmed">
          {t('notes.titles.hint')}
        </Text>
        <DataTable width={420} label={t('notes.titles')}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('notes.owner')}</Table.Th>
              <Table.Th>{t('notes.since')}</Table.Th>
              <Table.Th className="end">{t('notes.price')}</Table.Th>
              <Table.Th>{t('record.behind')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {titles.map(({ owner, ownerAlias, record, after, price, final }) => (
              <Table.Tr key={`${record} ${owner}`}>
                <Table.Td>
                  <Person identity={owner} alias={ownerAlias} />
                </Table.Td>
                <Table.Td className="nowrap">
                  {after === null ? t('notes.since.beginning') : t('notes.since.after', { date: date(after) })}
                </Table.Td>
                <Table.Td className="end">
                  {price === null ? '–' : <Money amount={price} currency={currency} />}
                </Table.Td>
                <Table.Td>
                  <Stack gap={4} align="start">
                    <TextLink to="/records/$record" params={{ record }}>
                      {t(after === null ? 'kind.agreement.concluded' : 'kind.note.sold')}
                    </TextLink>
                    <FinalityBadge finality={final ? 'final' : 'stored'} />
                  </Stack>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </DataTable>
      </Stack>
    </Section>
  )
}
