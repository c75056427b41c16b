/** Charts, in a chunk of their own. Bar heights are drawn from numbers; the figures beside them are exact text. */
import '@mantine/charts/styles.css'
import { BarChart, CompositeChart } from '@mantine/charts'
import { VisuallyHidden } from '@mantine/core'
import { decimalText, digitsOf } from '../figures/amount'
import { useWords } from '../words/words'

interface Instalment {
  dueDate: string
  principal: number
  interest: number
  fees: number
  balanceAfter: number
}

/** What a month brings, minor units. */
export interface MonthFlow {
  /** `YYYY-MM` */
  month: string
  principal: number
  interest: number
}

const still = { isAnimationActive: false }

/** Only for the height of a drawn bar. */
function drawn(amount: number, currency: string): number {
  return Number(decimalText(amount, digitsOf(currency)))
}

function useAxis(currency: string) {
  const { locale } = useWords()
  const full = new Intl.NumberFormat(locale, { style: 'currency', currency })
  const short = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 })
  return { full: (value: number) => full.format(value), short: (value: number) => short.format(value) }
}

/** Principal and interest of each instalment as bars, the balance after it as a line. */
export function InstalmentChart({
  rows,
  currency,
  height,
}: {
  rows: readonly Instalment[]
  currency: string
  height: number
}) {
  const { t, date, month } = useWords()
  const axis = useAxis(currency)
  const [principal, interest, balance] = [t('schedule.principal'), t('schedule.interestAndFees'), t('schedule.balance')]
  const monthOf = new Map(rows.map(({ dueDate }) => [date(dueDate), month(dueDate)]))
  const data = rows.map((row) => ({
    due: date(row.dueDate),
    [principal]: drawn(row.principal, currency),
    [interest]: drawn(row.interest + row.fees, currency),
    [balance]: drawn(row.balanceAfter, currency),
  }))
  return (
    <figure style={{ margin: 0 }}>
      <VisuallyHidden component="figcaption">{t('schedule.chartOf', { count: rows.length })}</VisuallyHidden>
      <div aria-hidden="true">
        <CompositeChart
          h={height}
          data={data}
          dataKey="due"
          withLegend
          withRightYAxis
          series={[
            { name: principal, type: 'bar', color: 'pine.6' },
            { name: interest, type: 'bar', color: 'orange.5' },
            { name: balance, type: 'line', color: 'var(--balance)', yAxisId: 'right' },
          ]}
          composedChartProps={{ barCategoryGap: '20%', accessibilityLayer: false }}
          barProps={{ ...still, stackId: 'instalment' }}
          lineProps={still}
          withDots={false}
          maxBarWidth={26}
          curveType="stepAfter"
          valueFormatter={axis.full}
          yAxisProps={{ tickFormatter: axis.short, width: 44 }}
          rightYAxisProps={{ tickFormatter: axis.short, width: 44 }}
          xAxisProps={{ tickFormatter: (due: string) => monthOf.get(due) ?? due, minTickGap: 24 }}
        />
      </div>
    </figure>
  )
}

/** Repayments by month: what is to come. */
export function FlowChart({ months, currency }: { months: readonly MonthFlow[]; currency: string }) {
  const { t, month } = useWords()
  const axis = useAxis(currency)
  const [principal, interest] = [t('schedule.principal'), t('schedule.interestAndFees')]
  const data = months.map((flow) => ({
    month: month(flow.month),
    [principal]: drawn(flow.principal, currency),
    [interest]: drawn(flow.interest, currency),
  }))
  return (
    <figure style={{ margin: 0 }}>
      <VisuallyHidden component="figcaption">{t('overview.flowOf', { currency })}</VisuallyHidden>
      <div aria-hidden="true">
        <BarChart
          h={240}
          data={data}
          dataKey="month"
          type="stacked"
          withLegend
          series={[
            { name: principal, color: 'pine.6' },
            { name: interest, color: 'orange.5' },
          ]}
          barProps={{ ...still, radius: 2 }}
          barChartProps={{ accessibilityLayer: false }}
          maxBarWidth={34}
          valueFormatter={axis.full}
          yAxisProps={{ tickFormatter: axis.short, width: 48 }}
        />
      </div>
    </figure>
  )
}
