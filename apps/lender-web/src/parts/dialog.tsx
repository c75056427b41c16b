/** Dialogs: something is looked at, and then done or left. */
import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import type { FormEvent, ReactNode } from 'react'
import { useWords } from '../words/words'
import { Problem } from './states'

/** A button that opens a dialog, whose body closes it. */
export function DialogButton({
  label,
  title,
  variant = 'filled',
  size,
  large,
  children,
}: {
  label: string
  title: string
  variant?: string
  size?: string
  /** Wide, for what has tables. */
  large?: boolean
  children: (close: () => void) => ReactNode
}) {
  const { t } = useWords()
  const [opened, dialog] = useDisclosure()
  return (
    <>
      <Button variant={variant} onClick={dialog.open} {...(size === undefined ? {} : { size })}>
        {label}
      </Button>
      <Modal
        opened={opened}
        onClose={dialog.close}
        title={title}
        size={large ? 'xl' : 'md'}
        closeButtonProps={{ 'aria-label': t('close') }}
      >
        {children(dialog.close)}
      </Modal>
    </>
  )
}

/** The body of a dialog: what is asked, why it was refused, and the buttons that end it. */
export function DialogForm({
  hint,
  go,
  danger,
  busy,
  disabled,
  error,
  close,
  onSubmit,
  children,
}: {
  hint?: ReactNode
  /** What the button that does it says. */
  go: string
  danger?: boolean
  busy: boolean
  disabled?: boolean
  error: unknown
  close: () => void
  onSubmit: () => void
  children?: ReactNode
}) {
  const { t } = useWords()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onSubmit()
  }
  return (
    <form noValidate onSubmit={submit}>
      <Stack>
        {hint !== undefined && (
          <Text size="sm" c="dimmed" component="div">
            {hint}
          </Text>
        )}
        {children}
        <Problem error={error} />
        <Group justify="end">
          <Button variant="default" onClick={close}>
            {t('cancel')}
          </Button>
          <Button type="submit" loading={busy} disabled={disabled ?? false} {...(danger ? { color: 'red' } : {})}>
            {go}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

/** Why: read by the other party, and by who checks the records. */
export function ReasonField({
  value,
  hint,
  onChange,
}: {
  value: string
  hint?: string
  onChange: (reason: string) => void
}) {
  const { t } = useWords()
  return (
    <Textarea
      label={t('reason')}
      {...(hint === undefined ? {} : { description: hint })}
      autosize
      minRows={2}
      maxLength={500}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}
