/** What waits for the lender: people who ask, money to send, money to confirm, money that is late. */
import { Box, Group, Stack, Text, ThemeIcon } from '@mantine/core'
import { useInfiniteQuery, useQueries, useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { ApplicationView, LoanSummary, PaymentView } from '#libs/messages'
import { itemsOf, useWhole } from '../api/lists'
import { applicationsQuery, arrearsQuery, loanQuery, loansQuery, paymentsQuery } from '../api/queries'
import { useWords } from '../words/words'
import { Icon, type IconName } from './icons'
import { shortId } from './identity'
import { RowLink } from './link'
import { Loading, Problem, Section } from './states'

export function Today() {
  const { t, money } = useWords()
  const applications = useInfiniteQuery(applicationsQuery({ status: 'submitted' }))
  const payments = useInfiniteQuery(paymentsQuery({ status: 'sent' }))
  const agreed = useInfiniteQuery(loansQuery({ side: 'lender', status: 'agreed' }))
  const arrears = useQuery(arrearsQuery({}))
  useWhole(payments)
  useWhole(agreed)
  const asked = itemsOf<ApplicationView>(applications.data)
  const sent = itemsOf<PaymentView>(payments.data)?.filter(({ may }) => may.includes('payments.confirm'))
  const concluded = useQueries({
    queries: (itemsOf<LoanSummary>(agreed.data) ?? []).map(({ id }) => loanQuery(id)),
  })
  const toSend = concluded
    .flatMap(({ data }) => data ?? [])
    .filter(({ may, disbursed }) => disbursed === 0 && may.includes('payments.send'))
  const late = arrears.data?.items ?? []
  const error = applications.error ?? payments.error ?? agreed.error ?? arrears.error
  const here = asked !== undefined && sent !== undefined && agreed.isSuccess && arrears.data !== undefined
  const nothing = here && asked.length + sent.length + toSend.length + late.length === 0

  return (
    <Section title={t('today.title')} flush>
      {error !== null && <Problem error={error} />}
      {!here && error === null && (
        <Box p="lg" pt="xs">
          <Loading rows={2} />
        </Box>
      )}
      {nothing && (
        <Group p="lg" pt="xs" gap="sm" c="dimmed">
          <Icon name="check" />
          <Text>{t('today.nothing')}</Text>
        </Group>
      )}
      <Stack gap={0} component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
        {asked?.map((application) => (
          <Task
            key={application.id}
            icon="inbox"
            title={t('today.application', { who: application.borrowerAlias ?? shortId(application.borrower) })}
            detail={`${money(application.amount.amount, application.amount.currency)} · ${application.purpose}`}
            link={(body) => (
              <RowLink to="/applications/$application" params={{ application: application.id }}>
                {body}
              </RowLink>
            )}
          />
        ))}
        {sent?.map((payment) => (
          <LoanTask
            key={payment.id}
            loan={payment.loan}
            tab="payments"
            icon="check"
            title={t('today.confirm', { amount: money(payment.amount.amount, payment.amount.currency) })}
            detail={t('today.confirm.hint', { who: shortId(payment.payer) })}
          />
        ))}
        {toSend.map((loan) => (
          <LoanTask
            key={loan.id}
            loan={loan.id}
            icon="arrow"
            title={t('today.send', {
              amount: money(loan.payouts[0]?.arrives ?? loan.principal.amount, loan.principal.currency),
              who: loan.borrowerAlias ?? shortId(loan.borrower),
            })}
            detail={loan.conclusion?.final === true ? t('today.send.final') : t('today.send.notFinal')}
          />
        ))}
        {late.map((item) => (
          <LoanTask
            key={item.loan}
            loan={item.loan}
            icon="warning"
            title={t('today.late', {
              who: item.counterpartyAlias ?? shortId(item.counterparty),
              days: item.daysPastDue,
            })}
            detail={t('today.late.amount', { amount: money(item.overdue, item.currency) })}
          />
        ))}
      </Stack>
    </Section>
  )
}

function LoanTask({
  loan,
  tab,
  ...task
}: {
  loan: string
  tab?: string
  icon: IconName
  title: string
  detail: string
}) {
  return (
    <Task
      {...task}
      link={(body) => (
        <RowLink to="/loans/$loan" params={{ loan }} search={tab === undefined ? {} : { tab }}>
          {body}
        </RowLink>
      )}
    />
  )
}

function Task({
  icon,
  title,
  detail,
  link,
}: {
  icon: IconName
  title: string
  detail: string
  link: (body: ReactNode) => ReactNode
}) {
  return (
    <Group
      component="li"
      className="row-link"
      px="lg"
      py="sm"
      gap="md"
      wrap="nowrap"
      style={{ borderTop: '1px solid var(--line)' }}
    >
      <ThemeIcon variant="light" size={38} radius="xl" aria-hidden="true" className="task-icon">
        <Icon name={icon} />
      </ThemeIcon>
      <div style={{ flex: 1, minWidth: 0 }}>
        {link(<Text fw={500}>{title}</Text>)}
        <Text size="sm" c="dimmed" lineClamp={1}>
          {detail}
        </Text>
      </div>
      <Text c="dimmed" component="span">
        <Icon name="arrow" size={18} />
      </Text>
    </Group>
  )
}
