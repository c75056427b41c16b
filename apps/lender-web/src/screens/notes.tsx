/** One's own notes with what each is worth, and what of them is for sale. */
import { Paper, Stack, Table, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { NoteListingView, NoteView } from '#libs/messages'
import { itemsOf } from '../api/lists'
import { listingsQuery, notesQuery } from '../api/notes'
import { DataTable } from '../parts/data-table'
import { Money } from '../parts/figures'
import { ButtonLink, RowLink } from '../parts/link'
import { ListingsTable } from '../parts/listings'
import { More } from '../parts/more'
import { Named } from '../parts/note-names'
import { Screen } from '../parts/screen'
import { Answer, Empty, Section } from '../parts/states'
import { useWords } from '../words/words'

export function Notes() {
  const { t } = useWords()
  const query = useInfiniteQuery(notesQuery)
  const notes = itemsOf<NoteView>(query.data)
  const selling = useInfiniteQuery(listingsQuery({ mine: true }))
  const listings = itemsOf<NoteListingView>(selling.data)
  return (
    <Screen
      title={t('nav.notes')}
      lead={t('notes.lead')}
      action={
        <ButtonLink to="/market/notes" variant="default">
          {t('notes.toMarket')}
        </ButtonLink>
      }
    >
      <Paper p={notes?.length ? 0 : 'lg'} style={{ overflow: 'hidden' }}>
        <Answer of={{ ...query, data: notes }}>
          {(items) =>
            items.length === 0 ? (
              <Empty icon="loans" title={t('notes.none')}>
                {t('notes.none.hint')}
              </Empty>
            ) : (
              <NotesTable notes={items} />
            )
          }
        </Answer>
        <More of={query} />
      </Paper>
      {listings && listings.length > 0 && (
        <Section title={t('notes.selling')}>
          <Stack>
            <ListingsTable listings={listings} label={t('notes.selling')} />
            <More of={selling} />
          </Stack>
        </Section>
      )}
    </Screen>
  )
}

function NotesTable({ notes }: { notes: NoteView[] }) {
  const { t, date } = useWords()
  return (
    <DataTable width={720} label={t('nav.notes')}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('notes.borrower')}</Table.Th>
          <Table.Th className="end">{t('notes.principal')}</Table.Th>
          <Table.Th className="end">{t('notes.accrued')}</Table.Th>
          <Table.Th className="end">{t('notes.worth')}</Table.Th>
          <Table.Th className="end">{t('notes.outstanding')}</Table.Th>
          <Table.Th>{t('notes.next.due')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {notes.map((note) => (
          <Table.Tr key={`${note.loan} ${note.note}`} className="row-link">
            <Table.Td>
              <RowLink to="/notes/$loan/$note" params={{ loan: note.loan, note: note.note }}>
                <Named identity={note.borrower} />
              </RowLink>
              <Text size="xs" c="dimmed">
                {t('notes.name', { note: note.note })}
                {note.listing !== null && ` · ${t('notes.forSale')}`}
              </Text>
            </Table.Td>
            <Table.Td className="end">
              <Money amount={note.principal} currency={note.currency} />
            </Table.Td>
            <Table.Td className="end">
              <Money amount={note.accrued} currency={note.currency} />
            </Table.Td>
            <Table.Td className="end">
              <Money amount={note.principal + note.accrued} currency={note.currency} />
            </Table.Td>
            <Table.Td className="end">
              <Money amount={note.outstanding} currency={note.currency} />
            </Table.Td>
            <Table.Td className="nowrap">{note.rows[0] === undefined ? '–' : date(note.rows[0][0])}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </DataTable>
  )
}
