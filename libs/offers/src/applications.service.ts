/** Applications: a borrower asks under an offer, its lender answers. Each command loads the fold, decides, and appends. */
import { Injectable } from '@nestjs/common'
import { judgeAttestations } from '#libs/attestations'
import { isRefusal, type Body, type Refusal } from '#libs/fold'
import type { Actor, AnswerOf, ApplicationView, OfferTerms, RequestOf } from '#libs/messages'
import { dateOfInstant } from '#libs/money'
import { aliasesOf } from '#libs/network'
import { fromText } from '#libs/record'
import { pageOf, pageQuery, Records, type StoreView } from '#libs/store'
import { DataSource } from 'typeorm'
import { judgeDecline, judgeWithdrawal, wishesFault, type ApplicationState } from './application.js'
import { findApplication, listApplications, type ApplicationRow } from './application.table.js'
import { available, judgeAsk, type OfferState } from './offer.js'
import type { OneLoan } from './offer-terms.js'
import { NewcomerLimits } from './newcomer-limits.service.js'
import { quote, type Wishes } from './quote.js'

@Injectable()
export class Applications {
  constructor(
    private readonly records: Records,
    private readonly database: DataSource,
    private readonly newcomers: NewcomerLimits,
  ) {}

  async submit(request: RequestOf<'applications.submit'>): Promise<AnswerOf<'applications.submit'>> {
    const { actor, offer, amount, instalments, purpose, firstDueDate, tranches } = request
    const wishes = { ...(firstDueDate ? { firstDueDate } : {}), ...(tranches ? { tranches } : {}) }
    const borrower = actor.identity
    if (borrower === null) return { refused: 'no_identity' }
    const unsound = wishesFault({ amount, ...wishes })
    if (unsound) return unsound
    const first = await this.records.record(offer)
    if (!first) return { refused: 'offer_not_found' }
    const appended = await this.records.append(first.net, borrower, async (view) => {
      const folded = await view.fold<OfferState>('offer', offer)
      if (!folded?.state.terms) return { refused: 'offer_not_found' }
      const { lender, terms, termsRecord } = folded.state
      const asked = { currency: terms.currency, amount, instalments }
      const stop = judgeAsk(folded.state, { borrower, ...asked })
      if (stop) return stop
      const today = dateOfInstant(view.now)
      const borrowed = { currency: terms.currency, principal: amount }
      const kept =
        (await judgeAttestations(view.manager, first.net, borrower, terms.requires, today)) ??
        (await this.newcomers.judge(view.manager, first.net, borrower, borrowed, today))
      if (kept) return kept
      // Not a rule of the fold, since an application pledges nothing: it only spares both sides the time.
      if (amount > available(folded.state))
        return { refused: 'offer_capacity_exceeded', available: available(folded.state) }
      const impossible = judgeWishes(terms, { amount, instalments, ...wishes }, view.now)
      if (impossible) return impossible
      const body = { offer: fromText(offer), lender: fromText(lender), ...asked, purpose, ...wishes }
      return [{ kind: 'application.submitted', subj: null, refs: [offer, termsRecord], body }]
    })
    return isRefusal(appended) ? appended : this.view(appended.records[0]!.id)
  }

  async withdraw(actor: Actor, application: string): Promise<AnswerOf<'applications.withdraw'>> {
    return this.close(actor, application, 'application.withdrawn', {}, judgeWithdrawal)
  }

  async decline(actor: Actor, application: string, reason: string): Promise<AnswerOf<'applications.decline'>> {
    return this.close(actor, application, 'application.declined', { reason }, judgeDecline)
  }

  async show(application: string): Promise<AnswerOf<'applications.show'>> {
    return this.view(application)
  }

  async list(request: RequestOf<'applications.list'>): Promise<AnswerOf<'applications.list'>> {
    const { actor, side, offer, status } = request
    const page = pageQuery(request)
    if (isRefusal(page)) return page
    if (actor.identity === null) return { items: [] }
    const rows = await listApplications(this.database.manager, { [side]: actor.identity, offer, status }, page)
    const { items, ...next } = pageOf(rows, page, ({ submitted_at, id }) => ({ at: submitted_at, id }))
    return { items: await this.views(items), ...next }
  }

  private async close(
    { identity }: Actor,
    application: string,
    kind: string,
    body: Body,
    judge: (application: ApplicationState, author: string) => Refusal | null,
  ): Promise<ApplicationView | Refusal> {
    if (identity === null) return { refused: 'no_identity' }
    const first = await this.records.record(application)
    if (!first) return { refused: 'application_not_found' }
    const appended = await this.records.append(first.net, identity, async (view: StoreView) => {
      const folded = await view.fold<ApplicationState>('application', application)
      if (!folded) return { refused: 'application_not_found' }
      return judge(folded.state, identity) ?? [{ kind, subj: application, refs: [], body }]
    })
    return isRefusal(appended) ? appended : this.view(application)
  }

  private async view(application: string): Promise<ApplicationView | Refusal> {
    const row = await findApplication(this.database.manager, application)
    return row ? (await this.views([row]))[0]! : { refused: 'application_not_found' }
  }

  private async views(rows: readonly ApplicationRow[]): Promise<ApplicationView[]> {
    const aliases = await aliasesOf(this.database.manager, [...new Set(rows.map(({ borrower }) => borrower))])
    return rows.map((row) => ({
      id: row.id,
      offer: row.offer,
      lender: row.lender,
      borrower: row.borrower,
      borrowerAlias: aliases.get(row.borrower) ?? null,
      amount: { amount: Number(row.amount), currency: row.currency },
      instalments: row.instalments,
      purpose: row.purpose,
      firstDueDate: row.first_due_date,
      tranches: row.tranches,
      status: row.status,
      declinedBecause: row.declined_because,
      loan: row.loan,
      submittedAtMs: Number(row.submitted_at),
    }))
  }
}

/** Whether the offer's terms make a loan of what is asked, if it began today or with its first part. */
function judgeWishes(offer: OfferTerms, asked: Omit<OneLoan, 'startDate'> & Wishes, now: number): Refusal | null {
  if (offer.method === 'ownTable') return null
  const { amount, instalments, ...wishes } = asked
  const startDate = wishes.tranches?.[0]?.[0] ?? dateOfInstant(now)
  const quoted = quote(offer, amount, instalments, startDate, wishes)
  return isRefusal(quoted) ? quoted : null
}
