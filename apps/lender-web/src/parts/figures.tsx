/** Figures on the page: amounts, rates, dates, each exact and in the reader's locale. */
import { Group, Paper, SimpleGrid, Stack, Text, Tooltip } from '@mantine/core'
import type { ReactNode } from 'react'
import { useNow } from '../shell/clock'
import { useWords } from '../words/words'

/** An amount with its currency. */
export function Money({ amount, currency }: { amount: number | bigint; currency: string }) {
  const { money } = useWords()
  return <span className="figure nowrap">{money(amount, currency)}</span>
}

/** An amount in a column whose head names the currency. */
export function Amount({ amount, currency, dash }: { amount: number; currency: string; dash?: boolean }) {
  const words = useWords()
  if (dash && amount === 0) return <span aria-label={words.amount(0, currency)}>–</span>
  return <span className="figure nowrap">{words.amount(amount, currency)}</span>
}

/** An instant: how long ago, and the time itself on hover or focus. */
export function Moment({ atMs }: { atMs: number }) {
  const { relative, instant } = useWords()
  const nowMs = useNow()
  return (
    <Tooltip label={instant(atMs)}>
      <time dateTime={new Date(atMs).toISOString()} className="nowrap">
        {relative(atMs, nowMs)}
      </time>
    </Tooltip>
  )
}

/** A labelled figure. Several stand in a `Figures`. */
export function Figure({ label, children, note }: { label: ReactNode; children: ReactNode; note?: ReactNode }) {
  return (
    <Paper p={{ base: 'sm', sm: 'md' }}>
      <Stack gap={4}>
        <Text size="sm" c="dimmed">
          {label}
        </Text>
        <Text
          fz={{ base: 20, sm: 24 }}
          fw={600}
          lh={1.2}
          className="figure figure-large"
          style={{ letterSpacing: '-0.015em' }}
        >
          {children}
        </Text>
        {note !== undefined && (
          <Text size="sm" c="dimmed">
            {note}
          </Text>
        )}
      </Stack>
    </Paper>
  )
}

export function Figures({ children }: { children: ReactNode }) {
  return (
    <SimpleGrid cols={{ base: 2, md: 4 }} spacing={{ base: 'sm', sm: 'md' }}>
      {children}
    </SimpleGrid>
  )
}

/** Facts in pairs of term and value, in as many columns as fit. */
export function Facts({ items }: { items: readonly (readonly [term: string, value: ReactNode])[] }) {
  return (
    <dl
      style={{
        display: 'grid',
        gridTemplateColumns: 'repeat(auto-fill, minmax(170px, 1fr))',
        gap: '16px 24px',
        margin: 0,
      }}
    >
      {items.map(([term, value]) => (
        <div key={term}>
          <Text component="dt" size="sm" c="dimmed">
            {term}
          </Text>
          <Text component="dd" m={0} mt={2} className="figure" style={{ overflowWrap: 'anywhere' }}>
            {value}
          </Text>
        </div>
      ))}
    </dl>
  )
}

/** Words at both ends of a line. */
export function Line({ label, children, strong }: { label: ReactNode; children: ReactNode; strong?: boolean }) {
  return (
    <Group justify="space-between" gap="md" wrap="nowrap" align="baseline">
      <Text size="sm" {...(strong ? { fw: 600 } : { c: 'dimmed' })}>
        {label}
      </Text>
      <Text size="sm" fw={strong ? 600 : 500} className="figure" ta="end">
        {children}
      </Text>
    </Group>
  )
}
