/** Dates without time are `YYYY-MM-DD` and belong to no time zone; instants are shown in the reader's. */

/** A calendar date in the locale's own words. */
export function formatDate(locale: string, date: string, style: 'medium' | 'long' = 'medium'): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: style, timeZone: 'UTC' }).format(new Date(`${date}T00:00:00Z`))
}

/** Month and year of a date, short. */
export function formatMonth(locale: string, date: string): string {
  const shown = { month: 'short', year: '2-digit', timeZone: 'UTC' } as const
  return new Intl.DateTimeFormat(locale, shown).format(new Date(`${date.slice(0, 7)}-01T00:00:00Z`))
}

/** An instant, ms since the Unix epoch, in the reader's time zone. */
export function formatInstant(locale: string, atMs: number): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(atMs))
}

const STEPS = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const

/** How long ago or until, in one unit. */
export function formatRelative(locale: string, atMs: number, nowMs: number): string {
  const seconds = Math.round((atMs - nowMs) / 1_000)
  const words = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  const step = STEPS.find(([, size]) => Math.abs(seconds) >= size)
  return step ? words.format(Math.round(seconds / step[1]), step[0]) : words.format(0, 'second')
}

/** The day of an instant, ms since the Unix epoch, by universal time: the day that the node reckons by. */
export function dayOf(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 10)
}
