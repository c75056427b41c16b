/** How the page looks and speaks, what one shows of oneself, and the people whose home this node is. */
import {
  Button,
  Group,
  SegmentedControl,
  Select,
  Stack,
  Table,
  Text,
  Textarea,
  TextInput,
  useMantineColorScheme,
} from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ProfileFacts, ProfileView } from '#libs/messages'
import { useCommand } from '../api/command'
import { accountsQuery, type Ok, profileQuery, statusQuery } from '../api/queries'
import { DataTable } from '../parts/data-table'
import { Facts } from '../parts/figures'
import { Copy, Person } from '../parts/identity'
import { Screen } from '../parts/screen'
import { Answer, Problem, Section } from '../parts/states'
import { useAccount, useMayAct } from '../shell/account'
import { LANGUAGES, useLanguage } from '../words/language'
import { useWords } from '../words/words'
import { PaidAt } from './paid-at'

export function Settings() {
  const { t } = useWords()
  const { identity, role } = useAccount()
  const mayAct = useMayAct()
  return (
    <Screen title={t('nav.settings')}>
      <Look />
      <You />
      {identity !== null && mayAct && <Profile identity={identity} />}
      {identity !== null && mayAct && <PaidAt identity={identity} />}
      {role === 'operator' && <People />}
      <ThisNode />
    </Screen>
  )
}

function Look() {
  const { t } = useWords()
  const { language, choose } = useLanguage()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <Section title={t('settings.look')}>
      <Group gap="xl">
        <Stack gap={6}>
          <Text size="sm" fw={500} id="language">
            {t('settings.language')}
          </Text>
          <SegmentedControl
            aria-labelledby="language"
            value={language}
            onChange={(value) => choose(value === 'de' ? 'de' : 'en')}
            data={[...LANGUAGES]}
          />
        </Stack>
        <Stack gap={6}>
          <Text size="sm" fw={500} id="appearance">
            {t('settings.appearance')}
          </Text>
          <SegmentedControl
            aria-labelledby="appearance"
            value={colorScheme}
            onChange={(value) => setColorScheme(value === 'dark' || value === 'light' ? value : 'auto')}
            data={[
              { value: 'auto', label: t('appearance.auto') },
              { value: 'light', label: t('appearance.light') },
              { value: 'dark', label: t('appearance.dark') },
            ]}
          />
        </Stack>
      </Group>
    </Section>
  )
}

function You() {
  const { t } = useWords()
  const { name, role, identity } = useAccount()
  const logout = useCommand<object, { ok: true }>({ path: 'session/logout' })
  return (
    <Section
      title={t('settings.account')}
      action={
        <Button variant="default" loading={logout.isPending} onClick={() => logout.mutate({})}>
          {t('settings.logout')}
        </Button>
      }
    >
      <Facts
        items={[
          [t('login.name'), name],
          [t('settings.role'), t(`role.${role}`)],
          [
            t('settings.identity'),
            identity === null ? (
              t('none')
            ) : (
              <Group key="identity" gap={4}>
                <span className="key">{identity}</span>
                <Copy text={identity} label={t('network.copyKey')} />
              </Group>
            ),
          ],
        ]}
      />
      <Problem error={logout.error} />
    </Section>
  )
}

function Profile({ identity }: { identity: string }) {
  const { t } = useWords()
  const query = useQuery(profileQuery(identity))
  return (
    <Section title={t('profile.title')}>
      <Text size="sm" c="dimmed" mb="md">
        {t('profile.hint')}
      </Text>
      <Answer of={query}>{(profile) => <ProfileForm key={profile.publishedAtMs} facts={profile.facts} />}</Answer>
    </Section>
  )
}

const BANDS: readonly NonNullable<ProfileFacts['incomeBand']>[] = [
  'under-10k',
  '10k-25k',
  '25k-50k',
  '50k-100k',
  'over-100k',
]

function ProfileForm({ facts }: { facts: ProfileFacts }) {
  const { t } = useWords()
  const publish = useCommand<ProfileFacts, ProfileView>({ method: 'PUT', path: 'profile', done: 'profile.published' })
  const { alias = '', country = '', occupation = '', about = '' } = facts
  const form = useForm({
    initialValues: { alias, country, occupation, about, incomeBand: facts.incomeBand ?? null },
    validate: { country: (value) => (value === '' || /^[A-Za-z]{2}$/.test(value) ? null : t('profile.country.wrong')) },
  })
  const submit = form.onSubmit(({ incomeBand, ...texts }) => {
    const given = Object.entries({ ...texts, country: texts.country.toUpperCase() }).filter(
      ([, text]) => text.trim() !== '',
    )
    publish.mutate({
      ...Object.fromEntries(given.map(([key, text]) => [key, text.trim()])),
      ...(incomeBand ? { incomeBand } : {}),
    })
  })
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <Group grow align="start" preventGrowOverflow={false}>
          <TextInput label={t('first.alias')} maxLength={40} {...form.getInputProps('alias')} />
          <TextInput
            label={t('profile.country.code')}
            placeholder="IT"
            maxLength={2}
            {...form.getInputProps('country')}
          />
        </Group>
        <Group grow align="start" preventGrowOverflow={false}>
          <TextInput label={t('profile.occupation')} maxLength={80} {...form.getInputProps('occupation')} />
          <Select
            label={t('profile.income')}
            clearable
            placeholder={t('profile.untold')}
            data={BANDS.map((value) => ({ value, label: t(`income.${value}`) }))}
            clearButtonProps={{ 'aria-label': t('profile.untold') }}
            {...form.getInputProps('incomeBand')}
          />
        </Group>
        <Textarea
          label={t('profile.about.own')}
          autosize
          minRows={2}
          maxLength={500}
          {...form.getInputProps('about')}
        />
        <Problem error={publish.error} />
        <Group justify="end">
          <Button type="submit" loading={publish.isPending}>
            {t('profile.publish')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

/** Accounts on this node; borrowers get in by a one-time code for their app. */
function People() {
  const { t, instant } = useWords()
  const query = useQuery(accountsQuery)
  const [name, setName] = useState('')
  const enrol = useCommand<{ name: string; role: 'borrower' }, Ok<'accounts.enrol'>>({ path: 'accounts/enrol' })
  return (
    <Section title={t('people.title')}>
      <Stack>
        <Text size="sm" c="dimmed">
          {t('people.hint')}
        </Text>
        <Answer of={query} rows={2}>
          {({ items }) => (
            <DataTable width={420} label={t('people.title')}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t('login.name')}</Table.Th>
                  <Table.Th>{t('settings.role')}</Table.Th>
                  <Table.Th>{t('settings.identity')}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {items.map((account) => (
                  <Table.Tr key={account.id}>
                    <Table.Td>{account.name}</Table.Td>
                    <Table.Td>{t(`role.${account.role}`)}</Table.Td>
                    <Table.Td>{account.identity === null ? '–' : <Person identity={account.identity} />}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </DataTable>
          )}
        </Answer>
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            if (name.trim() !== '')
              enrol.mutate({ name: name.trim(), role: 'borrower' }, { onSuccess: () => setName('') })
          }}
        >
          <Group align="end">
            <TextInput
              label={t('people.borrower')}
              value={name}
              maxLength={60}
              onChange={(event) => setName(event.currentTarget.value)}
              style={{ flex: '1 1 220px' }}
            />
            <Button type="submit" variant="default" loading={enrol.isPending}>
              {t('people.enrol')}
            </Button>
          </Group>
        </form>
        <Problem error={enrol.error} />
        {enrol.data !== undefined && (
          <Group gap={4} role="status">
            <Text>{t('people.code', { until: instant(enrol.data.expiresAtMs) })}</Text>
            <Text className="key" fw={600}>
              {enrol.data.code}
            </Text>
            <Copy text={enrol.data.code} label={t('copy')} />
          </Group>
        )}
      </Stack>
    </Section>
  )
}

function ThisNode() {
  const { t, count, instant } = useWords()
  const query = useQuery(statusQuery)
  return (
    <Section title={t('node.title')}>
      <Answer of={query} rows={2}>
        {(status) => (
          <Facts
            items={[
              [t('node.version'), status.version],
              [t('node.started'), instant(status.startedAtMs)],
              [t('network.records'), count(status.records)],
              [t('node.memory'), `${count(Math.round(status.rssBytes / 1_048_576))} MB`],
              [
                t('node.key'),
                <Group key="key" gap={4}>
                  <span className="key">{status.nodeKey}</span>
                  <Copy text={status.nodeKey} label={t('copy')} />
                </Group>,
              ],
            ]}
          />
        )}
      </Answer>
    </Section>
  )
}
