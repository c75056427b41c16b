/** First run: whoever has the token that the node printed makes the first account. */
import { Button, PasswordInput, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useState } from 'react'
import { useCommand } from '../api/command'
import { type SessionState, sessionQuery } from '../api/queries'
import { Problem } from '../parts/states'
import { useWords } from '../words/words'
import { Doorway } from './doorway'

const SHORTEST_PASSWORD = 10

/** The token in the address that the node printed, `#setup=TOKEN`; taken out of the address bar and history. */
function tokenFromAddress(): string {
  const token = new URLSearchParams(location.hash.slice(1)).get('setup') ?? ''
  if (token !== '') history.replaceState(null, '', location.pathname)
  return token
}

export function Setup() {
  const { t } = useWords()
  const [given] = useState(tokenFromAddress)
  const setup = useCommand<{ setupToken: string; name: string; password: string }, SessionState>({
    path: 'session/setup',
    stale: sessionQuery.queryKey,
  })
  const form = useForm({
    initialValues: { setupToken: given, name: '', password: '', again: '' },
    validate: {
      setupToken: (value) => (value.trim() === '' ? t('field.required') : null),
      name: (value) => (value.trim() === '' ? t('field.required') : null),
      password: (value) => (value.length < SHORTEST_PASSWORD ? t('setup.short', { length: SHORTEST_PASSWORD }) : null),
      again: (value, values) => (value === values.password ? null : t('setup.differs')),
    },
  })
  const submit = form.onSubmit(({ setupToken, name, password }) =>
    setup.mutate({ setupToken: setupToken.trim(), name: name.trim(), password }),
  )

  return (
    <Doorway title={t('setup.title')} lead={t('setup.lead')}>
      <form onSubmit={submit} noValidate>
        <Stack>
          {given === '' && (
            <TextInput
              label={t('setup.token')}
              description={t('setup.token.hint')}
              autoComplete="off"
              required
              {...form.getInputProps('setupToken')}
            />
          )}
          <TextInput
            label={t('login.name')}
            autoComplete="username"
            data-autofocus
            required
            {...form.getInputProps('name')}
          />
          <PasswordInput
            label={t('login.password')}
            description={t('setup.password.hint', { length: SHORTEST_PASSWORD })}
            autoComplete="new-password"
            required
            visibilityToggleButtonProps={{ 'aria-label': t('login.reveal') }}
            {...form.getInputProps('password')}
          />
          <PasswordInput
            label={t('setup.again')}
            autoComplete="new-password"
            required
            visibilityToggleButtonProps={{ 'aria-label': t('login.reveal') }}
            {...form.getInputProps('again')}
          />
          <Problem error={setup.error} />
          <Button type="submit" size="md" loading={setup.isPending} fullWidth>
            {t('setup.go')}
          </Button>
        </Stack>
      </form>
    </Doorway>
  )
}
