/** Notes that others sell, and what one has ordered of them. */
import { Paper, Stack } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { NoteListingView } from '#libs/messages'
import { itemsOf } from '../api/lists'
import { listingsQuery } from '../api/notes'
import { ListingsTable } from '../parts/listings'
import { MarketSwitch } from '../parts/market-switch'
import { More } from '../parts/more'
import { Screen } from '../parts/screen'
import { Answer, Empty, Section } from '../parts/states'
import { useAccount } from '../shell/account'
import { useWords } from '../words/words'

export function NoteMarket() {
  const { t } = useWords()
  const { identity } = useAccount()
  const query = useInfiniteQuery(listingsQuery({}))
  const others = itemsOf<NoteListingView>(query.data)?.filter(({ seller }) => seller !== identity)
  const buying = useInfiniteQuery(listingsQuery({ ordered: true }))
  const ordered = itemsOf<NoteListingView>(buying.data)
  return (
    <Screen title={t('nav.market')} lead={t('notes.market.lead')} action={<MarketSwitch at="notes" />}>
      {ordered && ordered.length > 0 && (
        <Section title={t('notes.buying')}>
          <Stack>
            <ListingsTable listings={ordered} label={t('notes.buying')} />
            <More of={buying} />
          </Stack>
        </Section>
      )}
      <Paper p={others?.length ? 0 : 'lg'} style={{ overflow: 'hidden' }}>
        <Answer of={{ ...query, data: others }}>
          {(listings) =>
            listings.length === 0 ? (
              <Empty icon="market" title={t('notes.market.none')}>
                {t('notes.market.none.hint')}
              </Empty>
            ) : (
              <ListingsTable listings={listings} label={t('market.notes')} />
            )
          }
        </Answer>
        <More of={query} />
      </Paper>
    </Screen>
  )
}
