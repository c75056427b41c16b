/** Reports as tables, and tables as comma-separated values. Pure, and small enough for a command line. */
import type { AnswerOf } from '#libs/messages'
import { REPORT_TABLES, type ReportTable } from './columns.js'
import { csvText } from './text.js'

export type { ReportTable } from './columns.js'

/** Messages whose answer can be had as a table. */
export type TableName = keyof typeof REPORT_TABLES

type Answer<Name extends TableName> = Exclude<AnswerOf<Name>, { refused: string }>

/** A report's answer as one table. */
export function tableOf<Name extends TableName>(name: Name, answer: Answer<Name>): ReportTable {
  return (REPORT_TABLES[name] as (answer: Answer<Name>) => ReportTable)(answer)
}

/** A report's answer as comma-separated values (RFC 4180), amounts decimal. */
export function csvOf<Name extends TableName>(name: Name, answer: Answer<Name>): string {
  const { heads, rows } = tableOf(name, answer)
  return csvText(heads, rows)
}
