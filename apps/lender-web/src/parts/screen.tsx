/** The frame of a screen: its name, what it is for, and what one can do there. */
import { Anchor, Box, Group, Stack, Text, Title } from '@mantine/core'
import { Link, type LinkProps } from '@tanstack/react-router'
import { type ReactNode, useEffect } from 'react'
import { Icon } from './icons'

export function Screen({
  title,
  lead,
  action,
  back,
  children,
}: {
  title: string
  lead?: ReactNode
  action?: ReactNode
  back?: { to: NonNullable<LinkProps['to']>; label: string }
  children: ReactNode
}) {
  useEffect(() => {
    document.title = `${title} · Mutuo`
  }, [title])

  return (
    <Stack gap="lg">
      <Box component="header">
        {back && (
          <Anchor component={Link} to={back.to} size="sm" mb="xs" display="inline-flex" style={{ gap: 6 }}>
            <Icon name="back" size={18} />
            {back.label}
          </Anchor>
        )}
        <Group justify="space-between" align="start" gap="md">
          <Stack gap={6} style={{ flex: '1 1 320px' }}>
            <Title order={1}>{title}</Title>
            {lead !== undefined && (
              <Text c="dimmed" maw={640} component="div">
                {lead}
              </Text>
            )}
          </Stack>
          {action}
        </Group>
      </Box>
      {children}
    </Stack>
  )
}
