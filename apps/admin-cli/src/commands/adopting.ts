/** `mutuo loan adopt`: takes over a loan that ran before, on paper say, with what its paper says that it stands at. */
import type { Command } from 'commander'
import { Option } from 'commander'
import type { Adoption } from '#libs/messages'
import { amountIn, day, given, id, period, rate, wholeNumber } from '../options.js'
import type { SessionOf } from '../session.js'
import { loanText } from './loan-text.js'
import { readTable } from './own-table.js'

interface AdoptOptions extends Pick<Adoption, 'side' | 'currency' | 'every' | 'paper' | 'purpose' | 'arbiter'> {
  counterparty: string
  rate: number
  startDate: string
  balanceOn: string
  principal: string
  interest: string
  fees: string
  graceDays?: number
  defaultAfterDays?: number
  expiresInHours?: number
}

export function addAdoptingCommand(loan: Command, sessionOf: SessionOf): void {
  loan
    .command('adopt')
    .description('Take over a loan that ran before: propose its balance and what is unpaid of it, and sign')
    .argument('<file>', 'every unpaid row, also overdue ones: lines of day,principal,interest,fees')
    .addOption(new Option('--side <side>', 'which one you are').choices(['lender', 'borrower']).makeOptionMandatory())
    .requiredOption('--counterparty <key>', 'the other side, who signs it with `loan sign`', id)
    .requiredOption('--currency <code>', 'as EUR')
    .requiredOption('--rate <percent>', 'a year, as the paper says', rate)
    .requiredOption(
      '--start-date <day>',
      'since when the first row bears interest: the last due date that is paid',
      day,
    )
    .requiredOption('--balance-on <day>', 'the day of the balance; what falls due on it is owed', day)
    .requiredOption('--principal <amount>', 'the balance: all that is to be paid back')
    .option('--interest <amount>', 'the balance: interest that has fallen due', '0')
    .option('--fees <amount>', 'the balance: fees that have fallen due', '0')
    .requiredOption('--paper <text>', 'what the loan is called where it was written down')
    .option('--purpose <text>', 'what it is for', '')
    .option('--every <period>', 'from one row to the next, as 1month or 2week; a month otherwise', period)
    .option('--grace-days <count>', 'days after a due date on which nothing is late yet', wholeNumber(0, 365))
    .option(
      '--default-after-days <count>',
      'days past due from which default may be declared; 90 otherwise',
      wholeNumber(1, 366),
    )
    .option('--arbiter <key>', 'who may rule on payments and disputes', id)
    .option('--expires-in-hours <count>', 'until when it can be signed; 72 otherwise', wholeNumber(1, 720))
    .addHelpText(
      'after',
      '\nExamples:\n  $ mutuo loan adopt rows.csv --side lender --counterparty KEY --currency EUR --rate 9 --start-date 2026-01-15 \\\n' +
        '      --balance-on 2026-03-20 --principal 1000.00 --interest 15.00 --fees 2.50 --paper "loan book, page 14"',
    )
    .action(async (file: string, options: AdoptOptions, command: Command) => {
      const session = sessionOf(command)
      const { rate: annualRatePpm, balanceOn: on, principal, interest, fees, graceDays, ...said } = options
      const amount = (text: string): number => amountIn(command, text, options.currency)
      const request = {
        ...given({ ...said, arrears: graceDays === undefined ? undefined : { graceDays } }),
        ...{ annualRatePpm, table: readTable(command, file, options.currency) },
        balance: { on, principal: amount(principal), interest: amount(interest), fees: amount(fees) },
      }
      const view = await session.withNode((node) => node.ask('loans.adopt', request))
      session.print(view, () => loanText(session, view))
    })
}
