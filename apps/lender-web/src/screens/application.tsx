/** One application: who asks for what, the agreement that an answer would sign, and the answer. */
import { Alert, Button, Grid, Group, Modal, Stack, Text, Textarea } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import type { ApplicationView, RecordView } from '#libs/messages'
import { useCommand } from '../api/command'
import { applicationQuery, loanQuery, profileQuery, timelineQuery } from '../api/queries'
import { dayOf } from '../figures/dates'
import { StateBadge } from '../parts/badges'
import { Facts, Moment, Money } from '../parts/figures'
import { Icon } from '../parts/icons'
import { Person } from '../parts/identity'
import { ButtonLink, TextLink } from '../parts/link'
import { Proposal } from '../parts/proposal'
import { Screen } from '../parts/screen'
import { Answer, Problem, Section } from '../parts/states'
import { TrackRecord } from '../parts/track-record'
import { useMayAct } from '../shell/account'
import { useWords } from '../words/words'

export function Application() {
  const { application: id } = useParams({ from: '/applications/$application' })
  const query = useQuery(applicationQuery(id))
  return <Answer of={query}>{(application) => <Shown application={application} />}</Answer>
}

function Shown({ application }: { application: ApplicationView }) {
  const { t, money } = useWords()
  const mayAct = useMayAct()
  const open = application.status === 'submitted'
  const { amount, currency } = application.amount
  return (
    <Screen
      title={t('application.title', { amount: money(amount, currency) })}
      back={{ to: '/applications', label: t('nav.applications') }}
      lead={<StateBadge state={application.status} />}
    >
      {open && <OpenAgain application={application.id} />}
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, md: open ? 5 : 12 }}>
          <Stack gap="lg">
            <Asked application={application} />
            <Borrower identity={application.borrower} />
            <TrackRecord identity={application.borrower} />
          </Stack>
        </Grid.Col>
        {open && (
          <Grid.Col span={{ base: 12, md: 7 }}>
            <Proposal application={application}>{mayAct && <Decline application={application.id} />}</Proposal>
          </Grid.Col>
        )}
      </Grid>
    </Screen>
  )
}

function Asked({ application }: { application: ApplicationView }) {
  const { t, date, money } = useWords()
  return (
    <Section title={t('application.asked')}>
      <Stack>
        <Facts
          items={[
            [
              t('applications.borrower'),
              <Person key="who" identity={application.borrower} alias={application.borrowerAlias} />,
            ],
            [t('amount'), <Money key="amount" {...application.amount} />],
            [t('preview.instalments'), application.instalments],
            ...(application.firstDueDate === null
              ? []
              : [[t('proposal.firstDue'), date(application.firstDueDate)] as const]),
            ...(application.tranches ?? []).map(
              ([day, amount], index) =>
                [
                  t('proposal.part', { number: index + 1 }),
                  `${date(day)}: ${money(amount, application.amount.currency)}`,
                ] as const,
            ),
            [t('applications.when'), <Moment key="when" atMs={application.submittedAtMs} />],
          ]}
        />
        <div>
          <Text size="sm" c="dimmed">
            {t('application.purpose')}
          </Text>
          <Text>{application.purpose}</Text>
        </div>
        {application.declinedBecause !== null && (
          <Alert color="gray" variant="light" title={t('application.declinedBecause')}>
            {application.declinedBecause}
          </Alert>
        )}
        <Group gap="md">
          {application.loan !== null && (
            <ButtonLink to="/loans/$loan" params={{ loan: application.loan }} variant="default">
              {t('application.loan')}
            </ButtonLink>
          )}
          <TextLink to="/records/$record" params={{ record: application.id }} style={{ fontSize: 14 }}>
            {t('record.behind')}
          </TextLink>
          <TextLink to="/offers/$offer" params={{ offer: application.offer }} style={{ fontSize: 14 }}>
            {t('application.offer')}
          </TextLink>
        </Group>
      </Stack>
    </Section>
  )
}

/** That an earlier proposal came to nothing, so that the application waits again. */
function OpenAgain({ application }: { application: string }) {
  const { data } = useQuery(timelineQuery(application))
  const lapsed = data?.items.filter(({ kind }) => kind === 'agreement.lapsed') ?? []
  const last = lapsed.reduce<RecordView | undefined>((a, b) => (a && a.atMs > b.atMs ? a : b), undefined)
  return last === undefined ? null : <Lapsed loan={last.subject} atMs={last.atMs} />
}

/** The proposal that came to nothing: declined with a reason, or not signed in time. */
function Lapsed({ loan, atMs }: { loan: string; atMs: number }) {
  const { t, date } = useWords()
  const { data } = useQuery(loanQuery(loan))
  if (data === undefined) return null
  const declined = data.timeline.find(({ kind }) => kind === 'agreement.declined')
  return (
    <Alert
      color="blue"
      variant="light"
      icon={<Icon name="clock" />}
      title={t(declined ? 'application.again.declined' : 'application.again.lapsed')}
    >
      {t('application.again', { date: date(dayOf(atMs)) })} {declined?.text}
    </Alert>
  )
}

/** What the borrower chose to publish. */
function Borrower({ identity }: { identity: string }) {
  const { t, country } = useWords()
  const query = useQuery(profileQuery(identity))
  return (
    <Section title={t('application.profile')}>
      <Answer of={query} rows={2}>
        {({ facts, createdAtMs }) => (
          <Facts
            items={[
              [t('profile.country'), facts.country === undefined ? t('profile.untold') : country(facts.country)],
              [t('profile.income'), facts.incomeBand ? t(`income.${facts.incomeBand}`) : t('profile.untold')],
              [t('profile.occupation'), facts.occupation ?? t('profile.untold')],
              [t('profile.since'), <Moment key="since" atMs={createdAtMs} />],
              ...(facts.about === undefined ? [] : ([[t('profile.about'), facts.about]] as const)),
            ]}
          />
        )}
      </Answer>
    </Section>
  )
}

function Decline({ application }: { application: string }) {
  const { t } = useWords()
  const [opened, dialog] = useDisclosure()
  const [reason, setReason] = useState('')
  const decline = useCommand<{ reason: string }, ApplicationView>({
    path: `applications/${application}/decline`,
    done: 'application.declined',
  })
  return (
    <>
      <Button variant="default" onClick={dialog.open}>
        {t('application.decline')}
      </Button>
      <Modal
        opened={opened}
        onClose={dialog.close}
        title={t('application.decline.title')}
        closeButtonProps={{ 'aria-label': t('close') }}
      >
        <Stack>
          <Textarea
            label={t('reason')}
            description={t('application.decline.hint')}
            autosize
            minRows={2}
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Problem error={decline.error} />
          <Group justify="end">
            <Button variant="default" onClick={dialog.close}>
              {t('cancel')}
            </Button>
            <Button
              color="red"
              loading={decline.isPending}
              onClick={() => decline.mutate({ reason: reason.trim() }, { onSuccess: dialog.close })}
            >
              {t('application.decline')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  )
}
