/** One's own offers. */
import { Group, Paper, Table, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { OfferView } from '#libs/messages'
import { itemsOf } from '../api/lists'
import { offersQuery } from '../api/queries'
import { FinalityBadge, StateBadge } from '../parts/badges'
import { DataTable } from '../parts/data-table'
import { Money } from '../parts/figures'
import { Icon } from '../parts/icons'
import { ButtonLink, RowLink } from '../parts/link'
import { More } from '../parts/more'
import { Screen } from '../parts/screen'
import { Answer, Empty } from '../parts/states'
import { useTermsLine } from '../parts/terms'
import { useMayAct } from '../shell/account'
import { useWords } from '../words/words'

export function Offers() {
  const { t } = useWords()
  const mayAct = useMayAct()
  const query = useInfiniteQuery(offersQuery({ mine: true }))
  const mine = itemsOf<OfferView>(query.data)
  const make = mayAct ? (
    <ButtonLink to="/offers/new">
      <Group gap={6} wrap="nowrap" component="span">
        <Icon name="plus" size={18} />
        {t('offers.make')}
      </Group>
    </ButtonLink>
  ) : undefined
  return (
    <Screen title={t('nav.offers')} lead={t('offers.lead')} action={make}>
      <Paper p={mine?.length ? 0 : 'lg'} style={{ overflow: 'hidden' }}>
        <Answer of={{ ...query, data: mine }}>
          {(offers) =>
            offers.length === 0 ? (
              <Empty icon="offers" title={t('offers.none')}>
                {t('offers.none.hint')}
              </Empty>
            ) : (
              <OffersTable offers={offers} />
            )
          }
        </Answer>
        <More of={query} />
      </Paper>
    </Screen>
  )
}

function OffersTable({ offers }: { offers: OfferView[] }) {
  const { t } = useWords()
  const line = useTermsLine()
  return (
    <DataTable width={680} label={t('nav.offers')}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('offers.offer')}</Table.Th>
          <Table.Th>{t('state')}</Table.Th>
          <Table.Th className="end">{t('offers.applications')}</Table.Th>
          <Table.Th className="end">{t('offers.available')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {offers.map((offer) => (
          <Table.Tr key={offer.id} className="row-link">
            <Table.Td>
              <RowLink to="/offers/$offer" params={{ offer: offer.id }}>
                {line(offer.terms)}
              </RowLink>
              {offer.terms.note !== undefined && (
                <Text size="sm" c="dimmed" lineClamp={1}>
                  {offer.terms.note}
                </Text>
              )}
            </Table.Td>
            <Table.Td>
              <Group gap={6} wrap="nowrap">
                <StateBadge state={offer.status} />
                <FinalityBadge finality={offer.final ? 'final' : 'stored'} />
              </Group>
            </Table.Td>
            <Table.Td className="end">{offer.applications}</Table.Td>
            <Table.Td className="end">
              <Money amount={offer.available} currency={offer.terms.currency} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </DataTable>
  )
}
