/** The agreement that an answer to an application would sign: its days, its parts, its table; seen before it is signed. */
import { Button, Group, SegmentedControl, SimpleGrid, Stack, Text, Textarea } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import type { ApplicationView, LoanView, ProposalWishes, SchedulePreview, Tranche } from '#libs/messages'
import { addDays } from '#libs/money'
import { useCommand } from '../api/command'
import { offerQuery, proposalQuery } from '../api/queries'
import { readTable, writeTable } from '../figures/pasted-table'
import { useMayAct } from '../shell/account'
import { useToday } from '../shell/clock'
import { useWords } from '../words/words'
import { CountInput, DateField, MoneyInput } from './inputs'
import { Cost, PreviewSchedule } from './schedule'
import { Answer, Problem, Section } from './states'

const DEFAULT_HOURS = 72
const SETTLES_MS = 250

export function Proposal({ application, children }: { application: ApplicationView; children: ReactNode }) {
  const offer = useQuery(offerQuery(application.offer))
  return (
    <Answer of={offer}>
      {({ terms }) => (
        <Form application={application} ownTable={terms.method === 'ownTable'}>
          {children}
        </Form>
      )}
    </Answer>
  )
}

/** As the offer makes it, paid out in parts, or with rows that the lender writes. */
type Shape = 'plain' | 'parts' | 'table'

function Form({
  application,
  ownTable,
  children,
}: {
  application: ApplicationView
  ownTable: boolean
  children: ReactNode
}) {
  const { t, locale } = useWords()
  const go = useNavigate()
  const mayAct = useMayAct()
  const today = useToday()
  const { amount, currency } = application.amount
  const [startDate, setStartDate] = useState(application.tranches?.[0]?.[0] ?? today)
  const [firstDueDate, setFirstDueDate] = useState(application.firstDueDate ?? '')
  const [shape, setShape] = useState<Shape>(ownTable ? 'table' : application.tranches ? 'parts' : 'plain')
  const [parts, setParts] = useState<Tranche[]>(application.tranches ?? halves(startDate, amount))
  const [text, setText] = useState('')
  const [expiresInHours, setExpiresInHours] = useState<number | null>(DEFAULT_HOURS)

  const table = shape === 'table' ? readTable(text, currency, locale) : []
  const unreadable = Array.isArray(table) ? undefined : table
  const wishes: ProposalWishes = {
    startDate,
    ...(firstDueDate !== '' && shape !== 'table' ? { firstDueDate } : {}),
    ...(shape === 'parts' ? { tranches: parts } : {}),
    ...(shape === 'table' && Array.isArray(table) ? { table } : {}),
  }
  const ready = startDate !== '' && (shape !== 'table' || (Array.isArray(table) && table.length > 0))
  const [settled] = useDebouncedValue(JSON.stringify(wishes), SETTLES_MS)
  const preview = useQuery({
    ...proposalQuery(application.id, JSON.parse(settled) as ProposalWishes),
    enabled: ready,
    placeholderData: keepPreviousData,
  })
  const propose = useCommand<ProposalWishes & { expiresInHours: number }, LoanView>({
    path: `applications/${application.id}/propose`,
    done: 'application.proposed',
    then: ({ id }) => void go({ to: '/loans/$loan', params: { loan: id } }),
  })
  /** What stands on the screen is what would be signed. */
  const shown = ready && preview.isSuccess && !preview.isPlaceholderData && settled === JSON.stringify(wishes)
  return (
    <Section title={t('application.agreement')}>
      <Stack>
        <Text size="sm" c="dimmed">
          {t('application.agreement.hint')}
        </Text>
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <DateField label={t('application.start')} value={startDate} required onChange={setStartDate} />
          {shape !== 'table' && (
            <DateField label={t('proposal.firstDueOn')} value={firstDueDate} onChange={setFirstDueDate} />
          )}
        </SimpleGrid>
        <CountInput
          label={t('application.expires')}
          unit={t('unit.hours')}
          value={expiresInHours}
          onChange={setExpiresInHours}
          w={180}
        />
        {!ownTable && (
          <SegmentedControl
            aria-label={t('proposal.shape')}
            value={shape}
            onChange={(value) => setShape(value === 'parts' || value === 'table' ? value : 'plain')}
            data={(['plain', 'parts', 'table'] as const).map((value) => ({
              value,
              label: t(`proposal.${value}`),
              // What the borrower wished for stands unless other parts are named.
              disabled: value === 'plain' && application.tranches !== null,
            }))}
          />
        )}
        {shape === 'parts' && <Parts currency={currency} parts={parts} onChange={setParts} />}
        {shape === 'table' && (
          <OwnTable
            text={text}
            onChange={setText}
            error={unreadable && t(`proposal.unreadable.${unreadable.because}`, { line: unreadable.line })}
            made={ownTable ? undefined : preview.data}
          />
        )}
        {ready && (
          <Answer of={preview} rows={6}>
            {(seen) => (
              <Stack>
                <Problem error={preview.error} />
                <Cost preview={seen} />
                <PreviewSchedule preview={seen} />
              </Stack>
            )}
          </Answer>
        )}
        <Problem error={propose.error} />
        {mayAct && (
          <Group justify="space-between">
            {children}
            <Button
              size="md"
              loading={propose.isPending}
              disabled={!shown}
              onClick={() => propose.mutate({ ...wishes, expiresInHours: expiresInHours ?? DEFAULT_HOURS })}
            >
              {t('application.propose')}
            </Button>
          </Group>
        )}
      </Stack>
    </Section>
  )
}

/** Two parts, a month apart, for a start. */
function halves(startDate: string, amount: number): Tranche[] {
  const half = Math.floor(amount / 2)
  return [
    [startDate, half],
    [addDays(startDate, 30), amount - half],
  ]
}

/** When which part of the money is to be paid out. */
function Parts({
  currency,
  parts,
  onChange,
}: {
  currency: string
  parts: Tranche[]
  onChange: (parts: Tranche[]) => void
}) {
  const { t } = useWords()
  const put = (index: number, part: Tranche) => onChange(parts.map((other, place) => (place === index ? part : other)))
  const last = parts.at(-1)
  return (
    <Stack gap="xs">
      {parts.map(([date, amount], index) => (
        <Group key={index} align="end" grow role="group" aria-label={t('proposal.part', { number: index + 1 })}>
          <DateField
            label={t('proposal.partOn', { number: index + 1 })}
            value={date}
            onChange={(day) => put(index, [day, amount])}
          />
          <MoneyInput
            label={t('proposal.partAmount', { number: index + 1 })}
            currency={currency}
            value={amount}
            onChange={(value) => put(index, [date, value ?? 0])}
          />
        </Group>
      ))}
      <Group gap="xs">
        <Button
          size="xs"
          variant="default"
          disabled={parts.length >= 24 || last === undefined || last[0] === ''}
          onClick={() => last && onChange([...parts, [addDays(last[0], 30), 0]])}
        >
          {t('proposal.morePart')}
        </Button>
        <Button size="xs" variant="default" disabled={parts.length <= 2} onClick={() => onChange(parts.slice(0, -1))}>
          {t('proposal.lessPart')}
        </Button>
      </Group>
    </Stack>
  )
}

/** The lender's own rows, typed or pasted. */
function OwnTable({
  text,
  error,
  made,
  onChange,
}: {
  text: string
  error: string | undefined
  /** The table that the offer makes, to begin with. */
  made: SchedulePreview | undefined
  onChange: (text: string) => void
}) {
  const { t, locale } = useWords()
  return (
    <Stack gap="xs">
      <Textarea
        label={t('proposal.table')}
        description={t('proposal.table.hint')}
        autosize
        minRows={4}
        maxRows={16}
        spellCheck={false}
        classNames={{ input: 'key' }}
        value={text}
        onChange={(event) => onChange(event.currentTarget.value)}
        error={error}
      />
      {made && (
        <Group>
          <Button size="xs" variant="default" onClick={() => onChange(writeTable(made.rows, made.currency, locale))}>
            {t('proposal.table.begin')}
          </Button>
        </Group>
      )}
    </Stack>
  )
}
