/** Where to pay somebody: an account number or another way, since when it holds, and a flag when it changed. */
import { Alert, Group, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { PayeeView, PayeeWay } from '#libs/messages'
import { ProblemError } from '../api/http'
import { payeeQuery } from '../api/queries'
import { useNow } from '../shell/clock'
import { useWords } from '../words/words'
import { Facts } from './figures'
import { Icon } from './icons'
import { Copy } from './identity'
import { Answer, Section } from './states'

/** Where the other side of a concluded agreement is paid. */
export function WhereToPay({ payee, name }: { payee: string; name: string }) {
  const { t } = useWords()
  const query = useQuery(payeeQuery(payee))
  return (
    <Section title={t('payee.of', { name })}>
      {isUnsaid(query.error) ? (
        <Text size="sm" c="dimmed">
          {t('payee.none')} {t('payee.none.hint')}
        </Text>
      ) : (
        <Answer of={query} rows={2}>
          {(details) => <Ways details={details} />}
        </Answer>
      )}
    </Section>
  )
}

/** Nobody said anything yet, or it is on its way: no problem, but something to wait for. */
export function isUnsaid(error: unknown): boolean {
  return error instanceof ProblemError && error.problem === 'payee_details_not_found'
}

function Ways({ details }: { details: PayeeView }) {
  const { t, instant, relative } = useWords()
  const now = useNow()
  return (
    <Stack>
      {details.isFlagged && (
        <Alert role="alert" color="orange" variant="light" icon={<Icon name="warning" />}>
          {t('payee.flag', { when: relative(details.sinceMs, now) })}
        </Alert>
      )}
      {details.ways.map((way, index) => (
        <Stack key={JSON.stringify(way)} gap={4}>
          <Text fw={600}>
            {t(`payee.way.${way.type}`)}
            {index === 0 && details.ways.length > 1 && ` (${t('payee.preferred')})`}
          </Text>
          <Way way={way} />
        </Stack>
      ))}
      <Text size="sm" c="dimmed">
        {t('payee.since', { when: instant(details.sinceMs) })}
      </Text>
    </Stack>
  )
}

function Way({ way }: { way: PayeeWay }) {
  const { t } = useWords()
  switch (way.type) {
    case 'iban':
      return (
        <Facts
          items={[
            [t('payee.holder'), way.name],
            [t('payee.iban'), <Copyable key="iban" text={way.iban} shown={way.iban.replace(/(.{4})(?=.)/g, '$1 ')} />],
            ...(way.bic === undefined ? [] : [['BIC', way.bic] as [string, string]]),
          ]}
        />
      )
    case 'mobileMoney':
      return (
        <Facts
          items={[
            [t('payee.provider'), way.provider],
            [t('payee.holder'), way.name],
            [t('payee.number'), <Copyable key="number" text={way.number} />],
          ]}
        />
      )
    case 'bitcoin':
      return <Copyable text={way.address} />
    case 'text':
      return <Text style={{ whiteSpace: 'pre-line' }}>{way.text}</Text>
  }
}

function Copyable({ text, shown = text }: { text: string; shown?: string }) {
  const { t } = useWords()
  return (
    <Group gap={4}>
      <span className="key">{shown}</span>
      <Copy text={text} label={t('copy')} />
    </Group>
  )
}
