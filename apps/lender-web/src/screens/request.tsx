/** One request: its terms, what it would cost at its highest rate, and the own bids on it. */
import { Grid, Stack, Text } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import type { BidView, RequestView } from '#libs/messages'
import { itemsOf } from '../api/lists'
import { bidsQuery, requestQuery, requestQuoteQuery } from '../api/requests'
import { StateBadge } from '../parts/badges'
import { BidDialog } from '../parts/bid-dialog'
import { Facts, Moment, Money } from '../parts/figures'
import { Person } from '../parts/identity'
import { TextLink } from '../parts/link'
import { OwnBids } from '../parts/own-bids'
import { Cost, PreviewSchedule } from '../parts/schedule'
import { Screen } from '../parts/screen'
import { Answer, Section } from '../parts/states'
import { TrackRecord } from '../parts/track-record'
import { useOfferedTerms } from '../parts/terms-in-words'
import { useWords } from '../words/words'

export function Request() {
  const { request: id } = useParams({ from: '/market/requests/$request' })
  const query = useQuery(requestQuery(id))
  return <Answer of={query}>{(request) => <Shown request={request} />}</Answer>
}

function Shown({ request }: { request: RequestView }) {
  const { t, money } = useWords()
  const { terms } = request
  const { amount, highestRatePpm: ratePpm } = terms
  const quote = useQuery(requestQuoteQuery(request.id, { amount, ratePpm }))
  const bids = itemsOf<BidView>(useInfiniteQuery(bidsQuery({ request: request.id })).data) ?? []
  const isBidding = bids.some(({ status }) => status === 'open' || status === 'taken')
  return (
    <Screen
      title={t('request.title', { amount: money(amount, terms.currency) })}
      lead={terms.purpose}
      back={{ to: '/market/requests', label: t('market.requests') }}
      action={request.biddable && !request.mine && !isBidding ? <BidDialog request={request} /> : undefined}
    >
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, md: 7 }}>
          <Stack gap="lg">
            <Section title={t('offers.terms')}>
              <Stack>
                <Text component="div">
                  {t('request.by')} <Person identity={request.borrower} alias={request.borrowerAlias} />{' '}
                  <StateBadge state={request.status} />
                </Text>
                <RequestFacts request={request} />
                <Text size="sm">
                  <TextLink to="/records/$record" params={{ record: request.id }}>
                    {t('record.behind')}
                  </TextLink>
                </Text>
              </Stack>
            </Section>
            <TrackRecord identity={request.borrower} />
            {bids.length > 0 && (
              <Section title={t('bids.own')}>
                <OwnBids bids={bids} />
              </Section>
            )}
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 5 }}>
          <Section title={t('request.highest')}>
            <Answer of={quote}>
              {(preview) => (
                <Stack>
                  <Cost preview={preview} />
                  <PreviewSchedule preview={preview} />
                </Stack>
              )}
            </Answer>
          </Section>
        </Grid.Col>
      </Grid>
    </Screen>
  )
}

/** What the request says of its own, and all terms that the loan will take over. */
function RequestFacts({ request: { terms, bidAmount } }: { request: RequestView }) {
  const { t, count } = useWords()
  const words = useOfferedTerms()
  const { currency, amount, leastAmount, instalments, closesAt, servicer, highestRatePpm } = terms
  return (
    <Facts
      items={[
        [t('amount'), <Money key="amount" amount={amount} currency={currency} />],
        [t('request.least'), <Money key="least" amount={leastAmount} currency={currency} />],
        [t('preview.instalments'), count(instalments)],
        [t('requests.closes'), <Moment key="closes" atMs={closesAt} />],
        [t('requests.bids'), <Money key="bids" amount={bidAmount} currency={currency} />],
        ...(servicer === undefined
          ? []
          : [[t('request.servicer'), <Person key="servicer" identity={servicer} alias={null} />] as const]),
        ...words({ ...terms, annualRatePpm: highestRatePpm }),
      ]}
    />
  )
}
