/** What borrowers of this network ask for, and one's own bids. */
import { Group, Paper, Stack, Table, Text, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { BidView, RequestView } from '#libs/messages'
import { itemsOf } from '../api/lists'
import { bidsQuery, requestsQuery, type RequestFilter } from '../api/requests'
import { DataTable } from '../parts/data-table'
import { Moment, Money } from '../parts/figures'
import { Person } from '../parts/identity'
import { CountInput, RateInput } from '../parts/inputs'
import { RowLink } from '../parts/link'
import { MarketSwitch } from '../parts/market-switch'
import { More } from '../parts/more'
import { OwnBids } from '../parts/own-bids'
import { Screen } from '../parts/screen'
import { Answer, Empty, Section } from '../parts/states'
import { useWords } from '../words/words'

const SETTLES_MS = 250

export function Requests() {
  const { t } = useWords()
  const [filter, setFilter] = useState<RequestFilter>({})
  const [settled] = useDebouncedValue(filter, SETTLES_MS)
  const query = useInfiniteQuery(requestsQuery(settled))
  const others = itemsOf<RequestView>(query.data)?.filter(({ mine }) => !mine)
  const own = useInfiniteQuery(bidsQuery({}))
  const bids = itemsOf<BidView>(own.data)
  return (
    <Screen title={t('nav.market')} lead={t('requests.lead')} action={<MarketSwitch at="requests" />}>
      <Filters filter={filter} onChange={setFilter} />
      <Paper p={others?.length ? 0 : 'lg'} style={{ overflow: 'hidden' }}>
        <Answer of={{ ...query, data: others }}>
          {(requests) =>
            requests.length === 0 ? (
              <Empty icon="market" title={t('requests.none')}>
                {t('requests.none.hint')}
              </Empty>
            ) : (
              <RequestsTable requests={requests} />
            )
          }
        </Answer>
        <More of={query} />
      </Paper>
      {bids && bids.length > 0 && (
        <Section title={t('bids.own')}>
          <Stack>
            <OwnBids bids={bids} />
            <More of={own} />
          </Stack>
        </Section>
      )}
    </Screen>
  )
}

function Filters({ filter, onChange }: { filter: RequestFilter; onChange: (filter: RequestFilter) => void }) {
  const { t } = useWords()
  const { currency = '', ratePpm = null, instalments = null } = filter
  const change = (changed: { currency?: string; ratePpm?: number | null; instalments?: number | null }) => {
    const given = Object.entries({ ...filter, ...changed }).filter(([, value]) => value !== null && value !== '')
    onChange(Object.fromEntries(given))
  }
  return (
    <Group grow align="end" maw={640}>
      <TextInput
        label={t('requests.currency')}
        maxLength={3}
        value={currency}
        onChange={(event) => change({ currency: event.currentTarget.value.toUpperCase() })}
      />
      <RateInput label={t('requests.rate.least')} value={ratePpm} onChange={(value) => change({ ratePpm: value })} />
      <CountInput
        label={t('requests.instalments.most')}
        value={instalments}
        onChange={(value) => change({ instalments: value })}
      />
    </Group>
  )
}

function RequestsTable({ requests }: { requests: RequestView[] }) {
  const { t, rate } = useWords()
  return (
    <DataTable width={760} label={t('market.requests')}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('requests.borrower')}</Table.Th>
          <Table.Th className="end">{t('amount')}</Table.Th>
          <Table.Th className="end">{t('requests.rate.most')}</Table.Th>
          <Table.Th className="end">{t('preview.instalments')}</Table.Th>
          <Table.Th className="end">{t('requests.bids')}</Table.Th>
          <Table.Th>{t('requests.closes')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {requests.map(({ id, borrower, borrowerAlias, terms, bidAmount }) => (
          <Table.Tr key={id} className="row-link">
            <Table.Td>
              <RowLink to="/market/requests/$request" params={{ request: id }}>
                <Person identity={borrower} alias={borrowerAlias} />
              </RowLink>
              <Text size="xs" c="dimmed">
                {terms.purpose}
              </Text>
            </Table.Td>
            <Table.Td className="end">
              <Money amount={terms.amount} currency={terms.currency} />
            </Table.Td>
            <Table.Td className="end">
              <Text inherit fw={600}>
                {rate(terms.highestRatePpm)}
              </Text>
            </Table.Td>
            <Table.Td className="end">{terms.instalments}</Table.Td>
            <Table.Td className="end">
              <Money amount={bidAmount} currency={terms.currency} />
            </Table.Td>
            <Table.Td>
              <Moment atMs={terms.closesAt} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </DataTable>
  )
}
