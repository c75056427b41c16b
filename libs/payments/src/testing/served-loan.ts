/** Loans of any product with any life after their conclusion, folded from records that people would write, for properties. */
import fc from 'fast-check'
import { foldWorld, isRefusal, Rules, type Body, type FoldRecord } from '#libs/fold'
import { loanRules, type LoanState } from '#libs/loans'
import type { OfferTerms } from '#libs/messages'
import { addDays } from '#libs/money'
import { offerRules, payoutsOf, quote } from '#libs/offers'
import { fromText } from '#libs/record'
import { requestRules } from '#libs/requests'
import { LoanStory } from '../../../loans/src/testing/loan-story.js'
import { anyAsk, anyOffer, type AnyAsk } from '../../../offers/src/testing/any-offer.js'
import { LogWriter } from '../../../offers/src/testing/log-writer.js'
import { paymentRules } from '../rules.js'

const DAY_MS = 86_400_000
export const servingRules = new Rules([offerRules, requestRules, loanRules, paymentRules])

/** What may happen, and how likely each is among the others. */
const ACTS = [
  ...['payOut', 'payOut', 'payOutHalf', 'repay', 'repay', 'repay', 'repay', 'repayUnannounced', 'settle'],
  ...[
    'silent',
    'refuse',
    'establish',
    'reverse',
    'reverseInPart',
    'accept',
    'takeBack',
    'takeBack',
    'takeBack',
    'refund',
  ],
  ...['goodwill', 'merchantRefund', 'reminder', 'lateFee', 'penaltyInterest', 'waive', 'adjust'],
  ...['reschedule', 'reamortise', 'reage', 'interestPause', 'default', 'writeOff', 'cancel'],
] as const
type Act = (typeof ACTS)[number]

export interface Step {
  act: Act
  /** Permille of the principal, of an instalment's worth, or of a smaller sum. */
  size: number
  /** Since the step before. */
  days: number
  which: number
}

export interface Life {
  offer: OfferTerms
  ask: AnyAsk
  steps: Step[]
}

const step = fc.record<Step>({
  act: fc.constantFrom(...ACTS),
  size: fc.integer({ min: 1, max: 1_500 }),
  days: fc.constantFrom(0, 1, 7, 30, 31, 45, 120),
  which: fc.nat(3),
})

export const anyLife: fc.Arbitrary<Life> = fc.record({
  offer: anyOffer,
  ask: anyAsk,
  steps: fc.array(step, { maxLength: 20 }),
})

/** The loan that such a life folds to, with its records; null where the offer makes no such loan. */
export function servedLoan(life: Life): { loan: LoanState; records: FoldRecord[] } | null {
  const { offer, ask } = life
  const quoted = quote(offer, ask.amount, ask.instalments, ask.startDate, ask.wishes)
  if (isRefusal(quoted)) return null
  const { amount, instalments, startDate } = ask
  const story = new LoanStory({ amount, instalments, startDate, terms: offer })
  const dora = new LogWriter('dora', story.lender.now)
  const { coolingOffDays = 0, defaultAfterDays = 90, eventCharges } = offer
  const besides = { coolingOffDays, defaultAfterDays, ...(eventCharges ? { eventCharges } : {}) }
  story.propose({ ...quoted, ...besides, arbiter: dora.key })
  story.sign(story.lender)
  story.conclude([story.sign(story.borrower)])
  new Servants(story, dora, quoted).live(life.steps)
  const records = [...story.records, ...dora.records]
  const { folded } = foldWorld(records, servingRules)
  const loan = folded.get(`${story.proposal.id} loan`)?.state as LoanState | undefined
  return loan?.outcome?.stage === 'concluded' ? { loan, records } : null
}

/** Lender, borrower and arbiter, who know all that was said. */
class Servants {
  private readonly payouts: number[]
  private day: string

  constructor(
    private readonly story: LoanStory,
    private readonly dora: LogWriter,
    private readonly quoted: Exclude<ReturnType<typeof quote>, { refused: string }>,
  ) {
    this.payouts = payoutsOf(quoted.terms, quoted.tranches).map(({ arrives }) => arrives)
    this.day = quoted.terms.startDate
  }

  live(steps: readonly Step[]): void {
    // Most lives begin with money.
    if (steps.length % 8 !== 0) this.act({ act: 'payOut', size: 1, days: 0, which: 0 })
    for (const step of steps) this.act(step)
  }

  private act({ act, size, days, which }: Step): void {
    this.day = addDays(this.day, days)
    const { lender, borrower } = this.story
    const worth = Math.max(1, Math.floor((this.quoted.terms.principal * size) / 1_000 / this.quoted.instalments.length))
    const small = 1 + (size % 700)
    const reason = ''
    const acts: { [A in Act]: () => unknown } = {
      payOut: () => this.payOut(this.payouts.shift()),
      payOutHalf: () => this.payOut(this.payouts[0] && Math.ceil(this.payouts[0] / 2)),
      repay: () => this.pay(borrower, lender, worth),
      repayUnannounced: () => this.say(lender, 'payment.confirmed', this.received(worth)),
      settle: () => this.pay(borrower, lender, this.quoted.terms.principal + worth, { settles: true }),
      silent: () => this.say(borrower, 'payment.sent', this.sending(worth)),
      refuse: () => this.answer(lender, 'payment.refused', 'payment', this.last('payment.sent', which), { reason }),
      establish: () => {
        const sent = this.last('payment.sent', which)
        const said = { amount: (sent?.body['amount'] as number) ?? 1, receivedOn: this.day, reason }
        this.answer(this.dora, 'payment.established', 'payment', sent, said)
      },
      reverse: () => this.ownAnswer(lender, 'payment.reversed', 'confirmation', 'payment.confirmed', which, { reason }),
      reverseInPart: () =>
        this.ownAnswer(lender, 'payment.reversed', 'confirmation', 'payment.confirmed', which, {
          ...{ reason, amount: small },
        }),
      accept: () => {
        const by = which === 3 ? this.dora : borrower
        this.answer(by, 'payment.reversalAccepted', 'reversal', this.last('payment.reversed', which % 2))
      },
      takeBack: () => {
        this.ownAnswer(lender, 'payment.reversed', 'confirmation', 'payment.confirmed', which, { reason })
        this.answer(borrower, 'payment.reversalAccepted', 'reversal', this.last('payment.reversed', 0))
      },
      refund: () => this.say(lender, 'payment.refunded', { amount: small, valueDate: this.day }),
      goodwill: () => this.say(lender, 'credit.granted', { credit: 'goodwill', ...this.crediting(worth) }),
      merchantRefund: () => this.say(lender, 'credit.granted', { credit: 'merchantRefund', ...this.crediting(worth) }),
      reminder: () => this.charge('event', 'reminder', which % 2 ? 'fee' : 'penalty', Math.min(small, 500)),
      lateFee: () => this.charge('lateFee', '', 'fee', small),
      penaltyInterest: () => this.charge('penaltyInterest', '', 'penalty', 1 + (small % 20)),
      waive: () => this.ownAnswer(lender, 'charge.waived', 'charge', 'charge.levied', which, { reason }),
      adjust: () =>
        this.ownAnswer(lender, 'charge.adjusted', 'charge', 'charge.levied', which, { reason, amount: small }),
      reschedule: () =>
        this.change(which, {
          ...{ type: 'reschedule', from: this.dueDate(size) },
          ...(which % 2 ? { extraInstalments: which } : { annualRatePpm: size * 100 }),
          ...(which === 3 ? { principalGraceInstalments: 1 } : {}),
        }),
      reamortise: () => this.change(which, { type: 'reamortise' }),
      reage: () =>
        this.change(which, {
          ...{ type: 'reage', firstDue: addDays(this.day, 20 + which), instalments: 1 + (size % 12) },
          every: { count: 1, unit: 'month' },
        }),
      interestPause: () =>
        this.change(which, { type: 'interestPause', from: this.day, to: addDays(this.day, 1 + (size % 90)) }),
      default: () => this.say(lender, 'default.declared', { reason }),
      writeOff: () => this.say(lender, 'note.writtenOff', { reason }),
      cancel: () => this.say(borrower, 'agreement.cancelled', { reason }),
    }
    acts[act]()
  }

  private payOut(amount: number | undefined): void {
    if (amount) this.pay(this.story.lender, this.story.borrower, amount)
  }

  private pay(payer: LogWriter, payee: LogWriter, amount: number, more: Body = {}): void {
    const sent = this.say(payer, 'payment.sent', { ...this.sending(amount), ...more })
    this.answer(payee, 'payment.confirmed', 'payment', sent, this.received(amount))
  }

  private charge(charge: string, name: string, component: string, amount: number): void {
    this.say(this.story.lender, 'charge.levied', { charge, name, component, amount, due: this.day, reason: '' })
  }

  /** Proposed by one, signed by the other, concluded. The table is not looked at by folds. */
  private change(which: number, change: Body): void {
    const { lender, borrower } = this.story
    const [by, other] = which % 2 ? [lender, borrower] : [borrower, lender]
    const effectiveOn = addDays(this.day, which === 2 ? -20 : which)
    const expiresAt = by.now + 30 * DAY_MS
    const said = { change, effectiveOn, table: [[this.day, 1, 0, 0]], reason: '', expiresAt }
    const proposed = this.say(by, 'restructure.proposed', said)
    const signed = this.answer(other, 'restructure.signed', 'change', proposed)
    const body = { change: fromText(proposed.id) }
    by.write('restructure.concluded', { subj: this.story.proposal, body, refs: signed ? [signed] : [] })
  }

  private sending(amount: number): Body {
    return { amount, valueDate: this.day, rail: 'bank', reference: '' }
  }

  private received(amount: number): Body {
    return { amount, receivedOn: this.day, rail: 'bank' }
  }

  private crediting(amount: number): Body {
    return { amount, date: this.day, reason: '' }
  }

  private dueDate(size: number): string {
    const { instalments } = this.quoted
    return instalments[size % instalments.length]![0]
  }

  /** The last record of a kind, or one of those before it. */
  private last(kind: string, back: number): FoldRecord | undefined {
    const found = [...this.story.records, ...this.dora.records].filter((record) => record.kind === kind)
    return found.sort((a, b) => b.at - a.at)[back]
  }

  private ownAnswer(by: LogWriter, kind: string, member: string, of: string, back: number, body: Body): void {
    const found = by.records.filter((record) => record.kind === of).at(-1 - back)
    if (found) this.say(by, kind, { ...body, [member]: fromText(found.id) })
  }

  private answer(
    by: LogWriter,
    kind: string,
    member: string,
    answered: FoldRecord | undefined,
    body: Body = {},
  ): FoldRecord | undefined {
    if (!answered || answered.author === by.author) return undefined
    return this.say(by, kind, { ...body, [member]: fromText(answered.id) }, answered)
  }

  /** On the day, by someone who knows everybody's last word. */
  private say(by: LogWriter, kind: string, body: Body, answered?: FoldRecord): FoldRecord {
    const { lender, borrower } = this.story
    const others = [lender, borrower, this.dora].filter((other) => other !== by)
    const words = others.flatMap(({ records }) => records.slice(-1))
    const latest = Math.max(...words.map(({ at }) => at + 1_000))
    by.now = Math.max(by.now, latest, Date.parse(this.day) + DAY_MS / 2)
    const refs = [...new Set([...(answered ? [answered] : []), ...words])]
    return by.write(kind, {
      subj: this.story.proposal,
      body,
      refs: refs.filter(({ id }) => id !== this.story.proposal.id),
    })
  }
}
