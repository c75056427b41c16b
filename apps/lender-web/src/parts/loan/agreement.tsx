/** What was agreed, in words, what it costs, and who signed it when. */
import { Grid, Group, Stack, Text } from '@mantine/core'
import type { AdoptedView, LoanView } from '#libs/messages'
import { useWords } from '../../words/words'
import { FinalityBadge } from '../badges'
import { Facts, Moment, Money } from '../figures'
import { Person } from '../identity'
import { Payouts } from '../schedule'
import { Section } from '../states'
import { useOfferedTerms } from '../terms-in-words'
import { LoanLenders } from './lenders'

export function LoanAgreement({ loan }: { loan: LoanView }) {
  const { t, apr, date, money } = useWords()
  const inWords = useOfferedTerms()
  const { currency } = loan.principal
  const { loan: terms, tranches: _, arbiter, railDays, answerDays, ...rest } = loan.terms
  const adoptedFacts = ({ on, principal, interest, fees, lateSince, paper }: AdoptedView) => [
    [t('loan.adopted.paper'), paper] as const,
    [t('loan.adopted.on'), date(on)] as const,
    [t('loan.adopted.principal'), money(principal, currency)] as const,
    [t('loan.adopted.due'), money(interest + fees, currency)] as const,
    ...(lateSince === null ? [] : [[t('loan.adopted.lateSince'), date(lateSince)] as const]),
  ]
  return (
    <Grid gap="lg">
      <Grid.Col span={{ base: 12, md: 7 }}>
        <Section title={t('loan.terms')}>
          <Facts
            items={[
              [t('loans.principal'), <Money key="principal" {...loan.principal} />],
              [t('preview.instalments'), loan.instalments],
              [t('application.start'), date(terms.startDate)],
              ...(terms.firstDueDate === undefined
                ? []
                : [[t('proposal.firstDueOn'), date(terms.firstDueDate)] as const]),
              ...inWords({ ...terms, ...rest, ...(arbiter === null ? {} : { arbiter }) }),
              [t('terms.railDays'), t('days', { count: railDays })],
              [t('terms.answerDays'), t('days', { count: answerDays })],
              [t('application.purpose'), loan.purpose],
              ...(loan.adopted === null ? [] : adoptedFacts(loan.adopted)),
            ]}
          />
        </Section>
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 5 }}>
        <Stack gap="lg">
          <Section title={t('loan.cost')}>
            <Stack>
              <Facts
                items={[
                  [t('cost.apr'), apr(loan.cost.aprPpm)],
                  [t('cost.aprc'), apr(loan.cost.aprcPpm)],
                  [t('cost.interest'), money(loan.cost.totalInterest, currency)],
                  [t('cost.fees'), money(loan.cost.totalFees, currency)],
                  [t('cost.total'), money(loan.cost.totalOfPayments, currency)],
                  [t('cost.ofCredit'), money(loan.cost.costOfCredit, currency)],
                ]}
              />
              <Text size="xs" c="dimmed">
                {t('cost.methods', { apr: loan.cost.aprMethod, aprc: loan.cost.aprcMethod })}
              </Text>
              <Payouts payouts={loan.payouts} currency={currency} />
            </Stack>
          </Section>
          <LoanLenders loan={loan} />
          <Section title={t('loan.signatures')}>
            <Stack gap="sm">
              {loan.signatures.map(({ identity, signedAtMs }) => (
                <Group key={identity} justify="space-between">
                  <Person identity={identity} alias={aliasOf(loan, identity)} />
                  <Text size="sm" c="dimmed">
                    {signedAtMs === null ? t('loan.unsigned') : <Moment atMs={signedAtMs} />}
                  </Text>
                </Group>
              ))}
              {loan.conclusion !== null && (
                <Group justify="space-between">
                  <Text size="sm">{t('loan.concluded')}</Text>
                  <Group gap={6}>
                    <FinalityBadge finality={loan.conclusion.final ? 'final' : 'stored'} />
                    <Text size="sm" c="dimmed">
                      <Moment atMs={loan.conclusion.atMs} />
                    </Text>
                  </Group>
                </Group>
              )}
            </Stack>
          </Section>
        </Stack>
      </Grid.Col>
    </Grid>
  )
}

/** Of a servicer that neither lends nor borrows the key alone is known here. */
function aliasOf({ borrower, borrowerAlias, lenders }: LoanView, identity: string): string | null {
  if (identity === borrower) return borrowerAlias
  return lenders.find((lender) => lender.identity === identity)?.alias ?? null
}
