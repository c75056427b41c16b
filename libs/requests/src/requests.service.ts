/** Requests: what a borrower commands, and what anyone reads. Each command loads the fold, decides, and appends. */
import { Inject, Injectable } from '@nestjs/common'
import { isRefusal, type Refusal } from '#libs/fold'
import type { Actor, AnswerOf, RequestOf, RequestTerms, RequestView } from '#libs/messages'
import { dateOfEpochDay } from '#libs/money'
import { aliasesOf } from '#libs/network'
import { NewcomerLimits, pageOf, pageQuery, previewOf, quote } from '#libs/offers'
import { toText } from '#libs/record'
import { CLOCK, Records, type Clock } from '#libs/store'
import { DataSource } from 'typeorm'
import { judgeWithdrawal, type RequestState } from './request.js'
import { requestBody } from './request-body.js'
import { asOffer, requestFault } from './request-terms.js'
import { findRequest, listRequests, type BiddenRequest } from './request.table.js'

const DAY_MS = 86_400_000

@Injectable()
export class Requests {
  constructor(
    private readonly records: Records,
    private readonly database: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly newcomers: NewcomerLimits,
  ) {}

  async publish({ identity }: Actor, terms: RequestTerms): Promise<AnswerOf<'requests.publish'>> {
    if (identity === null) return { refused: 'no_identity' }
    const [net] = await this.records.networks()
    if (!net) return { refused: 'no_network' }
    const unsound = requestFault(terms, identity, this.clock.now()) ?? this.impossible(terms)
    if (unsound) return unsound
    const drafts = [{ kind: 'request.published', subj: null, refs: [], body: requestBody(terms) }]
    const borrowed = { currency: terms.currency, principal: terms.amount }
    const appended = await this.records.append(toText(net), identity, async ({ manager }) => {
      const limited = await this.newcomers.judge(manager, toText(net), identity, borrowed, this.today())
      return limited ?? drafts
    })
    return isRefusal(appended) ? appended : this.view(identity, appended.records[0]!.id)
  }

  async withdraw({ identity }: Actor, request: string): Promise<AnswerOf<'requests.withdraw'>> {
    if (identity === null) return { refused: 'no_identity' }
    const first = await this.records.record(request)
    if (!first) return { refused: 'request_not_found' }
    const appended = await this.records.append(first.net, identity, async (view) => {
      const folded = await view.fold<RequestState>('request', request)
      if (!folded) return { refused: 'request_not_found' }
      const stop = judgeWithdrawal(folded.state, identity)
      return stop ?? [{ kind: 'request.withdrawn', subj: request, refs: [], body: {} }]
    })
    return isRefusal(appended) ? appended : this.view(identity, request)
  }

  async show({ identity }: Actor, request: string): Promise<AnswerOf<'requests.show'>> {
    return this.view(identity, request)
  }

  async list({ actor, mine, ...request }: RequestOf<'requests.list'>): Promise<AnswerOf<'requests.list'>> {
    const page = pageQuery(request)
    if (isRefusal(page)) return page
    if (mine && actor.identity === null) return { items: [] }
    const of = { ...request, borrower: mine ? actor.identity! : undefined }
    const rows = await listRequests(this.database.manager, of, page, this.clock.now())
    const { items, ...next } = pageOf(rows, page, ({ published_at, id }) => ({ at: published_at, id }))
    return { items: await this.views(actor.identity, items), ...next }
  }

  async quote({ request, ...asked }: RequestOf<'requests.quote'>): Promise<AnswerOf<'requests.quote'>> {
    const found = await findRequest(this.database.manager, request, this.clock.now())
    if (!found) return { refused: 'request_not_found' }
    const { terms } = found
    const { amount = terms.amount, ratePpm = terms.highestRatePpm, startDate = this.today() } = asked
    if (amount < 1 || amount > terms.amount)
      return { refused: 'amount_out_of_range', minAmount: 1, maxAmount: terms.amount }
    const quoted = quote(asOffer(terms, ratePpm, amount), amount, terms.instalments, startDate)
    return isRefusal(quoted) ? quoted : previewOf(quoted)
  }

  /** Terms under which no loan could be made are not published: the smallest and the largest are tried, at the highest rate. */
  private impossible(terms: RequestTerms): Refusal | null {
    for (const amount of [terms.leastAmount, terms.amount]) {
      const offer = asOffer(terms, terms.highestRatePpm, amount)
      const quoted = quote(offer, amount, terms.instalments, this.today())
      if (isRefusal(quoted)) return quoted
    }
    return null
  }

  private async view(identity: string | null, request: string): Promise<RequestView | Refusal> {
    const row = await findRequest(this.database.manager, request, this.clock.now())
    return row ? (await this.views(identity, [row]))[0]! : { refused: 'request_not_found' }
  }

  private async views(identity: string | null, rows: readonly BiddenRequest[]): Promise<RequestView[]> {
    const aliases = await aliasesOf(this.database.manager, [...new Set(rows.map(({ borrower }) => borrower))])
    const final = await this.records.finalOf(rows.map(({ id }) => id))
    const now = this.clock.now()
    return rows.map((row) => ({
      id: row.id,
      borrower: row.borrower,
      borrowerAlias: aliases.get(row.borrower) ?? null,
      terms: row.terms,
      status: row.status,
      biddable: (row.status === 'open' || row.status === 'proposed') && now <= Number(row.closes_at),
      bids: row.bids,
      bidAmount: Number(row.bid_amount),
      loan: row.loan,
      publishedAtMs: Number(row.published_at),
      mine: row.borrower === identity,
      final: final.has(row.id),
    }))
  }

  private today(): string {
    return dateOfEpochDay(Math.floor(this.clock.now() / DAY_MS))
  }
}
