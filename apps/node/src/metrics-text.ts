/** Figures in the text format of Prometheus (exposition format 0.0.4). */
import type { Metric } from '#libs/messages'

/** Its media type. */
export const METRICS_TYPE = 'text/plain; version=0.0.4; charset=utf-8'

/** One HELP and one TYPE line for each figure, then its values. */
export function metricsText(metrics: readonly Metric[]): string {
  return metrics.map(linesOf).flat().join('\n') + '\n'
}

function linesOf({ name, type, help, values }: Metric): string[] {
  const heads = [`# HELP ${name} ${escaped(help)}`, `# TYPE ${name} ${type}`]
  return [...heads, ...values.map(({ labels, value }) => `${name}${labelsText(labels)} ${value}`)]
}

function labelsText(labels: Metric['values'][number]['labels']): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value).replaceAll('"', '\\"')}"`)
  return pairs.length > 0 ? `{${pairs.join(',')}}` : ''
}

function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')
}
