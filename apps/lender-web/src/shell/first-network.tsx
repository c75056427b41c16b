/** A node without a network makes one or joins one; one that joins waits for the one who invited it. */
import { Alert, Button, Loader, Stack, Tabs, Text, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import type { NetworkView } from '#libs/messages'
import { useCommand } from '../api/command'
import { Person } from '../parts/identity'
import { Problem, useProblemName } from '../parts/states'
import { useWords } from '../words/words'
import { Doorway } from './doorway'

export function FirstNetwork() {
  const { t } = useWords()
  return (
    <Doorway title={t('first.title')} lead={t('first.lead')}>
      <Tabs defaultValue="create" keepMounted={false}>
        <Tabs.List grow mb="lg">
          <Tabs.Tab value="create">{t('first.create')}</Tabs.Tab>
          <Tabs.Tab value="join">{t('first.join')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="create">
          <Create />
        </Tabs.Panel>
        <Tabs.Panel value="join">
          <Join />
        </Tabs.Panel>
      </Tabs>
    </Doorway>
  )
}

const withAlias = (alias: string) => (alias.trim() === '' ? {} : { alias: alias.trim() })

function Create() {
  const { t } = useWords()
  const create = useCommand<{ name: string; alias?: string }, NetworkView>({ path: 'network' })
  const form = useForm({
    initialValues: { name: '', alias: '' },
    validate: { name: (value) => (value.trim() === '' ? t('field.required') : null) },
  })
  const submit = form.onSubmit(({ name, alias }) => create.mutate({ name: name.trim(), ...withAlias(alias) }))
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <TextInput
          label={t('first.name')}
          description={t('first.name.hint')}
          maxLength={60}
          required
          {...form.getInputProps('name')}
        />
        <TextInput
          label={t('first.alias')}
          description={t('first.alias.hint')}
          maxLength={40}
          {...form.getInputProps('alias')}
        />
        <Problem error={create.error} />
        <Button type="submit" size="md" loading={create.isPending} fullWidth>
          {t('first.create.go')}
        </Button>
      </Stack>
    </form>
  )
}

function Join() {
  const { t } = useWords()
  const join = useCommand<{ invite: string; alias?: string }, NetworkView>({ path: 'network/join' })
  const form = useForm({
    initialValues: { invite: '', alias: '' },
    validate: { invite: (value) => (value.trim() === '' ? t('field.required') : null) },
  })
  const submit = form.onSubmit(({ invite, alias }) =>
    join.mutate({ invite: invite.replaceAll(/\s/g, ''), ...withAlias(alias) }),
  )
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <Textarea
          label={t('first.invite')}
          description={t('first.invite.hint')}
          rows={4}
          autoComplete="off"
          spellCheck={false}
          required
          classNames={{ input: 'key' }}
          {...form.getInputProps('invite')}
        />
        <TextInput
          label={t('first.alias')}
          description={t('first.alias.hint')}
          maxLength={40}
          {...form.getInputProps('alias')}
        />
        <Problem error={join.error} />
        <Button type="submit" size="md" loading={join.isPending} fullWidth>
          {t('first.join.go')}
        </Button>
      </Stack>
    </form>
  )
}

/** Joined, not admitted yet: asks the node every other second, so that it goes on by itself. */
export function Waiting({ network }: { network: NetworkView }) {
  const { t } = useWords()
  const nameOf = useProblemName()
  const { waitingFor, identity, refused } = network.self
  return (
    <Doorway title={t('waiting.title')} lead={t('waiting.lead')}>
      <Stack align="center" gap="md" role="status">
        <Loader type="dots" />
        {waitingFor !== null && (
          <Text ta="center">
            {t('waiting.for')} <Person identity={waitingFor} />
          </Text>
        )}
        {refused !== null && (
          <Alert color="red" w="100%" title={t('waiting.refused')}>
            {nameOf(refused)}
          </Alert>
        )}
        {identity !== null && (
          <Text size="sm" c="dimmed" ta="center">
            {t('waiting.you')} <span className="key">{identity}</span>
          </Text>
        )}
      </Stack>
    </Doorway>
  )
}
