/** Charts, in a chunk of their own. Bar heights are drawn from numbers; the figures beside them are exact text. */
import '@mantine/charts/styles.css'
import { BarChart, CompositeChart } from '@mantine/charts'
import { VisuallyHidden } from '@mantine/core'
import type { CashFlowItem } from '#libs/messages'
import { addMonths } from '#libs/money'
import { decimalText, digitsOf } from '../figures/amount'
import { useWords } from '../words/words'

interface Instalment {
  dueDate: string
  principal: number
  interest: number
  fees: number
  balanceAfter: number
}

const still = { isAnimationActive: false }

/** Only for the height of a drawn bar. */
function drawn(amount: number, currency: string): number {
  return Number(decimalText(amount, digitsOf(currency)))
}

function useAxis(currency: string) {
  const { locale } = useWords()
  const full = new Intl.NumberFormat(locale, { style: 'currency', currency })
  const short = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 3 })
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
          yAxisProps={{ tickFormatter: axis.short, width: 52 }}
          rightYAxisProps={{ tickFormatter: axis.short, width: 52 }}
          xAxisProps={{ tickFormatter: (due: string) => monthOf.get(due) ?? due, minTickGap: 24 }}
        />
      </div>
    </figure>
  )
}

/** Every month from the first of these to the last, `YYYY-MM`. */
function monthsBetween(some: readonly string[]): string[] {
  const ordered = [...some].sort()
  const months: string[] = []
  const last = ordered.at(-1)
  for (let month = ordered[0]; month !== undefined && last !== undefined && month <= last; month = monthAfter(month))
    months.push(month)
  return months
}

const monthAfter = (month: string): string => addMonths(`${month}-01`, 1).slice(0, 7)

/** Money by month: what went out and came in, and what is to come, as agreed and as late as it has been so far. */
export function CashFlowChart({ items, currency }: { items: readonly CashFlowItem[]; currency: string }) {
  const { t, month } = useWords()
  const axis = useAxis(currency)
  const series = [
    { name: t('flow.out'), color: 'gray.6' },
    { name: t('flow.in'), color: 'pine.6' },
    { name: t('flow.scheduled'), color: 'blue.5' },
    { name: t('flow.expected'), color: 'orange.5' },
  ] as const
  const [out, came, scheduled, expected] = series
  const months = monthsBetween(items.map((item) => item.month))
  const data = months.map((name) => {
    const of = (kind: CashFlowItem['kind'], amount: (item: CashFlowItem) => number) =>
      drawn(
        items.filter((item) => item.month === name && item.kind === kind).reduce((sum, item) => sum + amount(item), 0),
        currency,
      )
    const returned = (item: CashFlowItem) => item.net - item.disbursed
    return {
      month: month(name),
      [out.name]: of('past', ({ disbursed }) => disbursed),
      [came.name]: of('past', returned),
      [scheduled.name]: of('scheduled', ({ net }) => net),
      [expected.name]: of('expected', ({ net }) => net),
    }
  })
  return (
    <figure style={{ margin: 0 }}>
      <VisuallyHidden component="figcaption">{t('reports.flowChart', { currency })}</VisuallyHidden>
      <div aria-hidden="true">
        <BarChart
          h={280}
          data={data}
          dataKey="month"
          withLegend
          series={[...series]}
          barProps={{ ...still, radius: 2 }}
          barChartProps={{ accessibilityLayer: false }}
          maxBarWidth={24}
          valueFormatter={axis.full}
          yAxisProps={{ tickFormatter: axis.short, width: 56 }}
          xAxisProps={{ minTickGap: 12 }}
        />
      </div>
    </figure>
  )
}
