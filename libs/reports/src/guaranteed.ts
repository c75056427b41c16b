/** What someone stands in for: give it each loan once, then read its guarantees, in the same order, and their sums by currency. */
import { movedUnder, owedUnder, type MovedUnder } from '#libs/guarantees'
import { dayOf, standing, type LoanState, type SignedGuarantee } from '#libs/loans'
import type { AnswerOf, GuaranteeExposureItem } from '#libs/messages'
import type { PlainDate } from '#libs/money'
import { byText, entryOf, figure } from './figure.js'

type Totals = Exclude<AnswerOf<'reports.guarantees'>, { refused: string }>['totals']
const FIGURES = ['cap', 'called', 'drawn', 'received', 'owed', 'exposure'] as const

export class GuaranteeExposure {
  private readonly found: Omit<GuaranteeExposureItem, 'borrowerAlias'>[] = []

  constructor(
    private readonly owner: string,
    private readonly asOf: PlainDate,
  ) {}

  /** Takes the owner's guarantees of the loan that were signed by the day. */
  add(loan: LoanState): void {
    for (const [guarantee, signed] of Object.entries(loan.guarantees?.signed ?? {})) {
      if (signed.guarantor !== this.owner || dayOf(signed.at) > this.asOf) continue
      const moved = movedUnder(loan, guarantee, this.asOf)
      const status = statusAt(loan, signed, moved, this.asOf)
      const { borrower, terms } = loan.agreement!
      this.found.push({
        ...{ guarantee, loan: loan.id, borrower, currency: terms.currency, status },
        ...{ until: signed.until, cap: signed.cap, called: moved.called },
        ...{ drawn: moved.paid, received: moved.recovered, owed: moved.paid - moved.recovered },
        exposure: exposureOf(loan, signed, moved, this.asOf),
      })
    }
  }

  items(aliases: ReadonlyMap<string, string>): GuaranteeExposureItem[] {
    return this.found.map((item) => ({ ...item, borrowerAlias: aliases.get(item.borrower) ?? null }))
  }

  /** By currency. */
  totals(): Totals {
    const totals = new Map<string, Totals[number]>()
    for (const item of this.found) {
      const { currency } = item
      const none = { currency, guarantees: 0, cap: 0, called: 0, drawn: 0, received: 0, owed: 0, exposure: 0 }
      const total = entryOf(totals, currency, () => none)
      total.guarantees++
      for (const name of FIGURES) total[name] = figure(BigInt(total[name]) + BigInt(item[name]))
    }
    return [...totals.values()].sort((a, b) => byText(a.currency, b.currency))
  }

  borrowers(): string[] {
    return [...new Set(this.found.map(({ borrower }) => borrower))]
  }
}

/** Where a guarantee stands at the end of a day. */
function statusAt(
  loan: LoanState,
  signed: SignedGuarantee,
  { called, paid }: MovedUnder,
  asOf: PlainDate,
): GuaranteeExposureItem['status'] {
  const outcome = loan.outcome && dayOf(loan.outcome.at) <= asOf ? loan.outcome.stage : null
  if (outcome === 'lapsed') return 'ended'
  if (called > paid) return 'called'
  if (outcome === null) return 'signed'
  return isOver(signed, asOf) || standing(loan, asOf).closedOn !== null ? 'ended' : 'inForce'
}

/** As much as the cap leaves, or only what was called already where the guarantee is over; and no more than is owed of what it covers. */
function exposureOf(loan: LoanState, signed: SignedGuarantee, { called, paid }: MovedUnder, asOf: PlainDate): number {
  const left = (isOver(signed, asOf) ? called : signed.cap) - paid
  return Math.max(0, Math.min(left, owedUnder(loan, signed.covers, asOf)))
}

const isOver = ({ until }: SignedGuarantee, asOf: PlainDate): boolean => until !== null && asOf > until
