/** Another lender's offer: its terms, and what a loan under it would cost. */
import { Grid, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import type { OfferView } from '#libs/messages'
import { offerQuery, quoteQuery } from '../api/queries'
import { Person } from '../parts/identity'
import { TextLink } from '../parts/link'
import { useSample, SampleFields } from '../parts/sample'
import { Cost, PreviewSchedule } from '../parts/schedule'
import { Screen } from '../parts/screen'
import { Answer, Section } from '../parts/states'
import { TermsFacts, useTermsLine } from '../parts/terms'
import { useWords } from '../words/words'

export function MarketOffer() {
  const { offer: id } = useParams({ from: '/market/$offer' })
  const query = useQuery(offerQuery(id))
  return <Answer of={query}>{(offer) => <Shown offer={offer} />}</Answer>
}

function Shown({ offer }: { offer: OfferView }) {
  const { t } = useWords()
  const line = useTermsLine()
  const sample = useSample(offer.terms)
  const quote = useQuery({
    ...quoteQuery(offer.id, sample.settled?.amount ?? 0, sample.settled?.instalments ?? 0),
    enabled: sample.settled !== null,
  })
  return (
    <Screen title={line(offer.terms)} back={{ to: '/market', label: t('nav.market') }}>
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, md: 7 }}>
          <Section title={t('offers.terms')}>
            <Stack>
              <Text>
                {t('market.by')} <Person identity={offer.lender} alias={offer.lenderAlias} />
              </Text>
              {offer.terms.note !== undefined && <Text>{offer.terms.note}</Text>}
              <TermsFacts offer={offer} />
              <Text size="sm">
                <TextLink to="/records/$record" params={{ record: offer.id }}>
                  {t('record.behind')}
                </TextLink>
              </Text>
            </Stack>
          </Section>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 5 }}>
          <Section title={t('preview.title')}>
            <Stack>
              <SampleFields sample={sample} currency={offer.terms.currency} />
              <Answer of={quote}>
                {(preview) => (
                  <Stack>
                    <Cost preview={preview} />
                    <PreviewSchedule preview={preview} />
                  </Stack>
                )}
              </Answer>
            </Stack>
          </Section>
        </Grid.Col>
      </Grid>
    </Screen>
  )
}
