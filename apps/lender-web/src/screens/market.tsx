/** What other lenders offer in this network. */
import { Group, Paper, Table, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { OfferView } from '#libs/messages'
import { itemsOf } from '../api/lists'
import { offersQuery } from '../api/queries'
import { DataTable } from '../parts/data-table'
import { Money } from '../parts/figures'
import { Person } from '../parts/identity'
import { RowLink } from '../parts/link'
import { MarketSwitch } from '../parts/market-switch'
import { More } from '../parts/more'
import { Screen } from '../parts/screen'
import { Answer, Empty } from '../parts/states'
import { useWords } from '../words/words'

export function Market() {
  const { t } = useWords()
  const query = useInfiniteQuery(offersQuery({ status: 'open' }))
  const others = itemsOf<OfferView>(query.data)?.filter(({ mine }) => !mine)
  return (
    <Screen title={t('nav.market')} lead={t('market.lead')} action={<MarketSwitch at="offers" />}>
      <Paper p={others?.length ? 0 : 'lg'} style={{ overflow: 'hidden' }}>
        <Answer of={{ ...query, data: others }}>
          {(offers) =>
            offers.length === 0 ? (
              <Empty icon="market" title={t('market.none')}>
                {t('market.none.hint')}
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
  const { t, rate, money } = useWords()
  return (
    <DataTable width={680} label={t('nav.market')}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('market.lender')}</Table.Th>
          <Table.Th className="end">{t('terms.rate.label')}</Table.Th>
          <Table.Th className="end">{t('terms.amount')}</Table.Th>
          <Table.Th>{t('terms.term')}</Table.Th>
          <Table.Th className="end">{t('offers.available')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {offers.map(({ id, lender, lenderAlias, terms, available }) => (
          <Table.Tr key={id} className="row-link">
            <Table.Td>
              <Group gap="xs" wrap="nowrap">
                <RowLink to="/market/$offer" params={{ offer: id }}>
                  <Person identity={lender} alias={lenderAlias} />
                </RowLink>
              </Group>
            </Table.Td>
            <Table.Td className="end">
              <Text inherit fw={600}>
                {rate(terms.annualRatePpm)}
              </Text>
            </Table.Td>
            <Table.Td className="end nowrap">
              {money(terms.minAmount, terms.currency)} – {money(terms.maxAmount, terms.currency)}
            </Table.Td>
            <Table.Td className="nowrap">
              {t('terms.instalments', { min: terms.minInstalments, max: terms.maxInstalments })}
            </Table.Td>
            <Table.Td className="end">
              <Money amount={available} currency={terms.currency} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </DataTable>
  )
}
