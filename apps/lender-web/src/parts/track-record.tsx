/** What records say of a person: figures that nobody typed, each leading to the records that it is the sum of. */
import { Alert, Stack, Table, Text } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { AttestationView, NewcomerView, TrackEvidence, TrackFigure, TrackRecordView } from '#libs/messages'
import { itemsOf } from '../api/lists'
import { attestationsQuery, evidenceQuery, trackRecordQuery } from '../api/trust'
import { useWords } from '../words/words'
import { DataTable } from './data-table'
import { DialogButton } from './dialog'
import { Facts, Line, Money } from './figures'
import { Icon } from './icons'
import { Person, shortId } from './identity'
import { TextLink } from './link'
import { More } from './more'
import { Answer, Section } from './states'

export function TrackRecord({ identity }: { identity: string }) {
  const { t } = useWords()
  const query = useQuery(trackRecordQuery(identity))
  return (
    <Section title={t('track.title')}>
      <Stack>
        <Answer of={query}>{(record) => <Figures record={record} />}</Answer>
        <Attestations identity={identity} />
      </Stack>
    </Section>
  )
}

function Figures({ record }: { record: TrackRecordView }) {
  const { t, share, date } = useWords()
  const { due, onTime, onTimePpm, worstDelayDays } = record.punctuality
  return (
    <Stack>
      <Text size="sm" c="dimmed">
        {t('track.hint', { date: date(record.asOf) })}
      </Text>
      <Facts
        items={[
          [
            t('track.onTime'),
            onTimePpm === null ? t('track.nothingDue') : t('track.onTimeOf', { rate: share(onTime, due), onTime, due }),
          ],
          [t('track.worstDelay'), t('days', { count: worstDelayDays })],
        ]}
      />
      {record.newcomer && <Newcomer newcomer={record.newcomer} />}
      {record.sums.length > 0 && <Sums record={record} />}
    </Stack>
  )
}

/** What the network lets a newcomer borrow, and what is left of it. */
function Newcomer({ newcomer: { missing, repaidLoans, untilRepaidLoans, limits } }: { newcomer: NewcomerView }) {
  const { t, money } = useWords()
  if (missing === 0) return null
  return (
    <Alert color="blue" variant="light" icon={<Icon name="seal" />} title={t('track.newcomer')}>
      <Stack gap={6}>
        <Text size="sm">{t('track.newcomer.hint', { repaid: repaidLoans, until: untilRepaidLoans })}</Text>
        {limits.map(({ currency, maxPrincipal, left }) => (
          <Line key={currency} label={t('track.newcomer.limit', { most: money(maxPrincipal, currency) })} strong>
            <Money amount={left} currency={currency} />
          </Line>
        ))}
      </Stack>
    </Alert>
  )
}

function Sums({ record: { identity, sums } }: { record: TrackRecordView }) {
  const { t, count: figureOf } = useWords()
  return (
    <DataTable width={340} label={t('track.title')}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('track.figure')}</Table.Th>
          <Table.Th className="end">{t('track.count')}</Table.Th>
          <Table.Th className="end">{t('amount')}</Table.Th>
          <Table.Th>{t('loan.records')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {sums.map(({ figure, count, amount, currency }) => (
          <Table.Tr key={`${figure} ${currency}`}>
            <Table.Td>{t(`track.${figure}`)}</Table.Td>
            <Table.Td className="end">{figureOf(count)}</Table.Td>
            <Table.Td className="end">
              {currency === null ? '–' : <Money amount={amount} currency={currency} />}
            </Table.Td>
            <Table.Td>
              <DialogButton label={t('track.show')} title={t(`track.${figure}`)} variant="default" size="xs" large>
                {() => <Evidence identity={identity} figure={figure} />}
              </DialogButton>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </DataTable>
  )
}

/** The records behind a figure. */
function Evidence({ identity, figure }: { identity: string; figure: TrackFigure }) {
  const { t, date } = useWords()
  const query = useInfiniteQuery(evidenceQuery(identity, figure))
  return (
    <Answer of={{ ...query, data: itemsOf<TrackEvidence>(query.data) }}>
      {(items) => (
        <Stack>
          <DataTable width={460} label={t(`track.${figure}`)}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('track.on')}</Table.Th>
                <Table.Th className="end">{t('amount')}</Table.Th>
                <Table.Th className="end">{t('track.late')}</Table.Th>
                <Table.Th>{t('record.behind')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {items.map(({ record, date: day, currency, amount, daysLate }, index) => (
                <Table.Tr key={`${record} ${index}`}>
                  <Table.Td className="nowrap">{date(day)}</Table.Td>
                  <Table.Td className="end">
                    {currency === null ? '–' : <Money amount={amount} currency={currency} />}
                  </Table.Td>
                  <Table.Td className="end">{daysLate === null ? '–' : t('days', { count: daysLate })}</Table.Td>
                  <Table.Td>
                    <TextLink to="/records/$record" params={{ record }}>
                      {shortId(record)}
                    </TextLink>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </DataTable>
          <More of={query} />
        </Stack>
      )}
    </Answer>
  )
}

/** What others looked at and found. */
function Attestations({ identity }: { identity: string }) {
  const { t, date } = useWords()
  const query = useInfiniteQuery(attestationsQuery(identity))
  return (
    <Answer of={{ ...query, data: itemsOf<AttestationView>(query.data) }} rows={1}>
      {(items) =>
        items.length === 0 ? (
          <Text size="sm" c="dimmed">
            {t('attest.none')}
          </Text>
        ) : (
          <Stack gap="xs">
            {items.map(({ id, what, value, level, verifier, verifierAlias, until }) => (
              <div key={id}>
                <TextLink to="/records/$record" params={{ record: id }} dimmed>
                  {[t(`attest.${what}`), value].filter((part) => part !== '').join(': ')}
                </TextLink>{' '}
                <Text size="sm" c="dimmed" component="span">
                  {t('attest.by', { level, until: date(until) })} <Person identity={verifier} alias={verifierAlias} />
                </Text>
              </div>
            ))}
            <More of={query} />
          </Stack>
        )
      }
    </Answer>
  )
}
