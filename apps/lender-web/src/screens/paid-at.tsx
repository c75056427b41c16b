/** Where one is paid: said once, shown to the other side of one's agreements. */
import { Button, Group, Select, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQuery } from '@tanstack/react-query'
import type { PayeeView, PayeeWay } from '#libs/messages'
import { useCommand } from '../api/command'
import { payeeQuery } from '../api/queries'
import { isUnsaid } from '../parts/payee'
import { Answer, Problem, Section } from '../parts/states'
import { useWords, type WordKey } from '../words/words'

const MOST_WAYS = 8
type Type = PayeeWay['type']

/** The fields of each way, in the order in which one fills them in; `optional` ones may stay empty. */
const FIELDS: Readonly<Record<Type, readonly { name: string; label: WordKey; optional?: true }[]>> = {
  iban: [
    { name: 'name', label: 'payee.holder' },
    { name: 'iban', label: 'payee.iban' },
    { name: 'bic', label: 'payee.bic', optional: true },
  ],
  mobileMoney: [
    { name: 'provider', label: 'payee.provider' },
    { name: 'number', label: 'payee.number' },
    { name: 'name', label: 'payee.holder' },
  ],
  bitcoin: [{ name: 'address', label: 'payee.address' }],
  text: [{ name: 'text', label: 'payee.text' }],
}
const TYPES = Object.keys(FIELDS) as Type[]

/** One way as it is typed. */
interface Typed {
  type: Type
  fields: Record<string, string>
}

const EMPTY: Typed = { type: 'iban', fields: {} }

export function PaidAt({ identity }: { identity: string }) {
  const { t } = useWords()
  const query = useQuery(payeeQuery(identity))
  return (
    <Section title={t('payee.own')}>
      <Text size="sm" c="dimmed" mb="md">
        {t('payee.own.hint')}
      </Text>
      {isUnsaid(query.error) ? (
        <WaysForm ways={[EMPTY]} />
      ) : (
        <Answer of={query}>
          {({ ways, sinceMs }) => (
            <WaysForm key={sinceMs} ways={ways.map(({ type, ...fields }) => ({ type, fields: { ...fields } }))} />
          )}
        </Answer>
      )}
    </Section>
  )
}

function WaysForm({ ways }: { ways: Typed[] }) {
  const { t } = useWords()
  const set = useCommand<{ ways: object[] }, PayeeView>({
    method: 'PUT',
    path: 'payees/own',
    done: 'payee.own.saved',
    stale: ['payees'],
  })
  const form = useForm({ initialValues: { ways } })
  const submit = form.onSubmit(({ ways: typed }) => set.mutate({ ways: typed.map(wayOf) }))
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        {form.values.ways.map((way, index) => (
          <Stack key={index} gap="xs">
            <Group align="end" justify="space-between">
              <Select
                label={t('payee.title')}
                allowDeselect={false}
                data={TYPES.map((type) => ({ value: type, label: t(`payee.way.${type}`) }))}
                {...form.getInputProps(`ways.${index}.type`)}
              />
              {form.values.ways.length > 1 && (
                <Button variant="subtle" onClick={() => form.removeListItem('ways', index)}>
                  {t('payee.own.remove')}
                </Button>
              )}
            </Group>
            <Group grow align="start" preventGrowOverflow={false}>
              {FIELDS[way.type].map(({ name, label }) => {
                const Field = name === 'text' ? Textarea : TextInput
                const path = `ways.${index}.fields.${name}`
                return (
                  <Field key={name} label={t(label)} {...form.getInputProps(path)} value={way.fields[name] ?? ''} />
                )
              })}
            </Group>
          </Stack>
        ))}
        <Problem error={set.error} />
        <Group justify="space-between">
          <Button
            variant="default"
            disabled={form.values.ways.length >= MOST_WAYS}
            onClick={() => form.insertListItem('ways', EMPTY)}
          >
            {t('payee.own.add')}
          </Button>
          <Button type="submit" loading={set.isPending} disabled={!form.values.ways.every(isFilled)}>
            {t('payee.own.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

function isFilled({ type, fields }: Typed): boolean {
  return FIELDS[type].every(({ name, optional }) => optional || (fields[name] ?? '').trim() !== '')
}

/** What is sent: no empty fields, and account numbers as machines write them. */
function wayOf({ type, fields }: Typed): object {
  const given = FIELDS[type]
    .map(({ name }) => [name, (fields[name] ?? '').trim()] as const)
    .filter(([, text]) => text !== '')
    .map(([name, text]) => [name, name === 'iban' || name === 'bic' ? text.replaceAll(' ', '').toUpperCase() : text])
  return { type, ...Object.fromEntries(given) }
}
