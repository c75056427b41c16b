/** Fees that the table shows from the start, and charges that may be levied when something happens. */
import { Button, Group, Paper, SimpleGrid, Stack, Switch, TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import type { EventCharge } from '#libs/messages'
import type { ScheduledCharge } from '#libs/money'
import { useWords } from '../../words/words'
import { type AmountOrShare, AmountOrShareField, Choice, FieldGroup } from './fields'
import { useOffer } from './offer-form-state'

export function Charges() {
  const { t } = useWords()
  const { draft, set } = useOffer()
  const { charges = [], eventCharges = [] } = draft
  return (
    <Stack gap="lg">
      <FieldGroup title={t('offer.charges')} hint={t('offer.charges.hint')} path="charges">
        <Rows
          items={charges}
          add={t('offer.charges.add')}
          fresh={{ name: t('offer.charges.origination'), when: 'atStart', ppm: 10_000 }}
          onChange={(items) => set({ charges: items })}
        >
          {(charge, change) => <Scheduled charge={charge} onChange={change} />}
        </Rows>
      </FieldGroup>
      <FieldGroup title={t('offer.events')} hint={t('offer.events.hint')} path="eventCharges">
        <Rows
          items={eventCharges}
          add={t('offer.events.add')}
          fresh={{ name: t('offer.events.reminder'), amount: 500 }}
          onChange={(items) => set({ eventCharges: items })}
        >
          {(charge, change) => <OnEvent charge={charge} onChange={change} />}
        </Rows>
      </FieldGroup>
    </Stack>
  )
}

/** A list that one adds to and takes from; an empty one is none. */
function Rows<Item extends { name: string }>({
  items,
  fresh,
  add,
  onChange,
  children,
}: {
  items: readonly Item[]
  fresh: Item
  add: string
  onChange: (items: Item[] | undefined) => void
  children: (item: Item, change: (item: Item) => void) => ReactNode
}) {
  const { t } = useWords()
  return (
    <Stack gap="sm">
      {items.map((item, index) => (
        <Paper key={index} p="sm" role="group" aria-label={item.name}>
          <Stack gap="xs">
            {children(item, (changed) => onChange(items.map((other, place) => (place === index ? changed : other))))}
            <Group justify="end">
              <Button
                size="xs"
                variant="subtle"
                color="red"
                onClick={() => {
                  const left = items.filter((_, place) => place !== index)
                  onChange(left.length === 0 ? undefined : left)
                }}
              >
                {t('remove')}
              </Button>
            </Group>
          </Stack>
        </Paper>
      ))}
      <Group>
        <Button variant="default" size="xs" onClick={() => onChange([...items, fresh])}>
          {add}
        </Button>
      </Group>
    </Stack>
  )
}

function Name<Item extends { name: string }>({ item, onChange }: { item: Item; onChange: (item: Item) => void }) {
  const { t } = useWords()
  return (
    <TextInput
      label={t('offer.charge.name')}
      maxLength={64}
      value={item.name}
      onChange={(event) => onChange({ ...item, name: event.currentTarget.value })}
    />
  )
}

function Scheduled({ charge, onChange }: { charge: ScheduledCharge; onChange: (charge: ScheduledCharge) => void }) {
  const { t } = useWords()
  const { amount: _, ppm: __, ...rest } = charge
  return (
    <>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <Name item={charge} onChange={onChange} />
        <Choice
          label={t('offer.charge.when')}
          value={charge.when}
          values={['atStart', 'eachInstalment'] as const}
          word={(when) => t(`offer.charge.${when}`)}
          onChange={(when = 'atStart') => {
            const { deducted, ...kept } = charge
            onChange({ ...kept, when, ...(when === 'atStart' && deducted ? { deducted } : {}) })
          }}
        />
      </SimpleGrid>
      <AmountOrShareField
        label={t('offer.charge.much')}
        share={charge.when === 'atStart' ? 'offer.share.principal' : 'offer.share.instalment'}
        value={charge}
        onChange={(value: AmountOrShare = { amount: 0 }) => onChange({ ...rest, ...value })}
      />
      {charge.when === 'atStart' && (
        <Switch
          label={t('offer.charge.deducted')}
          checked={charge.deducted ?? false}
          onChange={(event) => {
            const { deducted: _deducted, ...kept } = charge
            onChange({ ...kept, ...(event.currentTarget.checked && { deducted: true }) })
          }}
        />
      )}
    </>
  )
}

function OnEvent({ charge, onChange }: { charge: EventCharge; onChange: (charge: EventCharge) => void }) {
  const { t } = useWords()
  const { name } = charge
  const of = 'of' in charge ? charge.of : 'instalment'
  return (
    <>
      <Name item={charge} onChange={onChange} />
      <AmountOrShareField
        label={t('offer.charge.much')}
        share="offer.share"
        value={charge}
        onChange={({ amount, ppm }: AmountOrShare = { amount: 0 }) =>
          onChange(ppm === undefined ? { name, amount: amount ?? 0 } : { name, ppm, of })
        }
      />
      {'ppm' in charge && (
        <Choice
          label={t('offer.charge.of')}
          value={charge.of}
          values={['instalment', 'outstanding'] as const}
          word={(base) => t(`offer.charge.of.${base}`)}
          onChange={(base = 'instalment') => onChange({ name, ppm: charge.ppm, of: base })}
        />
      )}
    </>
  )
}
