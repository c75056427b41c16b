/** One record as it was signed: what stands behind every figure. */
import { Alert, Badge, Code, Group, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { type Ok, recordQuery } from '../api/queries'
import { FinalityBadge } from '../parts/badges'
import { Facts } from '../parts/figures'
import { Copy, Person } from '../parts/identity'
import { TextLink } from '../parts/link'
import { Screen } from '../parts/screen'
import { Answer, Section } from '../parts/states'
import { Timeline, useKindName } from '../parts/timeline'
import { useWords } from '../words/words'

export function RecordScreen() {
  const { record: id } = useParams({ from: '/records/$record' })
  const query = useQuery(recordQuery(id))
  return <Answer of={query}>{(record) => <Shown record={record} />}</Answer>
}

function Shown({ record }: { record: Ok<'records.show'> }) {
  const { t, instant } = useWords()
  const kindName = useKindName()
  return (
    <Screen
      title={kindName(record.kind)}
      lead={
        <Group gap={6}>
          <Badge variant="default">{t(`signed.${record.signed}`)}</Badge>
          <FinalityBadge finality={record.finality} />
          <Copy text={record.id} label={t('record.copyId')} />
        </Group>
      }
    >
      {record.void !== null && (
        <Alert color="red" variant="light" title={t('record.void', { reason: record.void.replaceAll('_', ' ') })}>
          {t('record.void.text')}
        </Alert>
      )}
      {record.suspended && (
        <Alert color="red" variant="light" title={t('record.suspended')}>
          {t('record.suspended.text')}
        </Alert>
      )}
      <Section title={t('record.header')}>
        <Facts
          items={[
            [
              t('record.author'),
              <Person key="author" identity={record.author} alias={record.authorAlias} heldBy={record.authorHeldBy} />,
            ],
            [t('record.at'), instant(record.atMs)],
            [
              t('record.kind'),
              <span key="kind" className="key">
                {record.kind}
              </span>,
            ],
            [t('record.seq'), record.seq],
            [
              t('record.id'),
              <span key="id" className="key">
                {record.id}
              </span>,
            ],
            [t('record.subject'), <RecordLink key="subject" id={record.subject} self={record.id} />],
            [
              t('record.refs'),
              record.refs.length === 0
                ? t('none')
                : record.refs.map((id) => <RecordLink key={id} id={id} self={record.id} />),
            ],
          ]}
        />
      </Section>
      <Section title={t('record.body')}>
        {record.body === null ? (
          <Text c="dimmed">{t('record.noBody')}</Text>
        ) : (
          <Code block tabIndex={0} aria-label={t('record.body')}>
            {JSON.stringify(record.body, null, 2)}
          </Code>
        )}
      </Section>
      <Section title={t('record.bytes')}>
        <Stack gap="sm">
          <Bytes label={t('record.headerBytes')} hex={record.headerHex} />
          <Bytes label={t('record.bodyBytes')} hex={record.bodyHex} />
          <Bytes label={t('record.signature')} hex={record.signatureHex} />
        </Stack>
      </Section>
      <Section title={t('record.story')}>
        <Timeline subject={record.subject} />
      </Section>
    </Screen>
  )
}

function RecordLink({ id, self }: { id: string; self: string }) {
  const { t } = useWords()
  if (id === self) return t('record.itself')
  return (
    <div>
      <TextLink to="/records/$record" params={{ record: id }} className="key">
        {id}
      </TextLink>
    </div>
  )
}

function Bytes({ label, hex }: { label: string; hex: string | null }) {
  const { t } = useWords()
  return (
    <div>
      <Group gap={4}>
        <Text size="sm" c="dimmed">
          {label}
        </Text>
        {hex !== null && <Copy text={hex} label={t('copy')} />}
      </Group>
      <Text className="key" size="sm">
        {hex ?? t('record.noBytes')}
      </Text>
    </div>
  )
}
