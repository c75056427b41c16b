/** The network: who is in it, who is connected, whom one invited, who countersigns, and who broke their word. */
import { Alert, Badge, Button, Group, Modal, Paper, Select, Stack, Table, Tabs, Text, Textarea } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { InviteView, MemberView, NetworkView, NewcomerPolicy, PeerView } from '#libs/messages'
import { useCommand } from '../api/command'
import { forksQuery, invitesQuery, membersQuery, networkQuery, type Ok, peersQuery, statusQuery } from '../api/queries'
import { StateBadge } from '../parts/badges'
import { DataTable } from '../parts/data-table'
import { Facts, Moment } from '../parts/figures'
import { Icon } from '../parts/icons'
import { Copy, Person, shortId } from '../parts/identity'
import { Screen } from '../parts/screen'
import { Answer, Empty, Problem, Section } from '../parts/states'
import { useMayAct } from '../shell/account'
import { useWords } from '../words/words'

export function Network() {
  const { t } = useWords()
  const network = useQuery(networkQuery)
  const mayAct = useMayAct()
  return (
    <Screen
      title={network.data?.name ?? t('nav.network')}
      lead={t('network.lead')}
      action={mayAct ? <Invite /> : undefined}
    >
      <Forks />
      {network.data && <Constitution network={network.data} />}
      <Tabs defaultValue="members" keepMounted={false}>
        <Tabs.List mb="lg">
          <Tabs.Tab value="members">{t('network.members')}</Tabs.Tab>
          <Tabs.Tab value="peers">{t('network.peers')}</Tabs.Tab>
          {mayAct && <Tabs.Tab value="invites">{t('network.invites')}</Tabs.Tab>}
        </Tabs.List>
        <Tabs.Panel value="members">
          <Members />
        </Tabs.Panel>
        <Tabs.Panel value="peers">
          <Peers />
        </Tabs.Panel>
        {mayAct && (
          <Tabs.Panel value="invites">
            <Invites />
          </Tabs.Panel>
        )}
      </Tabs>
    </Screen>
  )
}

/** How the network is made up, and what this node holds of it. */
function Constitution({ network }: { network: NetworkView }) {
  const { t, count, money } = useWords()
  const { data: status } = useQuery(statusQuery)
  const members = useQuery(membersQuery)
  const aliasOf = (identity: string) =>
    members.data?.items.find((member) => member.identity === identity)?.alias ?? null
  const limitsInWords = ({ maxPrincipal, untilRepaidLoans: loans }: NewcomerPolicy) =>
    t('network.newcomersUntil', { amounts: maxPrincipal.map(([of, amount]) => money(amount, of)).join(', '), loans })
  return (
    <Section title={t('network.about')}>
      <Stack>
        <Facts
          items={[
            [
              t('network.steward'),
              <Person key="steward" identity={network.steward} alias={aliasOf(network.steward)} />,
            ],
            [
              t('network.quorum'),
              t('network.quorumOf', { quorum: network.quorum, witnesses: network.witnesses.length }),
            ],
            ...(network.policy?.newcomer
              ? [[t('network.newcomers'), limitsInWords(network.policy.newcomer)] as const]
              : []),
            [t('network.since'), <Moment key="since" atMs={network.createdAtMs} />],
            ...(status === undefined
              ? []
              : ([
                  [
                    t('network.records'),
                    t('network.recordsFinal', { records: count(status.records), final: count(status.finalRecords) }),
                  ],
                  [t('network.staged'), count(status.staged)],
                ] as const)),
            [
              t('network.id'),
              <Group key="id" gap={4}>
                <span className="key">{shortId(network.id)}</span>
                <Copy text={network.id} label={t('copy')} />
              </Group>,
            ],
          ]}
        />
        <div>
          <Text size="sm" c="dimmed" mb={6}>
            {t('network.witnesses')}
          </Text>
          <Group>
            {network.witnesses.map((witness) => (
              <Person key={witness} identity={witness} alias={aliasOf(witness)} />
            ))}
          </Group>
        </div>
        {network.witnesses.length === 1 && (
          <Alert variant="light" color="gray" icon={<Icon name="seal" />}>
            {t('network.oneWitness')}
          </Alert>
        )}
      </Stack>
    </Section>
  )
}

function Forks() {
  const { t } = useWords()
  const { data } = useQuery(forksQuery)
  if (!data || data.items.length === 0) return null
  return (
    <Alert
      color="red"
      variant="light"
      icon={<Icon name="warning" />}
      title={t('forks.title', { count: data.items.length })}
    >
      <Stack gap="xs">
        <Text size="sm">{t('forks.text')}</Text>
        {data.items.map(({ author, seq, seenAtMs }) => (
          <Group key={`${author}-${seq}`} gap="sm">
            <Person identity={author} />
            <Text size="sm">{t('forks.at', { seq })}</Text>
            <Text size="sm">
              <Moment atMs={seenAtMs} />
            </Text>
          </Group>
        ))}
      </Stack>
    </Alert>
  )
}

function Members() {
  const { t } = useWords()
  const query = useQuery(membersQuery)
  return (
    <Paper p={query.data ? 0 : 'lg'} style={{ overflow: 'hidden' }}>
      <Answer of={query}>
        {({ items }) => (
          <DataTable width={620} label={t('network.members')}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('network.member')}</Table.Th>
                <Table.Th>{t('network.role')}</Table.Th>
                <Table.Th>{t('network.admitted')}</Table.Th>
                <Table.Th className="end">{t('network.records')}</Table.Th>
                <Table.Th className="end">{t('network.certified')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {items.map((member) => (
                <MemberRow key={member.identity} member={member} />
              ))}
            </Table.Tbody>
          </DataTable>
        )}
      </Answer>
    </Paper>
  )
}

function MemberRow({ member }: { member: MemberView }) {
  const { t, count } = useWords()
  return (
    <Table.Tr>
      <Table.Td>
        <Group gap={4} wrap="nowrap">
          <Person identity={member.identity} alias={member.alias} heldBy={member.heldBy} />
          <Copy text={member.identity} label={t('network.copyKey')} />
        </Group>
      </Table.Td>
      <Table.Td>
        <Group gap={6}>
          {member.here && <Badge variant="filled">{t('network.here')}</Badge>}
          {member.witness && <Badge variant="default">{t('network.witness')}</Badge>}
          {member.removed && (
            <Badge variant="filled" color="gray">
              {t(member.removed.inEffect ? 'network.removed' : 'network.removalAsked')}
            </Badge>
          )}
          {member.forked && (
            <Badge variant="filled" color="red">
              {t('network.forked')}
            </Badge>
          )}
        </Group>
      </Table.Td>
      <Table.Td>
        <Moment atMs={member.admittedAtMs} />
      </Table.Td>
      <Table.Td className="end">{count(member.records)}</Table.Td>
      <Table.Td className="end">{count(member.certified)}</Table.Td>
    </Table.Tr>
  )
}

function Peers() {
  const { t } = useWords()
  const query = useQuery(peersQuery)
  return (
    <Paper p={query.data?.items.length ? 0 : 'lg'} style={{ overflow: 'hidden' }}>
      <Answer of={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty icon="network" title={t('peers.none')}>
              {t('peers.none.hint')}
            </Empty>
          ) : (
            <PeersTable peers={items} />
          )
        }
      </Answer>
    </Paper>
  )
}

function PeersTable({ peers }: { peers: PeerView[] }) {
  const { t, count } = useWords()
  return (
    <DataTable width={720} label={t('network.peers')}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('peers.peer')}</Table.Th>
          <Table.Th>{t('peers.sync')}</Table.Th>
          <Table.Th className="end">{t('peers.roundTrip')}</Table.Th>
          <Table.Th className="end">{t('peers.recordsIn')}</Table.Th>
          <Table.Th className="end">{t('peers.recordsOut')}</Table.Th>
          <Table.Th>{t('peers.since')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {peers.map((peer) => (
          <Table.Tr key={peer.key}>
            <Table.Td>
              {peer.identity === null ? (
                <Text c="dimmed" className="key">
                  {shortId(peer.key)}
                </Text>
              ) : (
                <Person identity={peer.identity} alias={peer.alias} />
              )}
            </Table.Td>
            <Table.Td>
              <Badge variant="filled" color={peer.inSync ? 'pine' : 'blue'}>
                {t(peer.inSync ? 'peers.inSync' : 'peers.syncing')}
              </Badge>
            </Table.Td>
            <Table.Td className="end nowrap">
              {peer.roundTripMs === null ? '–' : `${count(Math.round(peer.roundTripMs))} ms`}
            </Table.Td>
            <Table.Td className="end">{count(peer.recordsIn)}</Table.Td>
            <Table.Td className="end">{count(peer.recordsOut)}</Table.Td>
            <Table.Td>
              <Moment atMs={peer.connectedAtMs} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </DataTable>
  )
}

const HOURS = [24, 72, 168, 720]

function Invite() {
  const { t } = useWords()
  const [opened, dialog] = useDisclosure()
  const [validHours, setValidHours] = useState(72)
  const create = useCommand<{ validHours: number }, Ok<'invites.create'>>({ path: 'network/invites' })
  const close = () => {
    dialog.close()
    create.reset()
  }
  return (
    <>
      <Button onClick={dialog.open} leftSection={<Icon name="plus" size={18} />}>
        {t('invite.make')}
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        title={t('invite.title')}
        size="lg"
        closeButtonProps={{ 'aria-label': t('close') }}
      >
        {create.data === undefined ? (
          <Stack>
            <Text>{t('invite.text')}</Text>
            <Select
              label={t('invite.valid')}
              allowDeselect={false}
              value={String(validHours)}
              onChange={(value) => setValidHours(Number(value))}
              data={HOURS.map((hours) => ({ value: String(hours), label: t('days', { count: hours / 24 }) }))}
            />
            <Problem error={create.error} />
            <Group justify="end">
              <Button loading={create.isPending} onClick={() => create.mutate({ validHours })}>
                {t('invite.make')}
              </Button>
            </Group>
          </Stack>
        ) : (
          <InviteText invite={create.data.invite} expiresAtMs={create.data.view.expiresAtMs} close={close} />
        )}
      </Modal>
    </>
  )
}

function InviteText({ invite, expiresAtMs, close }: { invite: string; expiresAtMs: number; close: () => void }) {
  const { t, instant } = useWords()
  return (
    <Stack>
      <Text>{t('invite.made', { until: instant(expiresAtMs) })}</Text>
      <Textarea
        label={t('first.invite')}
        value={invite}
        readOnly
        autosize
        maxRows={8}
        classNames={{ input: 'key' }}
        onFocus={(event) => event.currentTarget.select()}
        rightSection={<Copy text={invite} label={t('copy')} />}
        rightSectionProps={{ style: { alignItems: 'start', paddingTop: 6 } }}
      />
      <Group justify="end">
        <Button onClick={close}>{t('done')}</Button>
      </Group>
    </Stack>
  )
}

function Invites() {
  const { t } = useWords()
  const query = useQuery(invitesQuery)
  return (
    <Paper p={query.data?.items.length ? 0 : 'lg'} style={{ overflow: 'hidden' }}>
      <Answer of={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty icon="network" title={t('invites.none')}>
              {t('invites.none.hint')}
            </Empty>
          ) : (
            <DataTable width={560} label={t('network.invites')}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t('invites.made')}</Table.Th>
                  <Table.Th>{t('state')}</Table.Th>
                  <Table.Th>{t('invites.expires')}</Table.Th>
                  <Table.Th>{t('invites.usedBy')}</Table.Th>
                  <Table.Th>{t('invites.revoke')}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {items.map((invite) => (
                  <InviteRow key={invite.id} invite={invite} />
                ))}
              </Table.Tbody>
            </DataTable>
          )
        }
      </Answer>
    </Paper>
  )
}

function InviteRow({ invite }: { invite: InviteView }) {
  const { t } = useWords()
  const revoke = useCommand<object, InviteView>({
    path: `network/invites/${invite.id}/revoke`,
    done: 'invites.revoked',
  })
  return (
    <Table.Tr>
      <Table.Td>
        <Moment atMs={invite.createdAtMs} />
      </Table.Td>
      <Table.Td>
        <StateBadge state={invite.state} />
      </Table.Td>
      <Table.Td>
        <Moment atMs={invite.expiresAtMs} />
      </Table.Td>
      <Table.Td>{invite.usedBy === null ? '–' : <Person identity={invite.usedBy} />}</Table.Td>
      <Table.Td>
        {invite.state === 'open' && (
          <Button size="xs" variant="default" loading={revoke.isPending} onClick={() => revoke.mutate({})}>
            {t('invites.revoke')}
          </Button>
        )}
        <Problem error={revoke.error} />
      </Table.Td>
    </Table.Tr>
  )
}
