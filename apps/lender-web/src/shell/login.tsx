import { Button, PasswordInput, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useCommand } from '../api/command'
import type { SessionState } from '../api/queries'
import { Problem } from '../parts/states'
import { useWords } from '../words/words'
import { Doorway } from './doorway'

/** Signing in to the node. */
export function Login() {
  const { t } = useWords()
  const login = useCommand<{ name: string; password: string }, SessionState>({ path: 'session/login' })
  const required = (value: string) => (value === '' ? t('field.required') : null)
  const form = useForm({
    initialValues: { name: '', password: '' },
    validate: { name: required, password: required },
  })

  return (
    <Doorway title={t('login.title')} lead={t('login.lead')}>
      <form onSubmit={form.onSubmit((values) => login.mutate(values))} noValidate>
        <Stack>
          <TextInput label={t('login.name')} autoComplete="username" required {...form.getInputProps('name')} />
          <PasswordInput
            label={t('login.password')}
            autoComplete="current-password"
            required
            visibilityToggleButtonProps={{ 'aria-label': t('login.reveal') }}
            {...form.getInputProps('password')}
          />
          <Problem error={login.error} />
          <Button type="submit" size="md" loading={login.isPending} fullWidth>
            {t('login.go')}
          </Button>
        </Stack>
      </form>
    </Doorway>
  )
}
