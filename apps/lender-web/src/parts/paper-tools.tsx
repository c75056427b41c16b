/** What one does with a page of figures: take it along as a file, or print it. */
import { Button, Group, Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { addressOf } from '../api/http'
import { membersQuery } from '../api/queries'
import { useAccount } from '../shell/account'
import { useWords } from '../words/words'
import { shortId } from './identity'
import { DateField } from './inputs'

/** A file to be downloaded from the node's face. */
export interface Download {
  label: string
  path: string
  query?: Readonly<Record<string, string | number | undefined>>
}

/** The settings of a page of figures at the left, its ways out at the right. None of it is printed. */
export function PaperTools({ children, downloads }: { children?: ReactNode; downloads: readonly Download[] }) {
  const { t } = useWords()
  return (
    <Group justify="space-between" align="end" gap="md" className="no-print">
      <Group align="end" gap="md">
        {children}
      </Group>
      <Group gap="xs">
        {downloads.map(({ label, path, query }) => (
          <Button key={label} component="a" href={addressOf(path, query)} download variant="default">
            {label}
          </Button>
        ))}
        <Button variant="default" onClick={() => window.print()}>
          {t('print')}
        </Button>
      </Group>
    </Group>
  )
}

/** At the end of which day. */
export function DayField({ value, onChange }: { value: string; onChange: (day: string) => void }) {
  const { t } = useWords()
  return <DateField label={t('ledger.asOf')} value={value} onChange={onChange} w={170} />
}

/** Those whose books this account may read: for most the own identity alone. */
export function useOwners(): { value: string; label: string }[] {
  const { role, identity } = useAccount()
  const { data: members } = useQuery(membersQuery)
  const all = role === 'operator' || role === 'auditor'
  const open = members?.items.filter((member) => (all && member.here) || member.identity === identity) ?? []
  return open.map(({ identity: value, alias }) => ({ value, label: alias ?? shortId(value) }))
}

/** Whose books; nothing to choose where there is one owner. */
export function OwnerField({ value, onChange }: { value: string | undefined; onChange: (owner: string) => void }) {
  const { t } = useWords()
  const owners = useOwners()
  if (owners.length < 2) return null
  return (
    <Select
      label={t('reports.owner')}
      allowDeselect={false}
      value={value ?? null}
      onChange={(owner) => owner !== null && onChange(owner)}
      data={owners}
      w={190}
    />
  )
}
