/** What the books amount to, report by report: on screen, as a file, on paper. */
import { Group, SegmentedControl, Stack, Tabs, Text, TextInput } from '@mantine/core'
import { Navigate, useNavigate, useParams } from '@tanstack/react-router'
import { type ComponentType, useState } from 'react'
import { REPORT_PATHS, type ReportFilter } from '../api/queries'
import { Person } from '../parts/identity'
import { DayField, OwnerField, PaperTools, useOwners } from '../parts/paper-tools'
import { Screen } from '../parts/screen'
import { useAccount } from '../shell/account'
import { useToday } from '../shell/clock'
import { useWords } from '../words/words'
import { ArrearsReport } from './reports/arrears'
import { CashFlowReport } from './reports/cash-flow'
import { InterestReport } from './reports/interest'
import { PortfolioReport } from './reports/portfolio'
import { ReturnsReport } from './reports/returns'

interface Report {
  /** What of the settings it takes. */
  takes: 'day' | 'dayAndSide' | 'year'
  show: ComponentType<{ filter: ReportFilter }>
}

const REPORTS = {
  portfolio: { takes: 'dayAndSide', show: PortfolioReport },
  arrears: { takes: 'dayAndSide', show: ArrearsReport },
  'cash-flow': { takes: 'day', show: CashFlowReport },
  returns: { takes: 'day', show: ReturnsReport },
  interest: { takes: 'year', show: InterestReport },
} as const satisfies Partial<Record<keyof typeof REPORT_PATHS, Report>>

type ReportKey = keyof typeof REPORTS
const KEYS = Object.keys(REPORTS) as ReportKey[]

/** The address without a report's name leads to the first. */
export function FirstReport() {
  return <Navigate to="/reports/$report" params={{ report: KEYS[0] ?? 'portfolio' }} replace />
}

export function Reports() {
  const { t, date } = useWords()
  const go = useNavigate()
  const { report } = useParams({ from: '/reports/$report' })
  const key = KEYS.find((known) => known === report) ?? 'portfolio'
  const { takes, show: Shown } = REPORTS[key]
  const today = useToday()
  const { identity } = useAccount()
  const owners = useOwners()
  const [day, setDay] = useState(today)
  const [year, setYear] = useState(today.slice(0, 4))
  const [side, setSide] = useState<'lender' | 'borrower'>('lender')
  const [chosen, setOwner] = useState<string>()
  const owner = chosen ?? identity ?? owners[0]?.value
  const asOf = day === '' ? today : day
  const filter: ReportFilter = {
    ...(owner === undefined ? {} : { owner }),
    ...(takes === 'year' ? { year: Number(/^[1-9]\d{3}$/.test(year) ? year : today.slice(0, 4)) } : { asOf }),
    ...(takes === 'dayAndSide' ? { side } : {}),
  }
  return (
    <Screen title={t('nav.reports')} lead={t('reports.lead')}>
      <Tabs value={key} onChange={(to) => void go({ to: '/reports/$report', params: { report: to ?? key } })}>
        <Tabs.List className="no-print">
          {KEYS.map((each) => (
            <Tabs.Tab key={each} value={each}>
              {t(`reports.${each}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={key} pt="lg">
          <Stack gap="lg">
            <PaperTools downloads={[{ label: t('csv'), path: REPORT_PATHS[key], query: { ...filter, format: 'csv' } }]}>
              <OwnerField value={owner} onChange={setOwner} />
              {takes === 'year' ? (
                <TextInput
                  label={t('reports.year')}
                  inputMode="numeric"
                  maxLength={4}
                  value={year}
                  onChange={(event) => setYear(event.currentTarget.value)}
                  w={110}
                />
              ) : (
                <DayField value={day} onChange={setDay} />
              )}
              {takes === 'dayAndSide' && (
                <SegmentedControl
                  aria-label={t('reports.side')}
                  value={side}
                  onChange={(value) => setSide(value === 'borrower' ? 'borrower' : 'lender')}
                  data={[
                    { value: 'lender', label: t('reports.lent') },
                    { value: 'borrower', label: t('reports.borrowed') },
                  ]}
                />
              )}
            </PaperTools>
            <Group gap={8} className="print-only">
              <Text fw={600}>{t(`reports.${key}`)}</Text>
              {owner !== undefined && (
                <Person identity={owner} alias={owners.find(({ value }) => value === owner)?.label ?? null} />
              )}
              <Text>{takes === 'year' ? filter.year : date(asOf)}</Text>
            </Group>
            <Shown filter={filter} />
          </Stack>
        </Tabs.Panel>
      </Tabs>
    </Screen>
  )
}
