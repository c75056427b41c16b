/** The loans that lives of payments, sales, chargebacks, defaults make: the records that people write, and what they fold to. */
import { foldSubject, foldWorld, Rules, type Body, type FoldRecord } from '#libs/fold'
import { guaranteeRules } from '#libs/guarantees'
import {
  collectorOf,
  dayOf,
  exposureOf,
  findNote,
  isServiced,
  leavesOf,
  loanRules,
  notesOf,
  openListingOf,
  ownerOf,
  touchesOf,
  type LoanState,
  type Note,
} from '#libs/loans'
import { addDays } from '#libs/money'
import { offerRules } from '#libs/offers'
import { paymentRules } from '#libs/payments'
import { fromText, toText } from '#libs/record'
import { requestRules } from '#libs/requests'
import { RequestStory } from '../../../loans/src/testing/request-story.js'
import { LogWriter } from '../../../offers/src/testing/log-writer.js'
import { noteRules } from '../rules.js'
import { offeredOf } from '../trading.js'
import type { Life, Step } from './any-life.js'

const DAY_MS = 86_400_000
export const tradingRules = new Rules([
  ...[offerRules, requestRules, loanRules, guaranteeRules, paymentRules, noteRules],
])

export interface TradedLoan {
  loan: LoanState
  records: FoldRecord[]
  /** Why records had no effect, by record. */
  voids: ReadonlyMap<string, string>
}

/** Several properties are asked of the same lives: each is lived once. */
const lived = new Map<string, TradedLoan>()

/** The loan that such a life folds to. */
export function tradedLoan(life: Life): TradedLoan {
  const key = JSON.stringify(life)
  const known = lived.get(key)
  if (known) return known
  const made = live(life)
  lived.set(key, made)
  return made
}

/** One note, sold twice in two histories of its seller's log. */
export interface ForkedSale {
  /** The loan's. */
  id: string
  note: string
  seller: string
  /** Of each branch. */
  buyers: string[]
  /** What everybody holds. */
  before: FoldRecord[]
  branches: FoldRecord[][]
}

/** Such a life, then one note of it sold by forking; null when it has nothing to sell. */
export function soldByForking(life: Life, which: number): ForkedSale | null {
  const traders = new Traders(life)
  for (const one of life.steps) traders.act(one)
  return traders.sellByForking(which)
}

/** What is for sale, as its buyers know it. */
interface Listed {
  loan: LoanState
  id: string
  of: Pick<LoanState['listings'][string], 'note' | 'part' | 'cleanPrice' | 'touches'>
}

interface Ordered {
  record: FoldRecord
  price: number
  owed: number
  part: number | null
}

const aboutOrder = (order: FoldRecord): Body => ({ purpose: 'purchase', order: fromText(order.id) })

function live(life: Life): TradedLoan {
  const traders = new Traders(life)
  for (const one of life.steps) traders.act(one)
  const { folded } = foldWorld(traders.records, tradingRules)
  const { state, voids } = folded.get(`${traders.loanId} loan`)!
  return { loan: state as LoanState, records: traders.records, voids }
}

/** People who know all that was said, and write on the days of their clocks. */
class Traders {
  readonly story: RequestStory
  readonly people: LogWriter[]
  /** In the order of the agreement: by their keys. */
  private readonly lenders: LogWriter[]
  private readonly shares: number[]
  private readonly proposal: FoldRecord
  private day: string
  private unaware = false

  constructor(private readonly life: Life) {
    const amount = life.shares.reduce((sum, share) => sum + share, 0)
    this.story = new RequestStory({ amount, leastAmount: 1, instalments: life.instalments })
    const bidders = life.shares.map((_, k) => new LogWriter(`lender ${k}`, this.story.startedAt))
    const buyers = ['bea', 'ben', 'bix'].map((name) => new LogWriter(name, this.story.startedAt))
    const servicer = new LogWriter('serge', this.story.startedAt)
    const taken = bidders.map((lender, k) => {
      const share = life.shares[k]!
      return [this.story.bid(lender, { amount: share, ratePpm: life.rates[k]! }), share] as const
    })
    const { borrower } = this.story
    borrower.now += DAY_MS
    const body = this.story.agreement(taken)
    this.lenders = body.lenders.map(([key]) => bidders.find(({ author }) => author === toText(key))!)
    this.shares = body.lenders.map(([, share]) => share)
    this.proposal = this.story.propose(life.serviced ? { ...body, servicer: servicer.key } : body)
    this.people = [borrower, ...this.lenders, ...buyers, servicer]
    const signers = [borrower, ...this.lenders, ...(life.serviced ? [servicer] : [])]
    const signed = signers.map((by) => {
      by.now = Math.max(by.now, borrower.now)
      return by.write('agreement.signed', { subj: this.proposal })
    })
    borrower.now = Math.max(...signers.map(({ now }) => now))
    borrower.write('agreement.concluded', { subj: this.proposal, refs: signed.slice(1) })
    this.day = dayOf(borrower.now)
    this.shares.forEach((share, k) => this.payOut(k, share))
  }

  get loanId(): string {
    return this.proposal.id
  }

  get records(): FoldRecord[] {
    return this.people.flatMap(({ records }) => records)
  }

  act({ act, size, days, which, unaware = false }: Step): void {
    this.day = addDays(this.day, days)
    this.unaware = unaware
    const loan = this.loan()
    const leaves = leavesOf(notesOf(loan))
    const note = leaves[which % leaves.length]!
    const total = this.life.shares.reduce((sum, share) => sum + share, 0)
    const ofLoan = isServiced(loan) ? total : this.shares[note.lender]!
    const worth = Math.max(1, Math.floor((ofLoan * size) / 1_000 / this.life.instalments))
    const borrower = this.story.borrower
    const collector = this.of(collectorOf(loan, note.name))
    const named: Body = isServiced(loan) || leaves.length === 1 ? {} : { note: note.name }
    switch (act) {
      case 'repay':
        return this.pay(borrower, collector, worth, this.repaying(loan, note))
      case 'settle':
        return this.pay(borrower, collector, ofLoan + worth, { ...this.repaying(loan, note), settles: true })
      case 'unannounced':
        return void this.say(collector, 'payment.confirmed', {
          amount: worth,
          receivedOn: this.day,
          rail: 'bank',
          ...named,
        })
      case 'goodwill':
        return void this.say(collector, 'credit.granted', {
          ...{ credit: 'goodwill', amount: worth, date: this.day, reason: '' },
          ...named,
        })
      case 'lateFee':
        return void this.say(collector, 'charge.levied', {
          ...{ charge: 'lateFee', name: '', component: 'fee', amount: 1 + (size % 300), due: this.day, reason: '' },
          ...named,
        })
      case 'reverse':
      case 'takeBack':
        return this.takeBack(loan, which, act === 'takeBack' ? null : 1 + (size % 700))
      case 'sell':
        return this.sell(loan, note, which, null)
      case 'sellPart':
        return this.sell(loan, note, which, 1 + Math.floor(((ofLoan * size) / 2_000) % ofLoan))
      case 'sellTwice':
        this.sell(loan, note, which, null)
        return this.sell(loan, note, which + 1, null)
      case 'steal': {
        const thief = this.people[1 + (which % (this.people.length - 1))]!
        return void this.say(thief, 'note.listed', {
          ...{ note: note.name, cleanPrice: worth, touches: touchesOf(loan, note.name), reason: '' },
        })
      }
      case 'sellUnseen':
        this.sell(loan, note, which, which % 3 === 0 ? 1 + Math.floor(ofLoan / 3) : null)
        return this.payFormer(this.loan(), which, worth)
      case 'passOn':
        return this.passOn(loan, note, worth)
      case 'default':
        return void this.say(this.of(ownerOf(note)), 'default.declared', { reason: '' })
      case 'writeOff':
        return void this.say(this.of(ownerOf(note)), 'note.writtenOff', {
          reason: '',
          ...(leaves.length === 1 ? {} : { note: note.name }),
        })
      case 'reamortise':
        return this.reamortise(loan)
    }
  }

  /** The loan as all records so far make it. */
  private loan(): LoanState {
    const { id } = this.proposal
    const own = this.records.filter((record) => record.id === id || record.subj === id)
    return foldSubject<LoanState>(id, 'loan', own, tradingRules).state
  }

  private of(identity: string): LogWriter {
    return this.people.find(({ author }) => author === identity)!
  }

  private payOut(k: number, share: number): void {
    const named: Body = this.life.shares.length === 1 ? {} : { note: String(k) }
    this.pay(this.lenders[k]!, this.story.borrower, share, named)
  }

  private repaying(loan: LoanState, note: Note): Body {
    if (isServiced(loan)) return {}
    const named: Body = leavesOf(notesOf(loan)).length === 1 && note.name === '0' ? {} : { note: note.name }
    return ownerOf(note) === this.lenders[note.lender]!.author ? named : { ...named, to: fromText(ownerOf(note)) }
  }

  private pay(payer: LogWriter, payee: LogWriter, amount: number, about: Body = {}): void {
    this.confirm(payee, this.send(payer, amount, about), amount)
  }

  private send(payer: LogWriter, amount: number, about: Body): FoldRecord {
    return this.say(payer, 'payment.sent', { amount, valueDate: this.day, rail: 'bank', reference: '', ...about })
  }

  private confirm(payee: LogWriter, sent: FoldRecord, amount: number): void {
    const said = { payment: fromText(sent.id), amount, receivedOn: this.day, rail: 'bank' }
    this.say(payee, 'payment.confirmed', said, [sent])
  }

  private takeBack(loan: LoanState, which: number, amount: number | null): void {
    const own = Object.entries(loan.confirmed).filter(([, { purpose }]) => purpose === 'repayment')
    const [id, payment] = own[which % Math.max(1, own.length)] ?? []
    if (!id || !payment) return
    const body = { confirmation: fromText(id), reason: '', ...(amount === null ? {} : { amount }) }
    const reversed = this.say(this.of(payment.payee), 'payment.reversed', body)
    this.say(this.story.borrower, 'payment.reversalAccepted', { reversal: fromText(reversed.id) }, [reversed])
  }

  private sell(loan: LoanState, note: Note, which: number, part: number | null): void {
    const seller = this.of(ownerOf(note))
    const [buyer] = this.buyersFrom(seller, which)
    const order = this.order(this.listed(loan, note, which, part), buyer!)
    this.pay(buyer!, seller, order.price, aboutOrder(order.record))
    this.transfer(note, seller, order)
  }

  /**
   * Two order one note, each without having heard of the other, and pay; the seller signs for both, in two logs that begin alike. Null when
   * there is nothing to sell.
   */
  sellByForking(which: number): ForkedSale | null {
    const loan = this.loan()
    const leaves = leavesOf(notesOf(loan))
    const note = leaves[which % leaves.length]!
    const seller = this.of(ownerOf(note))
    const listed = this.listed(loan, note, which, null)
    if (listed.of.part !== null || !offeredOf(loan, listed.of, this.day)?.principal) return null
    const buyers = this.buyersFrom(seller, which).slice(0, 2)
    this.unaware = true
    const orders = buyers.map((buyer) => this.order(listed, buyer))
    const sent = orders.map((order, k) => this.send(buyers[k]!, order.price, aboutOrder(order.record)))
    const before = this.records
    const branches = orders.map((order, k) => {
      const log = new LogWriter(seller.name, seller.now)
      log.records.push(...seller.records)
      this.confirm(log, sent[k]!, order.price)
      this.transfer(note, log, order)
      return log.records.slice(seller.records.length)
    })
    const [id, keys] = [this.loanId, buyers.map(({ author }) => author)]
    return { id, note: note.name, seller: seller.author, buyers: keys, before, branches }
  }

  private buyersFrom(seller: LogWriter, which: number): LogWriter[] {
    const buyers = this.people.filter((by) => by !== seller && by !== this.story.borrower)
    const first = which % buyers.length
    return [...buyers.slice(first), ...buyers.slice(0, first)]
  }

  /** The listing of a note that is open, or a new one. */
  private listed(loan: LoanState, note: Note, which: number, part: number | null): Listed {
    const cleanPrice = 1 + ((which * 7_919) % 60_000)
    const touches = touchesOf(loan, note.name)
    const said = { note: note.name, cleanPrice, touches, reason: '', ...(part === null ? {} : { part }) }
    const id = openListingOf(loan, note.name) ?? this.say(this.of(ownerOf(note)), 'note.listed', said).id
    return { loan, id, of: loan.listings[id] ?? { note: note.name, part, cleanPrice, touches } }
  }

  private order({ loan, id, of }: Listed, buyer: LogWriter): Ordered {
    const { accrued = 0 } = offeredOf(loan, of, this.day) ?? {}
    const price = of.cleanPrice + accrued
    const said = { listing: fromText(id), price, accrued, settleOn: this.day, touches: of.touches }
    const record = this.say(
      buyer,
      'note.ordered',
      said,
      this.records.filter((record) => record.id === id),
    )
    const owed = offeredOf(loan, { note: of.note, part: null }, this.day)?.principal ?? 0
    return { record, price, owed: Math.max(1, owed), part: of.part }
  }

  private transfer(note: Note, seller: LogWriter, { record, owed, part }: Ordered): void {
    const previous = note.titles.at(-1)!.record
    const said = {
      ...{ note: note.name, order: fromText(record.id), owed },
      ...(previous ? { previous: fromText(previous) } : {}),
      ...(part === null ? {} : { part }),
    }
    this.say(seller, 'note.sold', said, [record])
  }

  /** The borrower pays who owned a note before its last sale, as if it had not heard of it. */
  private payFormer(loan: LoanState, which: number, asked: number): void {
    const [id, sale] = Object.entries(loan.sales).sort(([, a], [, b]) => b.at - a.at)[0] ?? []
    if (!id || !sale || isServiced(loan)) return
    const { borrower } = this.story
    const note = findNote(loan, sale.note)!
    const amount = which % 4 === 0 ? asked : Math.max(1, Math.min(asked, exposureOf(loan, sale.note, sale.on)))
    const isFirst = sale.seller === this.lenders[note.lender]!.author
    const body = {
      ...{ amount, valueDate: this.day, rail: 'bank', reference: '' },
      ...(sale.note === '0' && this.life.shares.length === 1 ? {} : { note: sale.note }),
      ...(isFirst ? {} : { to: fromText(sale.seller) }),
    }
    // Its log ends before the sale, as far as it names others.
    borrower.now = Math.max(borrower.now, sale.at + 1_000)
    const sent = borrower.write('payment.sent', { subj: this.proposal, body })
    const confirmed = {
      payment: fromText(sent.id),
      amount,
      receivedOn: this.day,
      rail: 'bank',
      goodFaith: fromText(id),
    }
    this.say(this.of(sale.seller), 'payment.confirmed', confirmed, [sent])
  }

  private passOn(loan: LoanState, note: Note, amount: number): void {
    const owner = this.of(ownerOf(note))
    const former = note.titles.at(-2)?.owner
    const collector = isServiced(loan) ? loan.agreement!.servicer! : former
    if (!collector || collector === owner.author) return
    const about = { purpose: 'passOn', note: note.name, to: owner.key }
    this.pay(this.of(collector), owner, amount, about)
  }

  private reamortise(loan: LoanState): void {
    const owners = [...new Set(leavesOf(notesOf(loan)).map(ownerOf))].map((owner) => this.of(owner))
    const { borrower } = this.story
    const body = {
      ...{ change: { type: 'reamortise' }, effectiveOn: this.day, table: [[this.day, 1, 0, 0]], reason: '' },
      expiresAt: Date.parse(this.day) + 30 * DAY_MS,
    }
    const proposed = this.say(borrower, 'restructure.proposed', body)
    const change = fromText(proposed.id)
    const signed = owners.map((owner) => this.say(owner, 'restructure.signed', { change }, [proposed]))
    borrower.now = Math.max(borrower.now, ...signed.map(({ at }) => at + 1_000))
    borrower.write('restructure.concluded', { subj: this.proposal, body: { change }, refs: signed })
  }

  /** On the day, by someone who knows everybody's last word, or only what it answers. */
  private say(by: LogWriter, kind: string, body: Body, answered: readonly FoldRecord[] = []): FoldRecord {
    const others = this.people.filter((other) => other !== by)
    const heard = this.unaware ? [] : others.flatMap(({ records }) => records.slice(-1))
    const words = heard.filter(({ kind: of }) => !of.startsWith('bid.'))
    const latest = Math.max(0, ...[...answered, ...words].map(({ at }) => at + 1_000))
    by.now = Math.max(by.now, latest, Date.parse(this.day) + DAY_MS / 2)
    const refs = [...new Map([...answered, ...words].map((record) => [record.id, record])).values()]
    return by.write(kind, {
      subj: this.proposal,
      body,
      refs: refs.filter(({ id, author }) => id !== this.proposal.id && author !== by.author),
    })
  }
}
