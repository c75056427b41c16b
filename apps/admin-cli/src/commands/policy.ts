/** `mutuo network policy`: what the network lets newcomers borrow. */
import type { Command } from 'commander'
import type { NetworkPolicyView, NewcomerPolicy, NewcomerView } from '#libs/messages'
import { amountIn, each, wholeNumber } from '../options.js'
import type { Session, SessionOf } from '../session.js'

interface PolicyOptions {
  newcomer?: string[]
  untilRepaidLoans?: number
  /** False: `--no-limits`. */
  limits: boolean
}

export function addPolicyCommand(network: Command, sessionOf: SessionOf): void {
  network
    .command('policy')
    .description('What newcomers may borrow; steward: change it')
    .option('--newcomer <currency=amount>', 'the most that may be open at once; once for each currency', each)
    .option('--until-repaid-loans <count>', 'with --newcomer: for how many loans that holds', wholeNumber(1, 1_000))
    .option('--no-limits', 'newcomers borrow as everyone does')
    .addHelpText(
      'after',
      '\nExamples:\n  $ mutuo network policy\n  $ mutuo network policy --newcomer EUR=500.00 --until-repaid-loans 2\n' +
        '  $ mutuo network policy --no-limits',
    )
    .action(async (options: PolicyOptions, command: Command) => {
      const session = sessionOf(command)
      const newcomer = policyIn(command, options)
      const view = await session.withNode((node) =>
        newcomer === undefined ? node.ask('network.show', {}) : node.ask('network.amendPolicy', { newcomer }),
      )
      session.print(view, () => session.pairs(policyText(session, view.policy)))
    })
}

/** Undefined: nothing is to be changed. Ends with wrong usage when options don't go together. */
function policyIn(command: Command, options: PolicyOptions): NewcomerPolicy | null | undefined {
  const { newcomer, untilRepaidLoans, limits } = options
  if (!limits && newcomer === undefined && untilRepaidLoans === undefined) return null
  if (newcomer === undefined && untilRepaidLoans === undefined) return undefined
  if (newcomer === undefined || untilRepaidLoans === undefined || !limits)
    return command.error('error: --newcomer and --until-repaid-loans go together')
  const maxPrincipal = newcomer.map((text): [string, number] => {
    const [currency = '', amount = ''] = text.split('=')
    return [currency, amountIn(command, amount, currency)]
  })
  return { maxPrincipal: maxPrincipal.sort(([a], [b]) => (a < b ? -1 : 1)), untilRepaidLoans }
}

/** As lines of a view of the network. */
export function policyText(session: Session, policy: NetworkPolicyView | null): [string, string | null][] {
  if (!policy) return []
  const { newcomer, arrearsFromDays } = policy
  return [
    ['newcomers', newcomer ? limitsText(session, newcomer) : 'borrow as everyone does'],
    ['arrears from', `${arrearsFromDays.join(', ')} days`],
  ]
}

function limitsText(session: Session, { maxPrincipal, untilRepaidLoans }: NewcomerPolicy): string {
  const amounts = maxPrincipal.map(([currency, amount]) => session.money(amount, currency))
  return `at most ${amounts.join(', ')} at once, until ${untilRepaidLoans} loans are repaid`
}

/** What the limits leave somebody. */
export function newcomerText(session: Session, { untilRepaidLoans, repaidLoans, limits }: NewcomerView): string {
  const repaid = `${repaidLoans} of ${untilRepaidLoans} loans repaid`
  const left = limits.map(
    (of) => `${session.money(of.left, of.currency)} of ${session.money(of.maxPrincipal, of.currency)}`,
  )
  return limits.length === 0 ? `no limit any more (${repaid})` : `may borrow ${left.join(', ')} (${repaid})`
}
