/** Notes: who owns which, what is for sale, and how they change hands. Each command loads the fold, decides, and appends. */
import { Inject, Injectable } from '@nestjs/common'
import { isRefusal, type Body, type Refusal } from '#libs/fold'
import {
  appendToLoan,
  dayOf,
  findLoan,
  findNote,
  lastWordsOf,
  leavesOf,
  listLoans,
  notesOf,
  ownerOf,
  touchesOf,
  type Decide,
  type LoanState,
} from '#libs/loans'
import type { Actor, AnswerOf, NoteListingView, NoteView, RequestOf } from '#libs/messages'
import type { PlainDate } from '#libs/money'
import { aliasesOf } from '#libs/network'
import { pageOf, pageQuery } from '#libs/offers'
import { judgeConfirmed, Payments } from '#libs/payments'
import { fromText } from '#libs/record'
import { CLOCK, Records, type Clock, type Draft } from '#libs/store'
import { DataSource } from 'typeorm'
import { listListings } from './listing.table.js'
import { listingView, namedIn, noteQuote, noteView, paidFor, titleRecord, type Onlooker } from './note-view.js'
import {
  judgeDelisting,
  judgeListing,
  judgeOrder,
  judgeOrderLapse,
  judgeSale,
  offeredOf,
  openOfNote,
} from './trading.js'

@Injectable()
export class Notes {
  constructor(
    private readonly records: Records,
    private readonly database: DataSource,
    private readonly payments: Payments,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async list({
    actor,
    loan,
    asOf = this.today(),
    ...request
  }: RequestOf<'notes.list'>): Promise<AnswerOf<'notes.list'>> {
    const page = pageQuery(request)
    if (isRefusal(page)) return page
    if (loan === undefined && actor.identity === null) return { refused: 'no_identity' }
    if (loan !== undefined) {
      const found = await findLoan(this.database.manager, loan)
      return found ? { items: await this.notesOf(found, asOf, actor) } : { items: [] }
    }
    const of = { lender: actor.identity!, asOf: this.today() }
    const held = await listLoans(this.database.manager, of, page)
    const keyOf = (state: LoanState) => ({ at: state.agreement!.proposedAt, id: state.id })
    const { items, ...next } = pageOf(held, page, keyOf)
    const notes = await Promise.all(items.map((state) => this.notesOf(state, asOf, actor)))
    return { items: notes.flat().filter(({ owner }) => owner === actor.identity), ...next }
  }

  async show({ actor, loan, note, asOf = this.today() }: RequestOf<'notes.show'>): Promise<AnswerOf<'notes.show'>> {
    const state = await findLoan(this.database.manager, loan)
    if (!state?.agreement) return { refused: 'loan_not_found' }
    return noteView(state, note, asOf, await this.onlooker(actor, state)) ?? { refused: 'note_unknown' }
  }

  async market(asked: RequestOf<'notes.market'>): Promise<AnswerOf<'notes.market'>> {
    const { actor, loan, mine, ordered, ...request } = asked
    const page = pageQuery(request)
    if (isRefusal(page)) return page
    const own = actor.identity ?? ''
    const of = { loan, ...(mine ? { seller: own } : {}), ...(ordered ? { buyer: own } : {}) }
    const rows = await listListings(this.database.manager, of, page)
    const { items, ...next } = pageOf(rows, page, ({ at, id }) => ({ at: Number(at), id }))
    const views = await Promise.all(items.map(({ loan: on, id }) => this.listing(actor, on, id)))
    return { items: views.flatMap((view) => (isRefusal(view) ? [] : view)), ...next }
  }

  async quote({ actor, loan, ...request }: RequestOf<'notes.quote'>): Promise<AnswerOf<'notes.quote'>> {
    if (actor.identity === null) return { refused: 'no_identity' }
    const state = await findLoan(this.database.manager, loan)
    if (!state?.agreement) return { refused: 'loan_not_found' }
    const asked = { ...request, touches: touchesOf(state, request.note) }
    return judgeListing(state, actor.identity, asked, this.clock.now()) ?? noteQuote(state, request, this.today())
  }

  async sell(request: RequestOf<'notes.sell'>): Promise<AnswerOf<'notes.sell'>> {
    const { actor, loan, note, cleanPrice, part, reason = '' } = request
    const appended = await appendToLoan(this.records, actor, loan, (state, identity, { now }) => {
      const asked = { note, cleanPrice, touches: touchesOf(state, note), ...(part === undefined ? {} : { part }) }
      return judgeListing(state, identity, asked, now) ?? [draft(state, identity, 'note.listed', { ...asked, reason })]
    })
    return isRefusal(appended) ? appended : this.listing(actor, loan, appended[0]!)
  }

  async delist({ actor, listing }: RequestOf<'notes.delist'>): Promise<AnswerOf<'notes.delist'>> {
    return this.trade(actor, listing, listing, (state, identity) => {
      const body = { listing: fromText(listing) }
      return judgeDelisting(state, identity, listing) ?? [draft(state, identity, 'note.delisted', body)]
    })
  }

  /** Titles are bought when they are final: before, the seller could still show another log. */
  async order(request: RequestOf<'notes.order'>): Promise<AnswerOf<'notes.order'>> {
    const { actor, listing, acceptNotFinal = false } = request
    const loan = await this.loanOf(listing)
    if (!loan?.listings[listing]) return { refused: 'listing_unknown' }
    const title = titleRecord(loan, findNote(loan, loan.listings[listing].note)!)
    if (!acceptNotFinal && !(await this.records.isFinal(title))) return { refused: 'title_not_final' }
    return this.trade(actor, listing, listing, (state, identity, { now }) => {
      const settleOn = request.settleOn ?? dayOf(now)
      const of = state.listings[listing]!
      const { accrued = 0 } = offeredOf(state, of, settleOn) ?? {}
      const asked = { price: of.cleanPrice + accrued, accrued, settleOn, touches: touchesOf(state, of.note) }
      const body = { ...asked, listing: fromText(listing) }
      return (
        judgeOrder(state, identity, { ...asked, listing }, now) ?? [
          draft(state, identity, 'note.ordered', body, listing),
        ]
      )
    })
  }

  async pay({ actor, order, rail }: RequestOf<'notes.pay'>): Promise<AnswerOf<'notes.pay'>> {
    const loan = await this.loanOf(order)
    if (!loan?.orders[order]) return { refused: 'order_unknown' }
    const amount = loan.orders[order].price - paidFor(loan, order)
    return this.payments.send({ actor, loan: loan.id, order, amount, rail })
  }

  /** What is missing of the price is confirmed, and the title goes over, in one append. */
  async transfer({ actor, order, received }: RequestOf<'notes.transfer'>): Promise<AnswerOf<'notes.transfer'>> {
    const before = await this.loanOf(order)
    if (!before?.orders[order]) return { refused: 'order_unknown' }
    const { note } = before.listings[before.orders[order].listing]!
    const appended = await appendToLoan(this.records, actor, before.id, (state, identity, { now }) =>
      transfer(state, identity, { order, received, now }),
    )
    if (isRefusal(appended)) return appended
    const sold = (await findLoan(this.database.manager, before.id))!
    const name = findNote(sold, note)!.split ? `${note}.1` : note
    return this.show({ actor, loan: sold.id, note: name })
  }

  async lapse({ actor, order, reason }: RequestOf<'notes.lapse'>): Promise<AnswerOf<'notes.lapse'>> {
    const loan = await this.loanOf(order)
    if (!loan?.orders[order]) return { refused: 'order_unknown' }
    const { listing } = loan.orders[order]
    return this.trade(actor, order, listing, (state, identity) => {
      const body = { order: fromText(order), reason }
      return judgeOrderLapse(state, identity, order) ?? [draft(state, identity, 'note.orderLapsed', body, order)]
    })
  }

  private async trade(
    actor: Actor,
    record: string,
    listing: string,
    decide: Decide,
  ): Promise<NoteListingView | Refusal> {
    const loan = (await this.records.record(record))?.subj
    if (!loan) return { refused: 'listing_unknown' }
    const appended = await appendToLoan(this.records, actor, loan, decide)
    return isRefusal(appended) ? appended : this.listing(actor, loan, listing)
  }

  private async listing(actor: Actor, loan: string, id: string): Promise<NoteListingView | Refusal> {
    const state = await findLoan(this.database.manager, loan)
    if (!state?.listings[id]) return { refused: 'listing_unknown' }
    return listingView(state, id, await this.onlooker(actor, state))
  }

  private async notesOf(loan: LoanState, asOf: PlainDate, actor: Actor): Promise<NoteView[]> {
    if (loan.outcome?.stage !== 'concluded') return []
    const by = await this.onlooker(actor, loan)
    const names = leavesOf(notesOf(loan)).map(({ name }) => name)
    return names.flatMap((name) => noteView(loan, name, asOf, by) ?? [])
  }

  private async loanOf(record: string): Promise<LoanState | null> {
    const loan = (await this.records.record(record))?.subj
    return loan ? findLoan(this.database.manager, loan) : null
  }

  private async onlooker({ identity }: Actor, loan: LoanState): Promise<Onlooker> {
    const { people, records } = namedIn(loan)
    const aliases = await aliasesOf(this.database.manager, people)
    return { identity, now: this.clock.now(), aliases, final: await this.records.finalOf(records) }
  }

  private today(): PlainDate {
    return dayOf(this.clock.now())
  }
}

/** The seller's word that the price came, as far as it is not said yet, and that the title goes to the buyer. */
function transfer(
  loan: LoanState,
  seller: string,
  { order, received, now }: { order: string; received: number | undefined; now: number },
): Draft[] | Refusal {
  const ordered = loan.orders[order]!
  const listing = loan.listings[ordered.listing]!
  const note = findNote(loan, listing.note)!
  const day = dayOf(now)
  const missing = ordered.price - paidFor(loan, order)
  const sent = Object.entries(loan.sent).find(
    ([id, of]) => of.order === order && !Object.values(loan.confirmed).some((other) => other.sent === id),
  )
  const drafts: Draft[] = []
  const after = structuredClone(loan)
  if (missing > 0) {
    const amount = received ?? sent?.[1].amount ?? missing
    const about = { purpose: 'purchase' as const, order }
    const stop = judgeConfirmed(loan, seller, sent?.[0] ?? null, { amount, day, at: now }, sent ? {} : about)
    if (stop) return stop
    const named: Body = sent ? { payment: fromText(sent[0]) } : { purpose: 'purchase', order: fromText(order) }
    const body: Body = { amount, receivedOn: day, rail: sent?.[1].rail ?? 'bank', ...named }
    drafts.push(draft(loan, seller, 'payment.confirmed', body, sent?.[0]))
    after.confirmed['of this append'] = {
      ...{ payee: seller, purpose: 'purchase', sent: sent?.[0] ?? null, order, amount, at: now },
      ...{ valueDate: day, receivedOn: day, rail: 'bank', settles: false, established: null },
    }
  }
  const previous = note.titles.at(-1)!.record
  const owed = Number(openOfNote(loan, note.name, day)?.principal ?? 0n)
  const said = { note: note.name, owed, ...(listing.part === null ? {} : { part: listing.part }) }
  const asked = { ...said, order, ...(previous === null ? {} : { previous }) }
  const stop = judgeSale(after, seller, asked, now)
  if (stop) return stop
  const body = { ...said, order: fromText(order), ...(previous === null ? {} : { previous: fromText(previous) }) }
  return ownerOf(note) === seller
    ? [...drafts, draft(loan, seller, 'note.sold', body, order)]
    : { refused: 'note_not_owned' }
}

/** A record of the loan that rests on all that others said, and on what it answers. */
function draft(loan: LoanState, author: string, kind: string, body: Body, answered?: string): Draft {
  const isOwn = answered !== undefined && (loan.listings[answered]?.by ?? loan.orders[answered]?.by) === author
  const refs = new Set([...(answered === undefined || isOwn ? [] : [answered]), ...lastWordsOf(loan, author)])
  return { kind, subj: loan.id, refs: [...refs], body }
}
