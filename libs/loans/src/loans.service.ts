/** Loans: proposed, signed, declined by people; concluded and lapsed by `ProposerDuty`. Each command loads, decides, appends. */
import { Inject, Injectable } from '@nestjs/common'
import { judgeAttestations } from '#libs/attestations'
import { isRefusal, type Refusal } from '#libs/fold'
import type { Actor, AnswerOf, LoanSummary, LoanView, PageRequest, ProposalWishes, RequestOf } from '#libs/messages'
import { dateOfInstant as dayAt, type PlainDate } from '#libs/money'
import { aliasesOf } from '#libs/network'
import {
  LendingLimits,
  NewcomerLimits,
  pageOf,
  pageQuery,
  previewOf,
  type ApplicationState,
  type OfferState,
} from '#libs/offers'
import { judgeBidWithdrawal, type BidState } from '#libs/requests'
import { CLOCK, Records, type Clock, type StoreView } from '#libs/store'
import { DataSource, type EntityManager } from 'typeorm'
import { partiesOf, proposalBody, type Agreement } from './agreement.js'
import { appendToLoan, type Decide } from './append-to-loan.shell.js'
import type { LoanState } from './loan.js'
import { judgeDeclining, judgeSigning } from './signing.js'
import { pledgeOfSigning } from './loan-pledge.js'
import { findLoan, listLoans, type LoanFilter } from './loan.table.js'
import { decidingRecord, loanSummary, loanView, type Onlooker } from './loan-view.js'
import { sumSteps } from './loan-step.table.js'
import { EXPIRES_IN_HOURS, HOUR_MS, proposalOf } from './proposal.js'
import { judgeProvenance } from './provenance.shell.js'

@Injectable()
export class Loans {
  constructor(
    private readonly records: Records,
    private readonly database: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly limits: LendingLimits,
    private readonly newcomers: NewcomerLimits,
  ) {}

  async preview(request: RequestOf<'loans.preview'>): Promise<AnswerOf<'loans.preview'>> {
    const { actor, application, ...said } = request
    const lender = actor.identity
    if (lender === null) return { refused: 'no_identity' }
    const now = this.clock.now()
    const of = { lender, application, said, now, expiresInHours: EXPIRES_IN_HOURS }
    const made = await this.proposal(this.records, this.database.manager, of)
    return isRefusal(made) ? made : previewOf(made.quoted)
  }

  /** The proposal and its proposer's signature are one append: nobody sees the one without the other. */
  async propose(request: RequestOf<'loans.propose'>): Promise<AnswerOf<'loans.propose'>> {
    const { actor, application, expiresInHours = EXPIRES_IN_HOURS, ...said } = request
    const lender = actor.identity
    if (lender === null) return { refused: 'no_identity' }
    const first = await this.records.record(application)
    if (!first) return { refused: 'application_not_found' }
    const asked = await this.records.fold<ApplicationState>('application', application)
    if (!asked?.state.id) return { refused: 'application_not_found' }
    const { currency, amount, offer } = asked.state
    const appended = await this.limits.within(lender, { currency, amount, as: 'signed', instead: offer }, () =>
      this.records.append(first.net, lender, async (view) => {
        const made = await this.proposal(view, view.manager, {
          lender,
          application,
          said,
          now: view.now,
          expiresInHours,
        })
        if (isRefusal(made)) return made
        return [
          { kind: 'agreement.proposed', subj: null, refs: [application], body: proposalBody(made.body) },
          { kind: 'agreement.signed', subj: { draft: 0 }, refs: [], body: {} },
        ]
      }),
    )
    return isRefusal(appended) ? appended : this.show(actor, appended.records[0]!.id)
  }

  async sign(actor: Actor, loan: string): Promise<AnswerOf<'loans.sign'>> {
    const sign = () =>
      this.act(actor, loan, async (state, identity, view) => {
        const stop =
          judgeSigning(state, identity, view.now) ??
          (await judgeProvenance(state, identity, view)) ??
          (await this.judgeBorrowed(state, view))
        return stop ?? [{ kind: 'agreement.signed', subj: loan, refs: [], body: {} }]
      })
    const { agreement = null } = (await findLoan(this.database.manager, loan)) ?? {}
    const pledge = agreement && actor.identity !== null ? pledgeOfSigning(agreement, actor.identity) : null
    if (pledge) return this.limits.within(actor.identity!, pledge, sign)
    return agreement && agreement.borrower === actor.identity ? this.newcomers.inTurn(actor.identity, sign) : sign()
  }

  /** A lender that declines takes the bid back as well: it would only be taken again. */
  async decline(actor: Actor, loan: string, reason: string): Promise<AnswerOf<'loans.decline'>> {
    return this.act(actor, loan, async (state, identity, view) => {
      const stop = judgeDeclining(state, identity)
      if (stop) return stop
      const bid = await bidOf(state.agreement!, identity, view)
      const withdrawn = bid === null ? [] : [{ kind: 'bid.withdrawn', subj: bid, refs: [], body: {} }]
      return [{ kind: 'agreement.declined', subj: loan, refs: [], body: { reason } }, ...withdrawn]
    })
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
    const found = await listLoans(this.database.manager, of, page)
    const { items, ...next } = pageOf(found, page, keyOf)
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

  /** What the lender would propose to an application, by what the folds hold now; or why it can't. */
  private async proposal(
    view: Pick<StoreView, 'fold' | 'record'>,
    manager: EntityManager,
    of: { lender: string; application: string; said: ProposalWishes; now: number; expiresInHours: number },
  ) {
    const { lender, said, now, expiresInHours } = of
    const application = await view.fold<ApplicationState>('application', of.application)
    if (!application?.state.id) return { refused: 'application_not_found' }
    const offer = await view.fold<OfferState>('offer', application.state.offer)
    if (!offer?.state.terms) return { refused: 'offer_not_found' }
    const { net } = (await view.record(of.application))!
    const { requires } = offer.state.terms
    const { borrower, currency, amount: principal } = application.state
    const kept =
      (await judgeAttestations(manager, net, borrower, requires, dayAt(now))) ??
      (await this.newcomers.judge(manager, net, borrower, { currency, principal }, dayAt(now)))
    if (kept) return kept
    const expiresAt = now + expiresInHours * HOUR_MS
    return proposalOf({ lender, application: application.state, offer: offer.state, said, now, expiresAt })
  }

  /** Both sides' nodes look; what was lent before the network is owed whether it is written down here or not. */
  private async judgeBorrowed(
    { id, agreement }: LoanState,
    { manager, now, record }: StoreView,
  ): Promise<Refusal | null> {
    const { borrower, terms, adopted } = agreement!
    if (adopted) return null
    const { net } = (await record(id))!
    const borrowed = { currency: terms.currency, principal: terms.principal, loan: id }
    return this.newcomers.judge(manager, net, borrower, borrowed, dayAt(now))
  }

  private async act(actor: Actor, loan: string, decide: Decide): Promise<LoanView | Refusal> {
    const appended = await appendToLoan(this.records, actor, loan, decide)
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

/** The lender's bid that an agreement took, if it can be withdrawn. */
async function bidOf(agreement: Agreement, lender: string, view: StoreView): Promise<string | null> {
  const place = agreement.lenders.findIndex(([identity]) => identity === lender)
  const bid = agreement.bids?.[place]
  const folded = bid === undefined ? null : await view.fold<BidState>('bid', bid)
  return folded && judgeBidWithdrawal(folded.state, lender) === null ? bid! : null
}

const keyOf = (loan: LoanState) => ({ at: loan.agreement!.proposedAt, id: loan.id })
