/** What someone would propose to take over: a loan that ran before, from the rows and the balance of its paper. */
import { isRefusal, type Refusal } from '#libs/fold'
import type { Adoption } from '#libs/messages'
import { quoteOf } from '#libs/offers'
import { fromText } from '#libs/record'
import { adoptionFault, balanceOf } from './adopted.js'
import type { AgreementBody } from './agreement.js'
import { besidesOf } from './proposal.js'

/** The agreement that `proposer` would sign at `now`. Instants are ms since the Unix epoch. Refuses as `loans.adopt` does. */
export function adoptionOf(
  said: Adoption,
  proposer: string,
  { now, expiresAt }: { now: number; expiresAt: number },
): AgreementBody | Refusal {
  const { side, counterparty, currency, annualRatePpm, arrears, startDate, table, balance, paper, purpose } = said
  const [lender, borrower] = side === 'lender' ? [proposer, counterparty] : [counterparty, proposer]
  const { principal } = balance
  const of = balanceOf(table, balance.on)
  // The engine would say the same of the principal by a name that does not tell which of the two is wrong.
  if (principal !== of.principal || balance.interest !== of.interest || balance.fees !== of.fees)
    return { refused: 'balance_differs_from_table', principal: of.principal, interest: of.interest, fees: of.fees }
  const { every = { count: 1, unit: 'month' } } = said
  const quoted = quoteOf({
    ...{ currency, principal, startDate, instalments: table.length, every, annualRatePpm },
    ...{ method: 'ownTable', table, ...(arrears ? { arrears } : {}) },
  })
  if (isRefusal(quoted)) return quoted
  const { eventCharges, arbiter, defaultAfterDays } = said
  const besides = Object.entries({ eventCharges, arbiter, defaultAfterDays }).filter(([, value]) => value !== undefined)
  const body: AgreementBody = {
    borrower: fromText(borrower),
    lenders: [[fromText(lender), principal]],
    ...quoted,
    ...besidesOf(Object.fromEntries(besides)),
    coolingOffDays: 0,
    adopted: { ...of, paper },
    purpose,
    expiresAt,
  }
  const broken = adoptionFault(body, proposer, now)
  return broken ? { refused: broken } : body
}
