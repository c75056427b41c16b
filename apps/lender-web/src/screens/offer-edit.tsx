/** Making, amending and withdrawing an offer, with what a borrower would see of it beside the form. */
import { Button, Grid, Group, Modal, Stack, Text } from '@mantine/core'
import { useDebouncedValue, useDisclosure } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import type { OfferTerms, OfferView } from '#libs/messages'
import { useCommand } from '../api/command'
import { offerQuery, previewQuery } from '../api/queries'
import { FinalityBadge, StateBadge } from '../parts/badges'
import { TextLink } from '../parts/link'
import { OfferFields } from '../parts/offer-form/offer-form'
import { useFaults, useOfferForm } from '../parts/offer-form/offer-form-state'
import { type Sample, SampleFields, useSample } from '../parts/sample'
import { Cost, PreviewSchedule } from '../parts/schedule'
import { Screen } from '../parts/screen'
import { Answer, Problem, Section } from '../parts/states'
import { TermsFacts, useTermsLine } from '../parts/terms'
import { useMayAct } from '../shell/account'
import { useWords } from '../words/words'

export function NewOffer() {
  const { t } = useWords()
  const go = useNavigate()
  const publish = useCommand<{ terms: OfferTerms }, OfferView>({
    path: 'offers',
    done: 'offers.published',
    then: () => void go({ to: '/offers' }),
  })
  return (
    <Screen title={t('offers.new')} lead={t('offers.new.lead')} back={{ to: '/offers', label: t('nav.offers') }}>
      <Editor
        submit={t('offers.publish')}
        busy={publish.isPending}
        error={publish.error}
        onSubmit={(terms) => publish.mutate({ terms })}
      />
    </Screen>
  )
}

export function EditOffer() {
  const { offer: id } = useParams({ from: '/offers/$offer' })
  const query = useQuery(offerQuery(id))
  return <Answer of={query}>{(offer) => <Shown key={offer.amendedAtMs} offer={offer} />}</Answer>
}

function Shown({ offer }: { offer: OfferView }) {
  const { t } = useWords()
  const line = useTermsLine()
  const mayAct = useMayAct()
  const amend = useCommand<{ terms: OfferTerms }, OfferView>({
    method: 'PUT',
    path: `offers/${offer.id}`,
    done: 'offers.amended',
  })
  const editable = offer.status === 'open' && offer.mine && mayAct
  return (
    <Screen
      title={line(offer.terms)}
      back={{ to: '/offers', label: t('nav.offers') }}
      lead={
        <Group gap={6}>
          <StateBadge state={offer.status} />
          <FinalityBadge finality={offer.final ? 'final' : 'stored'} />
          <TextLink to="/records/$record" params={{ record: offer.id }} style={{ fontSize: 14 }}>
            {t('record.behind')}
          </TextLink>
        </Group>
      }
      action={editable ? <Withdraw offer={offer.id} /> : undefined}
    >
      {editable ? (
        <Editor
          terms={offer.terms}
          submit={t('offers.amend')}
          busy={amend.isPending}
          error={amend.error}
          onSubmit={(terms) => amend.mutate({ terms })}
        />
      ) : (
        <Section title={t('offers.terms')}>
          <TermsFacts offer={offer} />
        </Section>
      )}
    </Screen>
  )
}

function Withdraw({ offer }: { offer: string }) {
  const { t } = useWords()
  const [opened, dialog] = useDisclosure()
  const withdraw = useCommand<object, OfferView>({ path: `offers/${offer}/withdraw`, done: 'offers.withdrawn' })
  return (
    <>
      <Button variant="default" onClick={dialog.open}>
        {t('offers.withdraw')}
      </Button>
      <Modal
        opened={opened}
        onClose={dialog.close}
        title={t('offers.withdraw.title')}
        closeButtonProps={{ 'aria-label': t('close') }}
      >
        <Stack>
          <Text>{t('offers.withdraw.text')}</Text>
          <Problem error={withdraw.error} />
          <Group justify="end">
            <Button variant="default" onClick={dialog.close}>
              {t('cancel')}
            </Button>
            <Button
              color="red"
              loading={withdraw.isPending}
              onClick={() => withdraw.mutate({}, { onSuccess: dialog.close })}
            >
              {t('offers.withdraw')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  )
}

function Editor({
  terms: given,
  submit,
  busy,
  error,
  onSubmit,
}: {
  terms?: OfferTerms
  submit: string
  busy: boolean
  error: unknown
  onSubmit: (terms: OfferTerms) => void
}) {
  const { t } = useWords()
  const form = useOfferForm(given)
  const sample = useSample({
    minAmount: form.draft.minAmount ?? 1,
    maxAmount: form.draft.maxAmount ?? 1,
    minInstalments: form.draft.minInstalments ?? 1,
    maxInstalments: form.draft.maxInstalments ?? 1,
  })
  const preview = useOfferPreview(form.terms, sample)
  const fields = useFaults(form, preview.error ?? error)
  return (
    <Grid gap="lg">
      <Grid.Col span={{ base: 12, md: 7 }}>
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            form.reveal()
            if (form.terms) onSubmit(form.terms)
          }}
        >
          <Stack>
            <OfferFields form={fields} currencyFixed={given !== undefined} />
            <Problem error={error} />
            <Group justify="end">
              <Button type="submit" size="md" loading={busy}>
                {submit}
              </Button>
            </Group>
          </Stack>
        </form>
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 5 }}>
        <div style={{ position: 'sticky', top: 24 }}>
          <Section title={t('preview.title')}>
            <Stack aria-live="polite">
              <SampleFields sample={sample} currency={form.draft.currency} />
              {form.terms === null ? (
                <Text c="dimmed">{t('preview.incomplete')}</Text>
              ) : form.terms.method === 'ownTable' ? (
                <Text c="dimmed">{t('method.ownTable.hint')}</Text>
              ) : (
                <Answer of={preview}>
                  {(shown) => (
                    <Stack>
                      <Cost preview={shown} />
                      <PreviewSchedule preview={shown} />
                    </Stack>
                  )}
                </Answer>
              )}
            </Stack>
          </Section>
        </div>
      </Grid.Col>
    </Grid>
  )
}

/** What the borrower will see, as the form stands once the typing pauses. */
function useOfferPreview(typed: OfferTerms | null, sample: Sample) {
  const [text] = useDebouncedValue(JSON.stringify(typed), 250)
  const terms = JSON.parse(text) as OfferTerms | null
  const possible = terms !== null && terms.method !== 'ownTable' && sample.settled !== null
  const query = useQuery({
    ...previewQuery(terms, sample.settled?.amount ?? 0, sample.settled?.instalments ?? 0),
    enabled: possible,
    placeholderData: keepPreviousData,
  })
  return possible ? query : { ...query, data: undefined, error: null }
}
