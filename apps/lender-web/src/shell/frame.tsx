/** Around every screen: where one is, where one can go, whether the line to the node is up. */
import { AppShell, Badge, Box, Burger, Container, Group, NavLink, ScrollArea, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, type LinkProps, Outlet, useRouterState } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useLiveChanges } from '../api/live'
import { applicationsQuery, networkQuery, statusQuery } from '../api/queries'
import { Icon, type IconName, Mark } from '../parts/icons'
import { useWords, type WordKey } from '../words/words'
import { useAccount } from './account'

const PLACES: readonly { to: NonNullable<LinkProps['to']>; icon: IconName; label: WordKey }[] = [
  { to: '/', icon: 'overview', label: 'nav.overview' },
  { to: '/market', icon: 'market', label: 'nav.market' },
  { to: '/offers', icon: 'offers', label: 'nav.offers' },
  { to: '/applications', icon: 'inbox', label: 'nav.applications' },
  { to: '/loans', icon: 'loans', label: 'nav.loans' },
  { to: '/notes', icon: 'seal', label: 'nav.notes' },
  { to: '/ledger', icon: 'ledger', label: 'nav.ledger' },
  { to: '/reports', icon: 'reports', label: 'nav.reports' },
  { to: '/network', icon: 'network', label: 'nav.network' },
  { to: '/settings', icon: 'settings', label: 'nav.settings' },
]

export function Frame() {
  const { t } = useWords()
  const [opened, menu] = useDisclosure()
  const connected = useLiveChanges()
  const path = useRouterState({ select: ({ location }) => location.pathname })
  const main = useRef<HTMLDivElement>(null)
  const first = useRef(true)

  // A new screen: the menu closes, and a screen reader goes on at the screen's beginning.
  useEffect(() => {
    menu.close()
    if (!first.current) main.current?.focus({ preventScroll: true })
    first.current = false
  }, [path])

  return (
    <AppShell
      header={{ height: { base: 56, sm: 0 } }}
      navbar={{ width: 236, breakpoint: 'sm', collapsed: { mobile: !opened } }}
      padding={0}
    >
      <a className="skip" href="#screen">
        {t('nav.skip')}
      </a>
      <AppShell.Header role="presentation" hiddenFrom="sm" px="md" style={{ background: 'var(--card)' }}>
        <Group h="100%" gap="sm" component="nav" aria-label={t('nav.menu')}>
          <Burger opened={opened} onClick={menu.toggle} size="sm" aria-label={t('nav.menu')} aria-expanded={opened} />
          <Mark size={26} />
          <Text fw={700}>Mutuo</Text>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="sm" aria-label={t('nav.label')} style={{ background: 'var(--card)' }}>
        <Group gap="sm" px="xs" pt="xs" pb="md" visibleFrom="sm">
          <Mark />
          <Text fw={700} fz={19} style={{ letterSpacing: '-0.02em' }}>
            Mutuo
          </Text>
        </Group>
        <AppShell.Section grow component={ScrollArea}>
          <Stack gap={2}>
            {PLACES.map(({ to, icon, label }) => (
              <Place key={to} to={to} icon={icon} label={t(label)} active={isAt(path, to)} />
            ))}
          </Stack>
        </AppShell.Section>
        <NodeLine connected={connected} />
      </AppShell.Navbar>
      <AppShell.Main>
        <Container size={1120} px={{ base: 'md', sm: 'xl' }} py={{ base: 'lg', sm: 36 }}>
          <div id="screen" ref={main} tabIndex={-1} style={{ outline: 'none' }}>
            <Outlet />
          </div>
        </Container>
      </AppShell.Main>
    </AppShell>
  )
}

function isAt(path: string, place: string): boolean {
  return place === '/' ? path === '/' : path === place || path.startsWith(`${place}/`)
}

function Place({
  to,
  icon,
  label,
  active,
}: {
  to: NonNullable<LinkProps['to']>
  icon: IconName
  label: string
  active: boolean
}) {
  return (
    <NavLink
      component={Link}
      to={to}
      className="nav-link"
      label={label}
      leftSection={<Icon name={icon} />}
      rightSection={to === '/applications' ? <Waiting /> : undefined}
      active={active}
      aria-current={active ? 'page' : undefined}
    />
  )
}

/** How many applications wait for an answer. */
function Waiting() {
  const { t } = useWords()
  const { data } = useInfiniteQuery(applicationsQuery({ status: 'submitted' }))
  const count = data?.pages.reduce((sum, page) => sum + page.items.length, 0) ?? 0
  if (count === 0) return null
  return (
    <Badge variant="filled" size="sm" circle={count < 10} aria-label={t('nav.waiting', { count })}>
      {count}
    </Badge>
  )
}

/** Who one is here, in which network, and how the node is connected. */
function NodeLine({ connected }: { connected: boolean }) {
  const { t } = useWords()
  const account = useAccount()
  const { data: network } = useQuery(networkQuery)
  const { data: status } = useQuery(statusQuery)
  return (
    <Box px="xs" pt="sm" style={{ borderTop: '1px solid var(--line)' }}>
      <Text size="sm" fw={600} truncate>
        {network?.name}
      </Text>
      <Text size="sm" c="dimmed" truncate>
        {account.name}
      </Text>
      <Group gap={8} mt={6} role="status" wrap="nowrap">
        <Box
          w={8}
          h={8}
          aria-hidden="true"
          style={{
            borderRadius: 8,
            background: !connected ? '#c92a2a' : status && status.peers > 0 ? '#2b8a3e' : '#868e96',
          }}
        />
        <Text size="xs" c="dimmed">
          {connected ? status && t('nav.peers', { count: status.peers }) : t('nav.offline')}
        </Text>
      </Group>
    </Box>
  )
}
