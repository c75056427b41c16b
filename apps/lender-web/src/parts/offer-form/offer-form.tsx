/** The form of an offer's terms: what every offer has stands open, the rest is folded and plain until it is opened. */
import { Accordion, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useWords, type WordKey } from '../../words/words'
import { Calendar } from './calendar'
import { Charges } from './charges'
import { Essentials } from './essentials'
import { LateAndEarly } from './late-and-early'
import { Note } from './note'
import { type OfferForm, OfferFormContext } from './offer-form-state'
import { Repayment } from './repayment'
import { Rights } from './rights'

interface Part {
  name: string
  label: WordKey
  hint: WordKey
  /** The members that it asks for: a fault of one of them opens it. */
  members: readonly string[]
  show: () => React.ReactNode
}

const PARTS: readonly Part[] = [
  {
    name: 'repayment',
    label: 'offer.section.repayment',
    hint: 'offer.section.repayment.hint',
    members: [
      'fixedInstalment',
      'downPaymentPpm',
      'grace',
      'instalmentSizedOn',
      'rounding',
      'allocation',
      'recalculation',
    ],
    show: Repayment,
  },
  {
    name: 'calendar',
    label: 'offer.section.calendar',
    hint: 'offer.section.calendar.hint',
    members: ['dayCount', 'periodYears', 'sizingPeriodYears', 'dueOn', 'businessDays'],
    show: Calendar,
  },
  {
    name: 'charges',
    label: 'offer.section.charges',
    hint: 'offer.section.charges.hint',
    members: ['charges', 'eventCharges'],
    show: Charges,
  },
  {
    name: 'late',
    label: 'offer.section.late',
    hint: 'offer.section.late.hint',
    members: ['arrears', 'lateFee', 'penaltyRatePpm', 'earlySettlementFee', 'defaultAfterDays'],
    show: LateAndEarly,
  },
  {
    name: 'rights',
    label: 'offer.section.rights',
    hint: 'offer.section.rights.hint',
    members: ['coolingOffDays', 'arbiter', 'requires'],
    show: Rights,
  },
]

export function OfferFields({ form, currencyFixed }: { form: OfferForm; currencyFixed: boolean }) {
  const { t } = useWords()
  const [opened, open] = useState<string[]>([])
  const wrong = PARTS.filter(({ members }) => members.some((member) => form.errorOf(member) !== undefined))
  const shown = [...new Set([...opened, ...wrong.map(({ name }) => name)])]
  return (
    <OfferFormContext value={form}>
      <Stack>
        <Essentials currencyFixed={currencyFixed} />
        <Accordion multiple variant="separated" radius="lg" value={shown} onChange={open} order={2}>
          {PARTS.map(({ name, label, hint, show: Show }) => (
            <Accordion.Item key={name} value={name}>
              <Accordion.Control>
                <Text fw={600}>{t(label)}</Text>
                <Text size="sm" c="dimmed">
                  {t(hint)}
                </Text>
              </Accordion.Control>
              <Accordion.Panel>{shown.includes(name) && <Show />}</Accordion.Panel>
            </Accordion.Item>
          ))}
        </Accordion>
        <Note />
      </Stack>
    </OfferFormContext>
  )
}
