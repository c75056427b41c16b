/** What a screen shows while it has nothing to show: loading, empty, or a problem with a way on. */
import { Alert, Button, Group, Paper, Skeleton, Stack, Text, Title, VisuallyHidden } from '@mantine/core'
import type { ReactNode } from 'react'
import { ProblemError } from '../api/http'
import { useWords } from '../words/words'
import { Icon, type IconName } from './icons'

/** A refusal's name in words; the name itself where the page has none for it. */
export function useProblemName(): (problem: string) => string {
  const { t, knows } = useWords()
  return (problem) => {
    const key = `problem.${problem}`
    return knows(key) ? t(key) : t('problem.other', { name: problem.replaceAll('_', ' ') })
  }
}

/** A problem in words. */
export function useProblemText(): (error: unknown) => string {
  const nameOf = useProblemName()
  return (error) => nameOf(error instanceof ProblemError ? error.problem : 'internal_error')
}

/** A problem beside what caused it. Nothing when there is none. */
export function Problem({ error, retry }: { error: unknown; retry?: (() => void) | undefined }) {
  const { t } = useWords()
  const text = useProblemText()
  if (error === null || error === undefined) return null
  const details = error instanceof ProblemError ? error.details['problems'] : undefined
  return (
    <Alert role="alert" color="red" variant="light" icon={<Icon name="warning" />}>
      <Stack gap="xs" align="start">
        <Text size="sm">{text(error)}</Text>
        {Array.isArray(details) && <Text size="sm">{details.join('; ')}</Text>}
        {retry && (
          <Button size="xs" variant="default" onClick={retry}>
            {t('retry')}
          </Button>
        )}
      </Stack>
    </Alert>
  )
}

/** Nothing here yet: says why, and what one could do. */
export function Empty({
  icon,
  title,
  children,
  action,
}: {
  icon: IconName
  title: string
  children?: ReactNode
  action?: ReactNode
}) {
  return (
    <Stack align="center" gap="xs" py={48} px="md" ta="center">
      <Text c="dimmed" component="div">
        <Icon name={icon} size={34} />
      </Text>
      <Text fw={600}>{title}</Text>
      {children !== undefined && (
        <Text size="sm" c="dimmed" maw={440}>
          {children}
        </Text>
      )}
      {action !== undefined && <Group mt="sm">{action}</Group>}
    </Stack>
  )
}

export function Loading({ rows = 4, height = 22 }: { rows?: number; height?: number }) {
  const { t } = useWords()
  return (
    <Stack gap="md" aria-busy="true" role="status">
      <VisuallyHidden>{t('loading')}</VisuallyHidden>
      {Array.from({ length: rows }, (_, row) => (
        <Skeleton key={row} height={height} radius="sm" width={`${100 - (row % 3) * 12}%`} />
      ))}
    </Stack>
  )
}

interface Asked<Data> {
  data: Data | undefined
  error: unknown
  isPending: boolean
  refetch: () => unknown
}

/** A query's answer, or what stands in for it. */
export function Answer<Data>({
  of: query,
  rows,
  children,
}: {
  of: Asked<Data>
  rows?: number
  children: (data: Data) => ReactNode
}) {
  if (query.data !== undefined) return children(query.data)
  if (query.isPending) return <Loading {...(rows === undefined ? {} : { rows })} />
  return <Problem error={query.error} retry={() => void query.refetch()} />
}

/** A card with a heading. */
export function Section({
  title,
  action,
  children,
  flush,
}: {
  title: string
  action?: ReactNode
  children: ReactNode
  flush?: boolean
}) {
  return (
    <Paper component="section" p={flush ? 0 : 'lg'} style={{ overflow: 'hidden' }}>
      <Group justify="space-between" mb={flush ? 0 : 'md'} p={flush ? 'lg' : 0} pb={flush ? 'xs' : 0}>
        <Title order={2}>{title}</Title>
        {action}
      </Group>
      {children}
    </Paper>
  )
}
