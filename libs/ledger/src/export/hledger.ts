/**
 * hledger's journal format (hledger.org/hledger.html#journal), strict: commodities and accounts declared, entries in the order
 * of their dates. Our account names fit as they are: an account's type is given by a tag, because its owner comes first.
 */
import { currencyDigits } from '#libs/money'
import { accountParts, type AccountClass } from '../account.js'
import { decimal } from './decimal.js'
import type { PlainTextFormat } from './plain-text.js'

const TYPES: { [Class in AccountClass]: string } = {
  asset: 'A',
  liability: 'L',
  equity: 'E',
  income: 'R',
  expense: 'X',
}

export const hledger: PlainTextFormat = {
  begin: (currencies) =>
    `; Journal of Mutuo: each entry names the signed record that caused it.\n\n${currencies
      .map(({ currency }) => `commodity ${sample(currency)} ${currency}\n`)
      .join('')}`,
  open: ({ account }) => `\naccount ${escaped(account)}  ; type: ${TYPES[accountParts(account)!.class]}\n`,
  entry: ({ id, record, kind, valueDate, description, postings }) =>
    `\n${valueDate} ${words(description)}\n    ; entry: ${id}\n    ; record: ${record}\n    ; kind: ${kind}\n${postings
      .map(
        ({ account, currency, debit, credit }) =>
          `    ${escaped(account)}  ${decimal(debit - credit, currency)} ${currency}\n`,
      )
      .join('')}`,
}

/** An amount that shows the decimal mark and the digits; hledger wants the mark also where no digit follows. */
function sample(currency: string): string {
  return `1000.${'0'.repeat(currencyDigits(currency) ?? 0)}`
}

/** Two spaces end an account's name, and a semicolon begins a comment: our names have neither, whatever an owner is called. */
function escaped(account: string): string {
  return account.replace(/[^\w:.-]/g, '_')
}

/** One line without a comment in it. */
function words(description: string): string {
  return description.replace(/[;|\r\n]/g, ' ')
}
