/** The frame of what comes before the screens: a mark, a card, nothing else. */
import { Anchor, Box, Center, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { type ReactNode, useEffect } from 'react'
import { Mark } from '../parts/icons'
import { LANGUAGES, useLanguage } from '../words/language'

export function Doorway({ title, lead, children }: { title: string; lead?: ReactNode; children: ReactNode }) {
  const { language, choose } = useLanguage()
  useEffect(() => {
    document.title = `${title} · Mutuo`
  }, [title])

  return (
    <Center mih="100vh" px="md" py={48} component="main">
      <Box w="100%" maw={480}>
        <Group gap="sm" mb="lg" justify="center">
          <Mark size={36} />
          <Text fw={700} fz={22} style={{ letterSpacing: '-0.02em' }}>
            Mutuo
          </Text>
        </Group>
        <Paper p={{ base: 'lg', sm: 32 }}>
          <Stack gap="lg">
            <Stack gap={6}>
              <Title order={1} fz={24}>
                {title}
              </Title>
              {lead !== undefined && <Text c="dimmed">{lead}</Text>}
            </Stack>
            {children}
          </Stack>
        </Paper>
        <Group justify="center" mt="lg" gap="md">
          {LANGUAGES.filter(({ value }) => value !== language).map(({ value, label }) => (
            <Anchor key={value} component="button" type="button" size="sm" lang={value} onClick={() => choose(value)}>
              {label}
            </Anchor>
          ))}
        </Group>
      </Box>
    </Center>
  )
}
