/**
 * Beancount's format (version 2 and 3). Its accounts begin with one of five words, and each further part with a capital or a
 * digit, so `owner:class:detail:loan` is written `Class:Kowner:Detail:Lloan` (of a note with `:Nname` behind), and ids stay as they are behind their letter.
 */
import { currencyDigits } from '#libs/money'
import { accountParts, type AccountClass } from '../account.js'
import { decimal } from './decimal.js'
import type { PlainTextFormat } from './plain-text.js'

const ROOTS: { [Class in AccountClass]: string } = {
  asset: 'Assets',
  liability: 'Liabilities',
  equity: 'Equity',
  income: 'Income',
  expense: 'Expenses',
}

export const beancount: PlainTextFormat = {
  begin: (currencies) =>
    `;; Journal of Mutuo: each entry names the signed record that caused it.\n\n${currencies
      .map(({ currency, since }) => `${since} commodity ${currency}\n  precision: ${currencyDigits(currency) ?? 0}\n`)
      .join('')}`,
  open: ({ account, currency, since }) => `\n${since} open ${escaped(account)} ${currency}\n`,
  entry: ({ id, record, kind, valueDate, description, postings }) =>
    `\n${valueDate} * ${quoted(description)}\n  entry: ${quoted(id)}\n  record: ${quoted(record)}\n  kind: ${quoted(kind)}\n${postings
      .map(
        ({ account, currency, debit, credit }) =>
          `  ${escaped(account)}  ${decimal(debit - credit, currency)} ${currency}\n`,
      )
      .join('')}`,
}

function escaped(account: string): string {
  const { owner, class: accountClass, detail, loan, note } = accountParts(account)!
  const parts = [
    `K${owner}`,
    detail.charAt(0).toUpperCase() + detail.slice(1),
    `L${loan}`,
    ...(note === null ? [] : [`N${note}`]),
  ]
  return [ROOTS[accountClass], ...parts.map((part) => part.replace(/[^A-Za-z0-9-]/g, '-'))].join(':')
}

function quoted(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&').replace(/[\r\n]/g, ' ')}"`
}
