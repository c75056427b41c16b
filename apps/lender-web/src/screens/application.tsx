/** One application: who asks for what, the agreement that an answer would sign, and the answer. */
import { Alert, Button, Grid, Group, Modal, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import type { ApplicationView, LoanView } from '#libs/messages'
import { useCommand } from '../api/command'
import { applicationQuery, profileQuery, proposalQuery } from '../api/queries'
import { StateBadge } from '../parts/badges'
import { Facts, Moment, Money } from '../parts/figures'
import { Person } from '../parts/identity'
import { CountInput } from '../parts/inputs'
import { ButtonLink, TextLink } from '../parts/link'
import { Cost, PreviewSchedule } from '../parts/schedule'
import { Screen } from '../parts/screen'
import { Answer, Problem, Section } from '../parts/states'
import { useMayAct } from '../shell/account'
import { useToday } from '../shell/clock'
import { useWords } from '../words/words'

const DEFAULT_HOURS = 72

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
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, md: open ? 5 : 12 }}>
          <Stack gap="lg">
            <Asked application={application} />
            <Borrower identity={application.borrower} />
          </Stack>
        </Grid.Col>
        {open && (
          <Grid.Col span={{ base: 12, md: 7 }}>
            <Proposal application={application} mayAct={mayAct} />
          </Grid.Col>
        )}
      </Grid>
    </Screen>
  )
}

function Asked({ application }: { application: ApplicationView }) {
  const { t } = useWords()
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

function Proposal({ application, mayAct }: { application: ApplicationView; mayAct: boolean }) {
  const { t } = useWords()
  const go = useNavigate()
  const [startDate, setStartDate] = useState(useToday())
  const [expiresInHours, setExpiresInHours] = useState<number | null>(DEFAULT_HOURS)
  const preview = useQuery({ ...proposalQuery(application.id, startDate), enabled: startDate !== '' })
  const propose = useCommand<{ startDate: string; expiresInHours: number }, LoanView>({
    path: `applications/${application.id}/propose`,
    done: 'application.proposed',
    then: ({ id }) => void go({ to: '/loans/$loan', params: { loan: id } }),
  })
  const submit = () => propose.mutate({ startDate, expiresInHours: expiresInHours ?? DEFAULT_HOURS })
  return (
    <Section title={t('application.agreement')}>
      <Stack>
        <Text size="sm" c="dimmed">
          {t('application.agreement.hint')}
        </Text>
        <Group grow align="start">
          <TextInput
            type="date"
            label={t('application.start')}
            value={startDate}
            required
            onChange={(event) => setStartDate(event.currentTarget.value)}
          />
          <CountInput
            label={t('application.expires')}
            unit={t('unit.hours')}
            value={expiresInHours}
            onChange={setExpiresInHours}
          />
        </Group>
        <Answer of={preview} rows={6}>
          {(shown) => (
            <Stack>
              <Cost preview={shown} />
              <PreviewSchedule preview={shown} />
            </Stack>
          )}
        </Answer>
        <Problem error={propose.error} />
        {mayAct && (
          <Group justify="space-between">
            <Decline application={application.id} />
            <Button size="md" loading={propose.isPending} disabled={!preview.isSuccess} onClick={submit}>
              {t('application.propose')}
            </Button>
          </Group>
        )}
      </Stack>
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
