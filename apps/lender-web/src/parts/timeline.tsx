/** The records of a subject, as they rest on each other: who said what, signed how, how sure. */
import { Badge, Group, Stack, Text, Timeline as Line } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { RecordView, TimelineItem } from '#libs/messages'
import { timelineQuery } from '../api/queries'
import { useWords } from '../words/words'
import { FinalityBadge } from './badges'
import { Icon } from './icons'
import { Person } from './identity'
import { TextLink } from './link'
import { Answer } from './states'

/** A record kind in words, or its own name. */
export function useKindName(): (kind: string) => string {
  const { t, knows } = useWords()
  return (kind) => {
    const key = `kind.${kind}`
    return knows(key) ? t(key) : kind
  }
}

/** What the records say beside who and when: amounts, days and reasons, where they are known. */
interface Said {
  said?: readonly TimelineItem[]
  currency?: string
}

export function Timeline({ subject, said = [], currency }: { subject: string } & Said) {
  const query = useQuery(timelineQuery(subject))
  return (
    <Answer of={query} rows={6}>
      {({ items }) => (
        <Line bulletSize={26} lineWidth={2} active={items.length} color="pine">
          {items.map((record) => (
            <Entry key={record.id} record={record}>
              <Words of={said.find((item) => item.record === record.id)} currency={currency} />
            </Entry>
          ))}
        </Line>
      )}
    </Answer>
  )
}

/** The day from which a record counts, what it is about in money, and the reason that was given. */
function Words({ of: item, currency }: { of: TimelineItem | undefined; currency: string | undefined }) {
  const { money, date } = useWords()
  if (item === undefined) return null
  const parts = [
    ...(item.amount === null || currency === undefined ? [] : [money(item.amount, currency)]),
    ...(item.date === null ? [] : [date(item.date)]),
    ...(item.text === '' ? [] : [item.text]),
  ]
  return parts.length === 0 ? null : <Text size="sm">{parts.join(' · ')}</Text>
}

function Entry({ record, children }: { record: RecordView; children?: ReactNode }) {
  const { t, instant } = useWords()
  const kindName = useKindName()
  const effective = record.void === null && !record.suspended
  return (
    <Line.Item bullet={<Icon name={effective ? 'check' : 'warning'} size={15} />}>
      <Stack gap={6}>
        <TextLink to="/records/$record" params={{ record: record.id }} style={{ fontWeight: 600, alignSelf: 'start' }}>
          {kindName(record.kind)}
        </TextLink>
        <Group gap="sm">
          <Person identity={record.author} alias={record.authorAlias} heldBy={record.authorHeldBy} />
          <Text size="sm" c="dimmed">
            {instant(record.atMs)}
          </Text>
        </Group>
        {children}
        <Group gap={6}>
          <Badge variant="default">{t(`signed.${record.signed}`)}</Badge>
          <FinalityBadge finality={record.finality} />
          {record.void !== null && (
            <Badge variant="filled" color="red">
              {t('record.void', { reason: record.void.replaceAll('_', ' ') })}
            </Badge>
          )}
          {record.suspended && (
            <Badge variant="filled" color="red">
              {t('record.suspended')}
            </Badge>
          )}
        </Group>
      </Stack>
    </Line.Item>
  )
}
