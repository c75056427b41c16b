/** Loans: proposed, signed, declined by people; concluded and lapsed by `ProposerDuty`. Each command loads, decides, appends. */
import { Inject, Injectable } from '@nestjs/common'
import { isRefusal, type Refusal } from '#libs/fold'
import type { Actor, AnswerOf, LoanSummary, LoanView, PageRequest, ProposalWishes, RequestOf } from '#libs/messages'
import { addDays, dateOfEpochDay, type PlainDate } from '#libs/money'
import { aliasesOf } from '#libs/network'
import {
  applicationStatus,
  judgeAnswer,
  judgePledge,
  judgeSize,
  pageOf,
  pageQuery,
  previewOf,
  quote,
  type ApplicationState,
  type OfferState,
  type Quote,
  type Wishes,
} from '#libs/offers'
import { fromText } from '#libs/record'
import { CLOCK, Records, type Clock, type Draft, type StoreView } from '#libs/store'
import { DataSource } from 'typeorm'
import { followsFromTerms, partiesOf, proposalBody, type AgreementBody } from './agreement.js'
import type { LoanState } from './loan.js'
import { judgeDeclining, judgeSigning } from './signing.js'
import { findLoan, listLoans, type LoanFilter } from './loan.table.js'
import { decidingRecord, loanSummary, loanView, type Onlooker } from './loan-view.js'
import { sumSteps } from './loan-step.table.js'
import { standing } from './standing.js'

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000
/** Terms of every agreement: see `AgreedTerms`. */
const RAIL_DAYS = 3
const ANSWER_DAYS = 7
/** Where the offer says nothing. */
const COOLING_OFF_DAYS = 0
const DEFAULT_AFTER_DAYS = 90
/** How far from today an agreement may start, days. */
const START_RANGE = { before: 31, after: 366 }

/** What a proposal would be made of. */
interface Answer {
  application: ApplicationState
  offer: OfferState
  quoted: Quote
}

@Injectable()
export class Loans {
  constructor(
    private readonly records: Records,
    private readonly database: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async preview(request: RequestOf<'loans.preview'>): Promise<AnswerOf<'loans.preview'>> {
    const { actor, application, ...wishes } = request
    if (actor.identity === null) return { refused: 'no_identity' }
    const now = this.clock.now()
    const answer = await answerTo(this.records, now, actor.identity, application, wishes)
    return isRefusal(answer) ? answer : previewOf(answer.quoted)
  }

  /** The proposal and its proposer's signature are one append: nobody sees the one without the other. */
  async propose(request: RequestOf<'loans.propose'>): Promise<AnswerOf<'loans.propose'>> {
    const { actor, application, expiresInHours = 72, ...wishes } = request
    const lender = actor.identity
    if (lender === null) return { refused: 'no_identity' }
    const first = await this.records.record(application)
    if (!first) return { refused: 'application_not_found' }
    const appended = await this.records.append(first.net, lender, async (view) => {
      const answer = await answerTo(view, view.now, lender, application, wishes)
      if (isRefusal(answer)) return answer
      const body = agreementBody(answer, lender, view.now + expiresInHours * HOUR_MS)
      return [
        { kind: 'agreement.proposed', subj: null, refs: [application], body: proposalBody(body) },
        { kind: 'agreement.signed', subj: { draft: 0 }, refs: [], body: {} },
      ]
    })
    return isRefusal(appended) ? appended : this.show(actor, appended.records[0]!.id)
  }

  async sign(actor: Actor, loan: string): Promise<AnswerOf<'loans.sign'>> {
    return this.act(actor, loan, async (state, identity, view) => {
      const stop = judgeSigning(state, identity, view.now) ?? (await judgeProvenance(state, identity, view))
      return stop ?? [{ kind: 'agreement.signed', subj: loan, refs: [], body: {} }]
    })
  }

  async decline(actor: Actor, loan: string, reason: string): Promise<AnswerOf<'loans.decline'>> {
    return this.act(
      actor,
      loan,
      (state, identity) =>
        judgeDeclining(state, identity) ?? [{ kind: 'agreement.declined', subj: loan, refs: [], body: { reason } }],
    )
  }

  async show({ identity }: Actor, id: string, asOf?: PlainDate): Promise<AnswerOf<'loans.show'>> {
    const loan = await findLoan(this.database.manager, id)
    if (!loan) return { refused: 'loan_not_found' }
    return loanView(loan, asOf ?? this.today(), await this.onlooker(identity, [loan]))
  }

  async list({ actor, side = 'all', status, ...request }: RequestOf<'loans.list'>): Promise<AnswerOf<'loans.list'>> {
    const page = pageQuery(request as PageRequest)
    if (isRefusal(page)) return page
    if (side !== 'all' && actor.identity === null) return { items: [] }
    const of: LoanFilter = { status, asOf: this.today(), ...(side === 'all' ? {} : { [side]: actor.identity! }) }
    const found: LoanState[] = []
    // Candidates are read page by page until enough of them have the status on this day.
    for (let after = page.after; found.length <= page.limit;) {
      const candidates = await listLoans(this.database.manager, of, { ...page, after })
      found.push(...candidates.filter((loan) => !status || standing(loan, of.asOf).status === status))
      if (candidates.length <= page.limit) break
      after = keyOf(candidates.at(-1)!)
    }
    const { items, ...next } = pageOf(found.slice(0, page.limit + 1), page, keyOf)
    return { items: await this.summaries(actor.identity, items), ...next }
  }

  async portfolio({ identity }: Actor, side: 'lender' | 'borrower'): Promise<AnswerOf<'loans.portfolio'>> {
    if (identity === null) return { items: [] }
    const sums = await sumSteps(this.database.manager, side, identity, this.today(), [])
    const items = sums.map(({ currency, status, loans, principal, outstanding, overdue }) => ({
      ...{ currency, status, loans },
      principal: Number(principal),
      outstanding: Number(outstanding),
      overdue: Number(overdue),
    }))
    return { items }
  }

  private async act(
    actor: Actor,
    loan: string,
    decide: (state: LoanState, identity: string, view: StoreView) => Promise<Draft[] | Refusal> | Draft[] | Refusal,
  ): Promise<LoanView | Refusal> {
    const { identity } = actor
    if (identity === null) return { refused: 'no_identity' }
    const first = await this.records.record(loan)
    if (!first) return { refused: 'loan_not_found' }
    const appended = await this.records.append(first.net, identity, async (view) => {
      const folded = await view.fold<LoanState>('loan', loan)
      return folded?.state.agreement ? decide(folded.state, identity, view) : { refused: 'loan_not_found' }
    })
    return isRefusal(appended) ? appended : this.show(actor, loan)
  }

  private async summaries(identity: string | null, loans: readonly LoanState[]): Promise<LoanSummary[]> {
    const by = await this.onlooker(identity, loans)
    const asOf = this.today()
    return loans.map((loan) => loanSummary(loan, asOf, by))
  }

  private async onlooker(identity: string | null, loans: readonly LoanState[]): Promise<Onlooker> {
    const people = [...new Set(loans.flatMap(({ agreement }) => partiesOf(agreement!)))]
    const aliases = await aliasesOf(this.database.manager, people)
    const final = await this.records.finalOf(loans.map(decidingRecord))
    return { identity, now: this.clock.now(), aliases, final }
  }

  private today(): PlainDate {
    return dayAt(this.clock.now())
  }
}

/**
 * What `lender` would propose to an application, by the offer's terms as they are now and what both wish for this loan; or why
 * it can't. What the lender says comes before what the borrower wished.
 */
async function answerTo(
  view: Pick<StoreView, 'fold'>,
  now: number,
  lender: string,
  application: string,
  said: ProposalWishes,
): Promise<Answer | Refusal> {
  const asked = await view.fold<ApplicationState>('application', application)
  if (!asked?.state.id) return { refused: 'application_not_found' }
  const { offer: offerId, borrower, currency, amount, instalments } = asked.state
  const closed = judgeAnswer(asked.state, { offer: offerId, proposer: lender, borrower })
  if (closed) return closed
  const offer = await view.fold<OfferState>('offer', offerId)
  if (!offer?.state.terms) return { refused: 'offer_not_found' }
  const { terms } = offer.state
  const { startDate, ...wishes } = wishesOf(asked.state, said, dayAt(now))
  const stop =
    judgePledge(offer.state, { offer: offerId, proposer: lender, currency, amount }) ??
    judgeSize(terms, amount, instalments) ??
    judgeStart(startDate, now)
  if (stop) return stop
  const quoted = quote(terms, amount, instalments, startDate, wishes)
  return isRefusal(quoted) ? quoted : { application: asked.state, offer: offer.state, quoted }
}

/** Dates and parts that a loan gets. A table that the lender wrote has its own dates, and is paid out at once. */
function wishesOf(asked: ApplicationState, said: ProposalWishes, today: PlainDate): Wishes & { startDate: PlainDate } {
  const { table } = said
  const tranches = table ? said.tranches : (said.tranches ?? asked.tranches ?? undefined)
  const firstDueDate = table ? said.firstDueDate : (said.firstDueDate ?? asked.firstDueDate ?? undefined)
  return {
    startDate: said.startDate ?? tranches?.[0]?.[0] ?? today,
    ...(firstDueDate ? { firstDueDate } : {}),
    ...(tranches ? { tranches } : {}),
    ...(table ? { table } : {}),
  }
}

function judgeStart(startDate: PlainDate, now: number): Refusal | null {
  const earliest = addDays(dayAt(now), -START_RANGE.before)
  const latest = addDays(dayAt(now), START_RANGE.after)
  return startDate < earliest || startDate > latest ? { refused: 'start_date_out_of_range', earliest, latest } : null
}

function agreementBody({ application, offer, quoted }: Answer, lender: string, expiresAt: number): AgreementBody {
  const { eventCharges, arbiter } = offer.terms!
  const { coolingOffDays = COOLING_OFF_DAYS, defaultAfterDays = DEFAULT_AFTER_DAYS } = offer.terms!
  return {
    offer: fromText(offer.id),
    application: fromText(application.id),
    borrower: fromText(application.borrower),
    lenders: [[fromText(lender), application.amount]],
    ...quoted,
    ...(eventCharges ? { eventCharges } : {}),
    ...(arbiter ? { arbiter: fromText(arbiter) } : {}),
    ...{ railDays: RAIL_DAYS, answerDays: ANSWER_DAYS, coolingOffDays, defaultAfterDays },
    purpose: application.purpose,
    expiresAt,
  }
}

/** What no fold can rule on, and the one who signs should: that the table follows from the terms, and answers an own application. */
async function judgeProvenance(loan: LoanState, identity: string, view: StoreView): Promise<Refusal | null> {
  const agreement = loan.agreement!
  if (!followsFromTerms(agreement)) return { refused: 'table_does_not_follow_from_terms' }
  if (identity !== agreement.borrower) return null
  const application = await view.fold<ApplicationState>('application', agreement.application)
  const waits = application !== null && applicationStatus(application.state) === 'proposed'
  return waits && application.state.proposals[loan.id] === 'open' ? null : { refused: 'application_closed' }
}

const dayAt = (now: number): PlainDate => dateOfEpochDay(Math.floor(now / DAY_MS))
const keyOf = (loan: LoanState) => ({ at: loan.agreement!.proposedAt, id: loan.id })
