/** The books: what every account holds at the end of a day, and the journal behind it. */
import { Stack, Tabs } from '@mantine/core'
import { useState } from 'react'
import type { ReportFilter } from '../api/queries'
import { Journal } from '../parts/journal'
import { DayField, OwnerField, PaperTools } from '../parts/paper-tools'
import { Screen } from '../parts/screen'
import { TrialBalance } from '../parts/trial-balance'
import { useAccount } from '../shell/account'
import { useToday } from '../shell/clock'
import { useWords } from '../words/words'

const TOOLS = ['hledger', 'beancount'] as const

export function Ledger() {
  const { t } = useWords()
  const today = useToday()
  const { identity } = useAccount()
  const [asOf, setAsOf] = useState(today)
  const [owner, setOwner] = useState(identity ?? undefined)
  const whose: ReportFilter = owner === undefined ? {} : { owner }
  const balance = { ...whose, asOf: asOf === '' ? today : asOf }
  const exported = TOOLS.map((format) => ({ label: format, path: 'ledger/export', query: { ...whose, format } }))
  return (
    <Screen title={t('nav.ledger')} lead={t('ledger.lead')}>
      <Tabs defaultValue="balance" keepMounted={false}>
        <Tabs.List mb="lg" className="no-print">
          <Tabs.Tab value="balance">{t('ledger.balance')}</Tabs.Tab>
          <Tabs.Tab value="journal">{t('ledger.journal')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="balance">
          <Stack gap="lg">
            <PaperTools
              downloads={[
                { label: t('csv'), path: 'reports/trial-balance', query: { ...balance, format: 'csv' } },
                ...exported,
              ]}
            >
              <OwnerField value={owner} onChange={setOwner} />
              <DayField value={asOf} onChange={setAsOf} />
            </PaperTools>
            <TrialBalance filter={balance} />
          </Stack>
        </Tabs.Panel>
        <Tabs.Panel value="journal">
          <Stack gap="lg">
            <PaperTools downloads={exported}>
              <OwnerField value={owner} onChange={setOwner} />
            </PaperTools>
            <Journal {...whose} />
          </Stack>
        </Tabs.Panel>
      </Tabs>
    </Screen>
  )
}
