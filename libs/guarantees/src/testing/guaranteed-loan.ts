/** A loan with guarantors, record by record, for specs of folds: Lena lends, Bob borrows, Gina and Hans stand in. */
import type { Body, FoldRecord } from '#libs/fold'
import { fromText } from '#libs/record'
import { LoanStory } from '../../../loans/src/testing/loan-story.js'
import { LogWriter } from '../../../offers/src/testing/log-writer.js'

const DAY_MS = 86_400_000

export class GuaranteedLoan {
  readonly story: LoanStory
  readonly gina: LogWriter
  readonly hans: LogWriter
  /** Who else has something to say. */
  private readonly others: LogWriter[] = []

  constructor(of: ConstructorParameters<typeof LoanStory>[0] = {}) {
    this.story = new LoanStory(of)
    this.gina = new LogWriter('gina', this.story.lender.now)
    this.hans = new LogWriter('hans', this.story.lender.now)
  }

  get records(): FoldRecord[] {
    return this.people.flatMap(({ records }) => records)
  }

  private get people(): LogWriter[] {
    return [this.story.lender, this.story.borrower, this.gina, this.hans, ...this.others]
  }

  other(name: string): LogWriter {
    const other = new LogWriter(name, this.story.lender.now)
    this.others.push(other)
    return other
  }

  /** The guarantors of an agreement, ascending by key. */
  asked(...of: [LogWriter, number][]): [Uint8Array, number][] {
    const named = of.map(([by, cap]): [Uint8Array, number] => [by.key, cap])
    return named.sort(([a], [b]) => Buffer.compare(a, b))
  }

  guarantee(by: LogWriter, cap: number, more: Body = {}): FoldRecord {
    by.now = Math.max(by.now, this.story.proposal.at + 1_000)
    const body = { loan: fromText(this.story.proposal.id), cap, covers: 'all', note: '', ...more }
    return by.write('guarantee.signed', { refs: [this.story.proposal], body })
  }

  /** Proposed with these guarantees, signed by all, concluded and paid out. Returns the guarantees. */
  paidOut(...of: [LogWriter, number][]): FoldRecord[] {
    const { story } = this
    story.propose({ guarantors: this.asked(...of), defaultAfterDays: 30 })
    story.sign(story.lender)
    const guarantees = of.map(([by, cap]) => this.guarantee(by, cap))
    story.conclude([story.sign(story.borrower), ...guarantees])
    const sent = story.send(story.lender, story.amount, story.startDate)
    story.confirm(story.borrower, story.amount, story.startDate, sent)
    return guarantees
  }

  /** Says something of the loan on a day, by someone who knows everybody's last word. */
  say(by: LogWriter, kind: string, day: string, body: Body, more: FoldRecord[] = []): FoldRecord {
    const { story } = this
    by.now = Math.max(by.now, Date.parse(day) + DAY_MS / 2)
    const others = this.people.filter((other) => other !== by)
    const refs = [...new Set([...more, ...others.flatMap(({ records }) => records.slice(-1))])]
    by.now = Math.max(by.now, ...refs.map(({ at }) => at + 1))
    return by.write(kind, { subj: story.proposal, body, refs: refs.filter(({ id }) => id !== story.proposal.id) })
  }

  declareDefault(day: string): FoldRecord {
    return this.say(this.story.lender, 'default.declared', day, { reason: 'silence' })
  }

  call(guarantee: FoldRecord, amount: number, day: string, by = this.story.lender): FoldRecord {
    const body = { guarantee: fromText(guarantee.id), amount, reason: 'in default' }
    return this.say(by, 'guarantee.called', day, body, [guarantee])
  }

  /** A guarantor's payment of a call, confirmed by the lender. */
  payCall(by: LogWriter, call: FoldRecord, amount: number, day: string): FoldRecord {
    return this.pay(by, this.story.lender, amount, day, { call: fromText(call.id) })
  }

  /** The borrower's payment to a guarantor, confirmed by him. */
  payBack(to: LogWriter, guarantee: FoldRecord, amount: number, day: string): FoldRecord {
    return this.pay(this.story.borrower, to, amount, day, { guarantee: fromText(guarantee.id) })
  }

  repay(amount: number, day: string): FoldRecord {
    return this.pay(this.story.borrower, this.story.lender, amount, day)
  }

  private pay(payer: LogWriter, payee: LogWriter, amount: number, day: string, under: Body = {}): FoldRecord {
    const sending = { amount, valueDate: day, rail: 'bank', reference: '', ...under }
    const sent = this.say(payer, 'payment.sent', day, sending)
    const received = { amount, receivedOn: day, rail: 'bank', payment: fromText(sent.id) }
    return this.say(payee, 'payment.confirmed', day, received, [sent])
  }
}
