/** A loan as people read it in a terminal. */
import type { AgreedTermsView, LoanView, SchedulePreview } from '#libs/messages'
import type { AmountOrShare } from '#libs/money'
import { instant, percent } from '../format.js'
import type { Session } from '../session.js'

/** All of a loan: facts, terms, table, and what became of it. */
export function loanText(session: Session, view: LoanView): string {
  return [
    factsText(session, view),
    lendersText(session, view),
    termsText(session, view.terms),
    scheduleText(session, view),
    chargesText(session, view),
    changesText(session, view),
    otherText(session, view),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

function factsText(session: Session, view: LoanView): string {
  const amount = (minor: number): string => session.money(minor, view.principal.currency)
  const { conclusion, cancellation, writtenOff, cancellableUntilMs } = view
  const named = (key: string, alias: string | null): string => (alias === null ? key : `${key} (${alias})`)
  const facts: [string, string | null][] = [
    ['loan', view.id],
    ['status', view.daysPastDue > 0 ? `${view.status}, ${view.daysPastDue} days past due` : view.status],
    ['lender', named(view.lender, view.lenderAlias)],
    ['borrower', named(view.borrower, view.borrowerAlias)],
    ['principal', amount(view.principal.amount)],
    ['APR, APRC', `${percent(view.cost.aprPpm)}, ${percent(view.cost.aprcPpm)}`],
    ['total to pay', amount(view.cost.totalOfPayments)],
    ['purpose', view.purpose],
    [
      'signed',
      view.signatures.filter(({ signedAtMs }) => signedAtMs !== null).length + ` of ${view.signatures.length}`,
    ],
    ['concluded', conclusion && `${instant(conclusion.atMs)}, ${conclusion.final ? 'final' : 'not final yet'}`],
    ['disbursed', amount(view.disbursed)],
    ['paid', amount(view.paid.total)],
    ['outstanding', amount(view.outstanding)],
    ['accrued interest', `${amount(view.accruedInterest)} on ${view.asOf}`],
  ]
  const also: [string, string | null | false][] = [
    ['taken over', view.adopted && takenOver(session, view)],
    ['overpaid', view.overpaid > 0 && amount(view.overpaid)],
    ['settles today', view.settlement !== null && amount(view.settlement)],
    ['may be cancelled until', cancellableUntilMs !== null && instant(cancellableUntilMs)],
    [
      'cancelled',
      cancellation && `${cancellation.on}${cancellation.contested.length > 0 ? ', contested by the lender' : ''}`,
    ],
    ['default', view.default && `declared on ${view.default.declaredOn}: ${view.default.reason}`],
    ['written off', writtenOff && `${amount(writtenOff.amount)} on ${writtenOff.on}: ${writtenOff.reason}`],
    ['in dispute', view.disputed && 'see `mutuo dispute list`'],
    ['guarantors', view.guarantors.length > 0 && guarantorsOf(view).join(', ')],
    ['secured by', view.terms.collateral !== null && 'see `mutuo collateral show`'],
    ['look at', view.warnings !== undefined && view.warnings.join(', ')],
  ]
  return session.pairs([...facts, ...also.filter((pair): pair is [string, string] => Boolean(pair[1]))])
}

/** What a loan that ran before was signed at. */
function takenOver(session: Session, { adopted, principal }: LoanView): string {
  const { on, lateSince, paper, ...balance } = adopted!
  const amount = (minor: number): string => session.money(minor, principal.currency)
  const due = `${amount(balance.interest)} interest and ${amount(balance.fees)} fees due`
  const late = lateSince === null ? '' : `, late since ${lateSince}`
  return `${on} at ${amount(balance.principal)} principal, ${due}${late} (${paper})`
}

function guarantorsOf({ guarantors }: LoanView): string[] {
  return guarantors.map(({ identity, signedAtMs }) => `${identity} (${signedAtMs === null ? 'not signed' : 'signed'})`)
}

/** Who lends how much, when there are several. */
function lendersText(session: Session, { lenders, principal, terms }: LoanView): string {
  if (lenders.length === 1) return ''
  const table = session.table(
    ['NOTE', 'LENDER', 'SHARE', 'RATE'],
    lenders.map(({ identity, alias, share, ratePpm }, note) => [
      note,
      alias ?? identity,
      session.money(share, principal.currency),
      percent(ratePpm),
    ]),
    '',
  )
  const served = terms.servicer === null ? [] : [session.pairs([['servicer', terms.servicer]])]
  return [table, ...served].join('\n')
}

/** The terms that are not as they are when nothing is said. */
function termsText(session: Session, { loan, ...terms }: AgreedTermsView): string {
  const { every, lateFee, arrears, earlySettlementFee, recalculation, grace } = loan
  const amount = (minor: number): string => session.money(minor, loan.currency)
  const share = (of: AmountOrShare): string => (of.amount === undefined ? percent(of.ppm ?? 0) : amount(of.amount))
  const period = every.count === 1 ? every.unit : `${every.count} ${every.unit}s`
  const lines: [string, string | false | undefined][] = [
    ['rate', `${percent(loan.annualRatePpm)} a year, ${loan.method}, ${loan.dayCount ?? 'equal periods'}`],
    ['instalments', `${loan.instalments}, every ${period}`],
    ['starts', `${loan.startDate}${loan.firstDueDate ? `, first due ${loan.firstDueDate}` : ''}`],
    ['paid out in parts', terms.tranches?.map(([date, part]) => `${amount(part)} on ${date}`).join(', ')],
    [
      'grace',
      grace &&
        Object.entries(grace)
          .map(([name, count]) => `${name} ${count}`)
          .join(', '),
    ],
    [
      'charges',
      loan.charges
        ?.map(
          (of) =>
            `${of.name} ${share(of)}${of.when === 'atStart' ? ' at the start' : ' each time'}${of.deducted ? ', kept back' : ''}`,
        )
        .join('; '),
    ],
    ['down payment', Boolean(loan.downPaymentPpm) && percent(loan.downPaymentPpm ?? 0)],
    ['late after', Boolean(arrears?.graceDays) && `${arrears?.graceDays} days`],
    ['late fee', lateFee && `${share(lateFee)}${lateFee.cap === undefined ? '' : `, at most ${amount(lateFee.cap)}`}`],
    ['penalty rate', Boolean(loan.penaltyRatePpm) && `${percent(loan.penaltyRatePpm ?? 0)} a year`],
    ['charges on events', terms.eventCharges.map((of) => `${of.name} ${share(of)}`).join('; ')],
    ['early settlement', earlySettlementFee && share(earlySettlementFee)],
    ['recalculated', recalculation && `by ${recalculation.rest}`],
    ['cooling-off days', terms.coolingOffDays > 0 && String(terms.coolingOffDays)],
    ['default from', `${terms.defaultAfterDays} days past due`],
    ['arbiter', terms.arbiter ?? false],
  ]
  return session.pairs(lines.filter((line): line is [string, string] => Boolean(line[1])))
}

function scheduleText(session: Session, view: LoanView): string {
  const amount = (minor: number): string => session.money(minor, view.principal.currency)
  return session.table(
    ['#', 'DUE', 'PRINCIPAL', 'INTEREST', 'FEES', 'PENALTIES', 'TOTAL', 'PAID', 'STATE', 'PAID ON'],
    view.schedule.map((row) => [
      row.number,
      row.kind === 'instalment' ? row.dueDate : `${row.dueDate} ${row.kind === 'downPayment' ? 'down' : 'after'}`,
      amount(row.principal),
      amount(row.interest),
      amount(row.fees),
      amount(row.penalties),
      amount(row.total),
      amount(row.paid),
      row.state,
      row.paidOn,
    ]),
    'no instalments',
  )
}

function chargesText(session: Session, { charges, principal }: LoanView): string {
  if (charges.length === 0) return ''
  const amount = (minor: number): string => session.money(minor, principal.currency)
  return session.table(
    ['CHARGE', 'NAME', 'DUE', 'AMOUNT', 'PAID', 'CREDITED', 'WAIVED', 'OWED', 'REASON'],
    charges.map((of) => [
      of.id,
      of.name,
      of.due,
      amount(of.amount),
      amount(of.paid),
      amount(of.adjusted),
      amount(of.waived),
      amount(of.outstanding),
      of.reason,
    ]),
    '',
  )
}

function changesText(session: Session, { changes }: LoanView): string {
  if (changes.length === 0) return ''
  return session.table(
    ['RESTRUCTURING', 'WHAT', 'FROM', 'STATUS', 'SIGNED', 'REASON', 'WITHOUT EFFECT'],
    changes.map((of) => [
      of.id,
      of.change.type,
      of.effectiveOn,
      of.status,
      of.signatures.filter(({ signedAtMs }) => signedAtMs !== null).length + ` of ${of.signatures.length}`,
      of.reason,
      of.withoutEffect,
    ]),
    '',
  )
}

/** Credits and payments taken back. */
function otherText(session: Session, { credits, reversals, principal }: LoanView): string {
  const amount = (minor: number): string => session.money(minor, principal.currency)
  const rows = [
    ...credits.map((of) => [of.id, of.credit, of.date, amount(of.amount), of.reason]),
    ...reversals.map((of) => [
      of.id,
      of.acceptedAtMs === null ? 'reversal, not accepted yet' : 'reversal',
      of.countsFrom,
      of.amount === null ? 'all of it' : amount(of.amount),
      of.reason,
    ]),
  ]
  return rows.length === 0 ? '' : session.table(['RECORD', 'WHAT', 'COUNTS FROM', 'AMOUNT', 'REASON'], rows, '')
}

/** A loan as it would be. */
export function previewText(session: Session, { currency, principal, rows, payouts, cost }: SchedulePreview): string {
  const amount = (minor: number): string => session.money(minor, currency)
  const facts = session.pairs([
    ['principal', amount(principal)],
    ['received', amount(cost.amountReceived)],
    ['total to pay', amount(cost.totalOfPayments)],
    ['cost of credit', amount(cost.costOfCredit)],
    ['APR', `${percent(cost.aprPpm)} (${cost.aprMethod})`],
    ['APRC', `${percent(cost.aprcPpm)} (${cost.aprcMethod})`],
  ])
  const paidOut = session.table(
    ['PAID OUT', 'AMOUNT', 'KEPT BACK', 'DOWN PAYMENT', 'ARRIVES'],
    payouts.map((of) => [of.date, amount(of.amount), amount(of.deducted), amount(of.downPayment), amount(of.arrives)]),
    'nothing is paid out',
  )
  const table = session.table(
    ['#', 'DUE', 'PRINCIPAL', 'INTEREST', 'FEES', 'TOTAL', 'BALANCE'],
    rows.map((row) => [
      row.number,
      row.dueDate,
      amount(row.principal),
      amount(row.interest),
      amount(row.fees),
      amount(row.total),
      amount(row.balanceAfter),
    ]),
    'no instalments',
  )
  return [facts, paidOut, table].join('\n\n')
}
