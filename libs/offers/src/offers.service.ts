/** Offers: what a lender commands, and what anyone reads. Each command loads the fold, decides, and appends. */
import { Inject, Injectable } from '@nestjs/common'
import { isRefusal, type Refusal } from '#libs/fold'
import type { Actor, AnswerOf, OfferTerms, OfferView, RequestOf } from '#libs/messages'
import { dateOfEpochDay } from '#libs/money'
import { aliasesOf } from '#libs/network'
import { toText } from '#libs/record'
import { CLOCK, pageOf, pageQuery, Records, type Clock } from '#libs/store'
import { DataSource } from 'typeorm'
import { LendingLimits } from './lending-limits.service.js'
import { offerBody } from './offer-body.js'
import { termsFault } from './offer-terms.js'
import type { NewPledge } from './pledge.js'
import { judgeChange, judgeSize, type OfferState } from './offer.js'
import { findOffer, listOffers, type CountedOffer } from './offer.table.js'
import { previewOf, quote } from './quote.js'

const DAY_MS = 86_400_000

@Injectable()
export class Offers {
  constructor(
    private readonly records: Records,
    private readonly database: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly limits: LendingLimits,
  ) {}

  preview(request: RequestOf<'offers.preview'>): AnswerOf<'offers.preview'> {
    const { terms, amount, instalments, startDate = this.today(), ...dates } = request
    const fault = termsFault(terms)
    if (fault) return fault
    const quoted = quote(terms, amount, instalments, startDate, dates)
    return isRefusal(quoted) ? quoted : previewOf(quoted)
  }

  async quote({ offer, ...asked }: RequestOf<'offers.quote'>): Promise<AnswerOf<'offers.quote'>> {
    const found = await findOffer(this.database.manager, offer)
    if (!found) return { refused: 'offer_not_found' }
    return judgeSize(found.terms, asked.amount, asked.instalments) ?? this.preview({ terms: found.terms, ...asked })
  }

  async publish({ identity }: Actor, terms: OfferTerms): Promise<AnswerOf<'offers.publish'>> {
    if (identity === null) return { refused: 'no_identity' }
    const [net] = await this.records.networks()
    if (!net) return { refused: 'no_network' }
    const unsound = this.judgeTerms(identity, terms)
    if (unsound) return unsound
    const drafts = [{ kind: 'offer.published', subj: null, refs: [], body: offerBody(terms) }]
    const appended = await this.limits.within(identity, promiseOf(terms), () =>
      this.records.append(toText(net), identity, () => drafts),
    )
    return isRefusal(appended) ? appended : this.view(identity, appended.records[0]!.id)
  }

  async amend(actor: Actor, offer: string, terms: OfferTerms): Promise<AnswerOf<'offers.amend'>> {
    const stop = actor.identity === null ? { refused: 'no_identity' } : this.judgeTerms(actor.identity, terms)
    if (stop) return stop
    const { available = 0, terms: known } = (await findOffer(this.database.manager, offer)) ?? {}
    // What is pledged to proposals already is no new promise.
    const amount = known ? terms.capacity - known.capacity + Number(available) : terms.capacity
    const pledge = { ...promiseOf(terms), amount, instead: offer }
    return this.limits.within(actor.identity!, pledge, () => this.change(actor, offer, 'offer.amended', terms))
  }

  async withdraw(actor: Actor, offer: string): Promise<AnswerOf<'offers.withdraw'>> {
    return this.change(actor, offer, 'offer.withdrawn')
  }

  async show({ identity }: Actor, offer: string): Promise<AnswerOf<'offers.show'>> {
    return this.view(identity, offer)
  }

  async list({ identity }: Actor, request: Omit<RequestOf<'offers.list'>, 'actor'>): Promise<AnswerOf<'offers.list'>> {
    const page = pageQuery(request)
    if (isRefusal(page)) return page
    if (request.mine && identity === null) return { items: [] }
    const lender = request.mine ? identity! : undefined
    const rows = await listOffers(this.database.manager, { ...request, lender }, page)
    const { items, ...next } = pageOf(rows, page, ({ published_at, id }) => ({ at: published_at, id }))
    return { items: await this.views(identity, items), ...next }
  }

  private async change(actor: Actor, offer: string, kind: string, terms?: OfferTerms): Promise<OfferView | Refusal> {
    const { identity } = actor
    if (identity === null) return { refused: 'no_identity' }
    const first = await this.records.record(offer)
    if (!first) return { refused: 'offer_not_found' }
    const appended = await this.records.append(first.net, identity, async (view) => {
      const folded = await view.fold<OfferState>('offer', offer)
      if (!folded) return { refused: 'offer_not_found' }
      const stop = judgeChange(folded.state, identity, terms)
      return stop ?? [{ kind, subj: offer, refs: [], body: terms ? offerBody(terms) : {} }]
    })
    return isRefusal(appended) ? appended : this.view(identity, offer)
  }

  /** Terms under which no loan could be made are not published: the smallest and the largest are tried. */
  private judgeTerms(lender: string | null, terms: OfferTerms): Refusal | null {
    const { minAmount, minInstalments, maxAmount, maxInstalments } = terms
    const fault = lender !== null && terms.arbiter === lender ? { refused: 'arbiter_is_party' } : termsFault(terms)
    if (fault || terms.method === 'ownTable') return fault
    const smallest = quote(terms, minAmount, minInstalments, this.today())
    if (isRefusal(smallest)) return smallest
    const largest = quote(terms, maxAmount, maxInstalments, this.today())
    return isRefusal(largest) ? largest : null
  }

  private async view(identity: string | null, offer: string): Promise<OfferView | Refusal> {
    const row = await findOffer(this.database.manager, offer)
    return row ? (await this.views(identity, [row]))[0]! : { refused: 'offer_not_found' }
  }

  private async views(identity: string | null, rows: readonly CountedOffer[]): Promise<OfferView[]> {
    const aliases = await aliasesOf(this.database.manager, [...new Set(rows.map(({ lender }) => lender))])
    const final = await this.records.finalOf(rows.map(({ terms_record }) => terms_record))
    return rows.map((row) => ({
      id: row.id,
      lender: row.lender,
      lenderAlias: aliases.get(row.lender) ?? null,
      terms: row.terms,
      status: row.status,
      available: Number(row.available),
      applications: row.applications,
      publishedAtMs: Number(row.published_at),
      amendedAtMs: row.amended_at === null ? null : Number(row.amended_at),
      mine: row.lender === identity,
      final: final.has(row.terms_record),
    }))
  }

  private today(): string {
    return dateOfEpochDay(Math.floor(this.clock.now() / DAY_MS))
  }
}

/** An offer as a promise of all of its capacity. */
function promiseOf({ currency, capacity: amount }: OfferTerms): NewPledge {
  return { currency, amount, as: 'promised' }
}
