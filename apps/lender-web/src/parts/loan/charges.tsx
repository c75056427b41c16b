/** What was levied beside the signed table: how much of it is paid, credited, waived; and levying more. */
import { Group, Paper, Select, SimpleGrid, Stack, Table, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { CreditView, LeviableView, LoanChargeView, LoanView } from '#libs/messages'
import { useCommand } from '../../api/command'
import { leviableQuery } from '../../api/queries'
import { useMayAct } from '../../shell/account'
import { useToday } from '../../shell/clock'
import { useWords } from '../../words/words'
import { DataTable } from '../data-table'
import { DialogButton, DialogForm, ReasonField } from '../dialog'
import { Amount } from '../figures'
import { DateField, MoneyInput } from '../inputs'
import { TextLink } from '../link'
import { Answer, Empty, Section } from '../states'
import { LoanSum } from './loan-sum'

export function LoanCharges({ loan }: { loan: LoanView }) {
  const { t } = useWords()
  const mayAct = useMayAct()
  return (
    <Stack gap="lg">
      <Section
        title={t('charges')}
        flush
        action={mayAct && loan.may.includes('loans.levyCharge') ? <Levy loan={loan} /> : undefined}
      >
        {loan.charges.length === 0 ? (
          <Empty icon="offers" title={t('charges.none')}>
            {t('charges.none.hint')}
          </Empty>
        ) : (
          <ChargesTable loan={loan} />
        )}
      </Section>
      {loan.credits.length > 0 && <Credits loan={loan} />}
    </Stack>
  )
}

function useChargeName(): (charge: Pick<LoanChargeView, 'charge' | 'name'>) => string {
  const { t } = useWords()
  return ({ charge, name }) => (charge === 'event' ? name : t(`charge.${charge}`))
}

function ChargesTable({ loan }: { loan: LoanView }) {
  const { t, date } = useWords()
  const nameOf = useChargeName()
  const mayAct = useMayAct()
  const { currency } = loan.principal
  return (
    <DataTable width={820} label={t('charges')}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('charge')}</Table.Th>
          <Table.Th>{t('schedule.due')}</Table.Th>
          <Table.Th className="end">{t('amount')}</Table.Th>
          <Table.Th className="end">{t('loan.paid')}</Table.Th>
          <Table.Th className="end">{t('charge.adjusted')}</Table.Th>
          <Table.Th className="end">{t('charge.waived')}</Table.Th>
          <Table.Th className="end">{t('charge.outstanding')}</Table.Th>
          <Table.Th />
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {loan.charges.map((charge) => (
          <Table.Tr key={charge.id}>
            <Table.Td>
              <TextLink to="/records/$record" params={{ record: charge.id }}>
                {nameOf(charge)}
              </TextLink>
              <Text size="sm" c="dimmed">
                {charge.reason}
              </Text>
            </Table.Td>
            <Table.Td className="nowrap">{date(charge.due)}</Table.Td>
            {(['amount', 'paid', 'adjusted', 'waived', 'outstanding'] as const).map((part) => (
              <Table.Td key={part} className="end">
                <Amount amount={charge[part]} currency={currency} dash />
              </Table.Td>
            ))}
            <Table.Td>
              {mayAct && (
                <Group gap="xs" wrap="nowrap">
                  {charge.may.includes('loans.waiveCharge') && <Waive loan={loan} charge={charge} />}
                  {charge.may.includes('loans.adjustCharge') && <Adjust loan={loan} charge={charge} />}
                </Group>
              )}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </DataTable>
  )
}

function Levy({ loan }: { loan: LoanView }) {
  const { t } = useWords()
  return (
    <DialogButton label={t('charge.levy')} title={t('charge.levy')}>
      {(close) => <LevyForm loan={loan} close={close} />}
    </DialogButton>
  )
}

function LevyForm({ loan, close }: { loan: LoanView; close: () => void }) {
  const today = useToday()
  const query = useQuery(leviableQuery(loan.id, today))
  return <Answer of={query}>{(leviable) => <LevyFields loan={loan} leviable={leviable} close={close} />}</Answer>
}

interface Levied {
  charge: LoanChargeView['charge']
  name?: string
  amount: number
  due: string
  reason: string
}

/** What can be levied today, up to what the terms allow. */
function LevyFields({ loan, leviable, close }: { loan: LoanView; leviable: LeviableView; close: () => void }) {
  const { t, money } = useWords()
  const { currency } = loan.principal
  const choices = [
    { value: 'lateFee', charge: 'lateFee' as const, label: t('charge.lateFee'), most: leviable.lateFee },
    {
      value: 'penaltyInterest',
      charge: 'penaltyInterest' as const,
      label: t('charge.penaltyInterest'),
      most: leviable.penaltyInterest,
    },
    ...leviable.events.map(({ name, amount }) => ({
      value: `event ${name}`,
      charge: 'event' as const,
      name,
      label: name,
      most: amount,
    })),
  ].filter(({ most }) => most > 0)
  const [value, setValue] = useState(choices[0]?.value)
  const chosen = choices.find((choice) => choice.value === value)
  const [amount, setAmount] = useState<number | null>(chosen?.most ?? null)
  const [due, setDue] = useState(leviable.date)
  const [reason, setReason] = useState('')
  const levy = useCommand<Levied, LoanView>({ path: `loans/${loan.id}/charges`, done: 'charge.levied' })
  if (chosen === undefined) return <Text>{t('charge.nothing')}</Text>
  return (
    <DialogForm
      hint={t('charge.levy.hint')}
      go={t('charge.levy')}
      busy={levy.isPending}
      disabled={amount === null || amount === 0}
      error={levy.error}
      close={close}
      onSubmit={() => {
        if (amount === null) return
        const { charge } = chosen
        const named = 'name' in chosen ? { name: chosen.name } : {}
        levy.mutate({ charge, ...named, amount, due, reason: reason.trim() }, { onSuccess: close })
      }}
    >
      <Select
        label={t('charge')}
        allowDeselect={false}
        value={chosen.value}
        data={choices.map((choice) => ({ value: choice.value, label: choice.label }))}
        onChange={(next) => {
          setValue(next ?? undefined)
          setAmount(choices.find((choice) => choice.value === next)?.most ?? null)
        }}
      />
      <SimpleGrid cols={2}>
        <MoneyInput
          label={t('amount')}
          description={t('charge.most', { amount: money(chosen.most, currency) })}
          currency={currency}
          value={amount}
          onChange={setAmount}
        />
        <DateField label={t('schedule.due')} description={t('charge.due.hint')} value={due} onChange={setDue} />
      </SimpleGrid>
      <ReasonField value={reason} onChange={setReason} />
      <LoanSum
        loan={loan}
        items={[
          ['loans.toPay', loan.outstanding],
          ['loan.toPayAfter', loan.outstanding + (amount ?? 0)],
        ]}
      />
    </DialogForm>
  )
}

function Waive({ loan, charge }: { loan: LoanView; charge: LoanChargeView }) {
  const { t } = useWords()
  const [reason, setReason] = useState('')
  const waive = useCommand<{ reason: string }, LoanView>({
    path: `loans/${loan.id}/charges/${charge.id}/waive`,
    done: 'charge.waive.done',
  })
  return (
    <DialogButton label={t('charge.waive')} title={t('charge.waive.title')} variant="default" size="xs">
      {(close) => (
        <DialogForm
          hint={t('charge.waive.hint')}
          go={t('charge.waive')}
          busy={waive.isPending}
          error={waive.error}
          close={close}
          onSubmit={() => waive.mutate({ reason: reason.trim() }, { onSuccess: close })}
        >
          <LoanSum loan={loan} items={[['charge.noLongerOwed', charge.outstanding]]} />
          <ReasonField value={reason} onChange={setReason} />
        </DialogForm>
      )}
    </DialogButton>
  )
}

function Adjust({ loan, charge }: { loan: LoanView; charge: LoanChargeView }) {
  const { t } = useWords()
  const [amount, setAmount] = useState<number | null>(null)
  const [reason, setReason] = useState('')
  const adjust = useCommand<{ amount: number; reason: string }, LoanView>({
    path: `loans/${loan.id}/charges/${charge.id}/adjust`,
    done: 'charge.adjust.done',
  })
  return (
    <DialogButton label={t('charge.adjust')} title={t('charge.adjust.title')} variant="default" size="xs">
      {(close) => (
        <DialogForm
          hint={t('charge.adjust.hint')}
          go={t('charge.adjust')}
          busy={adjust.isPending}
          disabled={amount === null || amount === 0}
          error={adjust.error}
          close={close}
          onSubmit={() => amount !== null && adjust.mutate({ amount, reason: reason.trim() }, { onSuccess: close })}
        >
          <MoneyInput
            label={t('charge.adjust.amount')}
            currency={loan.principal.currency}
            value={amount}
            onChange={setAmount}
          />
          <ReasonField value={reason} onChange={setReason} />
          <LoanSum
            loan={loan}
            items={[
              ['amount', charge.amount],
              ['charge.adjusted', charge.adjusted + (amount ?? 0)],
            ]}
          />
        </DialogForm>
      )}
    </DialogButton>
  )
}

/** What the lender credited without money. */
function Credits({ loan }: { loan: LoanView }) {
  const { t, date } = useWords()
  const { currency } = loan.principal
  return (
    <Paper p={0} style={{ overflow: 'hidden' }}>
      <DataTable width={520} label={t('credits')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('credits')}</Table.Th>
            <Table.Th>{t('payment.valueDate')}</Table.Th>
            <Table.Th>{t('reason')}</Table.Th>
            <Table.Th className="end">{t('amount')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {loan.credits.map((credit: CreditView) => (
            <Table.Tr key={credit.id}>
              <Table.Td>
                <TextLink to="/records/$record" params={{ record: credit.id }}>
                  {t(`credit.${credit.credit}`)}
                </TextLink>
              </Table.Td>
              <Table.Td className="nowrap">{date(credit.date)}</Table.Td>
              <Table.Td>{credit.reason}</Table.Td>
              <Table.Td className="end">
                <Amount amount={credit.amount} currency={currency} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </DataTable>
    </Paper>
  )
}
