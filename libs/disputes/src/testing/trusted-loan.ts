/**
 * Loans with guarantors, collateral and an arbiter, of one lender or several, with any life after their payout: people who know all that was
 * said, or only what they answer, act rightly and wrongly. For properties.
 */
import fc from 'fast-check'
import { foldSubject, Rules, type Body, type FoldRecord } from '#libs/fold'
import { collateralRules } from '#libs/collateral'
import { guaranteeRules } from '#libs/guarantees'
import { collectorOf, isOneAccount, leavesOf, loanRules, notesOf, type LoanState } from '#libs/loans'
import { addDays } from '#libs/money'
import { offerRules } from '#libs/offers'
import { paymentRules } from '#libs/payments'
import { fromText, toText } from '#libs/record'
import { requestRules } from '#libs/requests'
import { disputeRules } from '../rules.js'
import { RequestStory } from '../../../loans/src/testing/request-story.js'
import { LogWriter } from '../../../offers/src/testing/log-writer.js'

const DAY_MS = 86_400_000
export const trustRules = new Rules([
  ...[offerRules, requestRules, loanRules, guaranteeRules, collateralRules, paymentRules, disputeRules],
])

const ACTS = [
  ...(['default', 'default', 'call', 'call', 'call', 'callTooMuch', 'payCall', 'payCall', 'payCall'] as const),
  ...(['repay', 'repay', 'settle', 'payBack', 'payBack', 'guarantee', 'reminder', 'cancel', 'refuse'] as const),
  ...(['pledge', 'value', 'release', 'dispute', 'dispute', 'answer', 'rule', 'rule', 'rule', 'takeBack'] as const),
] as const

export interface Step {
  act: (typeof ACTS)[number]
  size: number
  days: number
  which: number
  /** Whether who acts has read everything. */
  reads: boolean
}

export interface Life {
  shares: number[]
  caps: [number, number]
  serviced: boolean
  steps: Step[]
}

const step = fc.record<Step>({
  act: fc.constantFrom(...ACTS),
  size: fc.integer({ min: 1, max: 1_200 }),
  days: fc.constantFrom(0, 1, 14, 31, 62),
  which: fc.nat(11),
  reads: fc.boolean(),
})

const late: Step = { act: 'default', size: 1, days: 62, which: 0, reads: true }

export const anyLife: fc.Arbitrary<Life> = fc.record({
  shares: fc.array(fc.integer({ min: 1_000, max: 70_000 }), { minLength: 1, maxLength: 3 }),
  caps: fc.tuple(fc.integer({ min: 2_000, max: 90_000 }), fc.integer({ min: 2_000, max: 90_000 })),
  serviced: fc.boolean(),
  // Half of them begin with one.
  steps: fc
    .tuple(fc.nat(1), fc.array(step, { minLength: 3, maxLength: 10 }))
    .map(([defaults, steps]) => (defaults === 0 ? steps : [late, late, { ...late, which: 1 }, ...steps])),
})

/** Several properties are asked of the same lives: each is lived once. */
const lived = new Map<string, { records: FoldRecord[]; loan: string }>()

/** All records of such a life, and the loan that they are about. */
export function trustedLoan(life: Life): { records: FoldRecord[]; loan: string } {
  const key = JSON.stringify(life)
  const known = lived.get(key)
  if (known) return known
  const people = new TrustedPeople(life)
  for (const one of life.steps) people.act(one)
  const made = { records: people.records, loan: people.loanId }
  lived.set(key, made)
  return made
}

class TrustedPeople {
  private readonly story: RequestStory
  private readonly lenders: LogWriter[]
  private readonly guarantors: LogWriter[]
  private readonly arbiter: LogWriter
  private readonly servicer: LogWriter
  private readonly stranger: LogWriter
  private readonly proposal: FoldRecord
  private day = ''

  constructor({ shares, caps, serviced }: Life) {
    const amount = shares.reduce((sum, share) => sum + share, 0)
    this.story = new RequestStory({ amount, leastAmount: 1, instalments: 4 })
    const { borrower, startedAt } = this.story
    const person = (name: string) => new LogWriter(name, startedAt)
    const bidders = shares.map((_, k) => person(`lender ${k}`))
    this.guarantors = ['gina', 'hans'].map(person).sort((a, b) => Buffer.compare(a.key, b.key))
    ;[this.arbiter, this.servicer, this.stranger] = [person('dora'), person('serge'), person('mallory')]
    const taken = bidders.map((by, k) => [this.story.bid(by, { amount: shares[k]! }), shares[k]!] as const)
    borrower.now += DAY_MS
    const body = this.story.agreement(taken)
    this.lenders = body.lenders.map(([key]) => bidders.find(({ author }) => author === toText(key))!)
    this.proposal = this.story.propose({
      ...body,
      ...{ arbiter: this.arbiter.key, coolingOffDays: 60, defaultAfterDays: 1 },
      eventCharges: [{ name: 'reminder', amount: 500 }],
      ...(serviced ? { servicer: this.servicer.key } : {}),
      guarantors: this.guarantors.map((by, k): [Uint8Array, number] => [by.key, caps[k]!]),
      collateral: {
        ...{ initialPpm: 500_000, maintenancePpm: 650_000, liquidationPpm: 800_000 },
        valuer: this.arbiter.key,
      },
    })
    const signers = [borrower, ...this.lenders, ...(serviced ? [this.servicer] : [])]
    const signed = signers.map((by) => this.write(by, 'agreement.signed', {}))
    const guaranteed = this.guarantors.map((by, k) => this.sign(by, caps[k]!))
    borrower.now = Math.max(...this.people.map(({ now }) => now))
    borrower.write('agreement.concluded', { subj: this.proposal, refs: [...signed.slice(1), ...guaranteed] })
    this.day = new Date(borrower.now).toISOString().slice(0, 10)
    body.lenders.forEach(([, share], k) =>
      this.pay(this.lenders[k]!, borrower, share, true, shares.length === 1 ? {} : { note: String(k) }),
    )
  }

  get loanId(): string {
    return this.proposal.id
  }

  get records(): FoldRecord[] {
    return this.people.flatMap(({ records }) => records)
  }

  private get people(): LogWriter[] {
    const { borrower } = this.story
    return [borrower, ...this.lenders, ...this.guarantors, this.arbiter, this.servicer, this.stranger]
  }

  act({ act, size, days, which, reads }: Step): void {
    this.day = addDays(this.day, days)
    const loan = this.loan()
    const { borrower } = this.story
    const notes = isOneAccount(loan) ? [undefined] : leavesOf(notesOf(loan)).map(({ name }) => name)
    const note = notes[which % notes.length]
    const named: Body = note === undefined ? {} : { note }
    const creditor = this.of(collectorOf(loan, note))
    const guarantees = Object.entries(loan.guarantees?.signed ?? {})
    const [guarantee, signed] = guarantees[which % Math.max(1, guarantees.length)] ?? []
    const amount = 1 + size * 10
    const say = (by: LogWriter, kind: string, body: Body, answered?: string) =>
      this.say(by, kind, body, reads, answered)
    const wrongs: [kind: string, make: () => unknown][] = [
      ['payment.refused', () => acts.refuse()],
      ['payment.reversed', () => acts.takeBack()],
      ['default.declared', () => acts.default()],
      ['agreement.cancelled', () => acts.cancel()],
      ['charge.levied', () => acts.reminder()],
    ]
    const acts: { [A in Step['act']]: () => unknown } = {
      default: () => say(creditor, 'default.declared', { reason: '' }),
      call: () =>
        guarantee &&
        say(creditor, 'guarantee.called', { guarantee: fromText(guarantee), amount, reason: '', ...named }, guarantee),
      callTooMuch: () =>
        guarantee &&
        say(
          creditor,
          'guarantee.called',
          { guarantee: fromText(guarantee), amount: signed!.cap, reason: '', ...named },
          guarantee,
        ),
      payCall: () => {
        const calls = Object.entries(loan.guarantees?.called ?? {})
        const [id, call] = calls[which % Math.max(1, calls.length)] ?? []
        if (!id || !call) return
        const { guarantor } = loan.guarantees!.signed[call.guarantee]!
        this.pay(this.of(guarantor), this.of(call.by), Math.min(amount, call.amount), reads, { call: fromText(id) })
      },
      repay: () => this.pay(borrower, creditor, amount, reads, named),
      settle: () => this.pay(borrower, creditor, 120_000, reads, named),
      payBack: () =>
        guarantee && this.pay(borrower, this.of(signed!.guarantor), amount, reads, { guarantee: fromText(guarantee) }),
      guarantee: () => this.sign([this.stranger, ...this.guarantors, borrower][which % 4]!, amount),
      reminder: () =>
        say(creditor, 'charge.levied', {
          ...{
            charge: 'event',
            name: 'reminder',
            component: 'fee',
            amount: 1 + (size % 500),
            due: this.day,
            reason: '',
          },
          ...named,
        }),
      cancel: () => say(borrower, 'agreement.cancelled', { reason: '' }),
      refuse: () => {
        const sent = say(borrower, 'payment.sent', { ...this.sending(amount), ...named })
        say(creditor, 'payment.refused', { payment: fromText(sent.id), reason: '' }, sent.id)
      },
      pledge: () =>
        say([borrower, ...this.guarantors][which % 3]!, 'collateral.pledged', { what: 'Van', description: '' }),
      value: () => {
        if (!this.last('collateral.pledged', 0)) acts.pledge()
        const pledge = this.last('collateral.pledged', which)
        if (pledge)
          say(
            this.arbiter,
            'collateral.valued',
            { pledge: fromText(pledge.id), amount: size * 100, date: this.day, method: 'seen' },
            pledge.id,
          )
      },
      release: () => {
        if (!this.last('collateral.pledged', 0)) acts.pledge()
        const pledge = this.last('collateral.pledged', which)
        const by = this.lenders[which % this.lenders.length]!
        if (pledge) say(by, 'collateral.released', { pledge: fromText(pledge.id), reason: '' }, pledge.id)
      },
      dispute: () => {
        const [kind, make] = wrongs[which % wrongs.length]!
        if (!this.last(kind, 0)) make()
        const about = this.last(kind, 0)
        const by = [borrower, borrower, this.stranger, ...this.lenders, ...this.guarantors][size % 5]!
        if (about) say(by, 'dispute.opened', { about: fromText(about.id), text: '' }, about.id)
      },
      answer: () => {
        const dispute = this.last('dispute.opened', which % 2)
        if (dispute) say(creditor, 'dispute.answered', { dispute: fromText(dispute.id), text: '' }, dispute.id)
      },
      rule: () => {
        if (!this.last('dispute.opened', 0)) acts.dispute()
        const dispute = this.last('dispute.opened', which % 2)
        if (dispute) this.rule(dispute, loan, size, which, reads)
      },
      takeBack: () => {
        const paid = () => creditor.records.filter(({ kind }) => kind === 'payment.confirmed')
        if (paid().length === 0) acts.repay()
        const own = paid()
        const confirmed = own[which % Math.max(1, own.length)]
        if (confirmed) say(creditor, 'payment.reversed', { confirmation: fromText(confirmed.id), reason: '' })
      },
    }
    acts[act]()
  }

  /** By what fits most often, or by any sum. */
  private rule(dispute: FoldRecord, loan: LoanState, size: number, which: number, reads: boolean): void {
    const about = toText(dispute.body['about'] as Uint8Array)
    const kind = this.records.find(({ id }) => id === about)!.kind
    const refused = Object.entries(loan.refused).find(([, { id }]) => id === about)?.[0] ?? about
    const on = (type: string, record: string, more: Body = {}): Body => ({ type, record: fromText(record), ...more })
    const fitting: { [kind: string]: Body } = {
      'payment.refused': on('establishPayment', refused, { amount: size * 10, receivedOn: this.day }),
      'payment.reversed': on('acceptReversal', about),
      'default.declared': on(size % 2 ? 'annulDefault' : 'upholdDefault', about),
      'agreement.cancelled': on(size % 2 ? 'annulCancellation' : 'upholdCancellation', about),
      'charge.levied': on('waiveCharge', about),
    }
    const note = isOneAccount(loan) ? {} : { note: '0' }
    const award: Body = { type: 'award', to: size % 2 ? 'borrower' : 'lender', amount: size * 5, ...note }
    const outcome = size % 5 === 0 ? award : size % 7 === 0 ? { type: 'dismissed' } : fitting[kind]!
    const body = { dispute: fromText(dispute.id), outcome, reason: '' }
    this.say(this.arbiter, 'dispute.resolved', body, reads, dispute.id)
  }

  private sign(by: LogWriter, cap: number): FoldRecord {
    by.now = Math.max(by.now, this.proposal.at + 1_000)
    const body = { loan: fromText(this.proposal.id), cap, covers: cap % 5 === 0 ? 'principal' : 'all', note: '' }
    return by.write('guarantee.signed', { refs: by === this.story.borrower ? [] : [this.proposal], body })
  }

  private sending(amount: number): Body {
    return { amount, valueDate: this.day, rail: 'bank', reference: '' }
  }

  private pay(payer: LogWriter, payee: LogWriter, amount: number, reads: boolean, about: Body = {}): void {
    const sent = this.say(payer, 'payment.sent', { ...this.sending(amount), ...about }, reads)
    const body = { payment: fromText(sent.id), amount, receivedOn: this.day, rail: 'bank' }
    this.say(payee, 'payment.confirmed', body, reads, sent.id)
  }

  private loan(): LoanState {
    return foldSubject<LoanState>(this.loanId, 'loan', loanRecords(this.records, this.loanId), trustRules).state
  }

  private of(identity: string): LogWriter {
    return this.people.find(({ author }) => author === identity)!
  }

  private last(kind: string, back: number): FoldRecord | undefined {
    const found = this.records.filter((record) => record.kind === kind).sort((a, b) => b.at - a.at)
    return found[back % Math.max(1, found.length)]
  }

  /** Who has read everything rests on all that was said, who has not on what it answers alone. */
  private say(by: LogWriter, kind: string, body: Body, reads: boolean, answered?: string): FoldRecord {
    const words = reads ? this.people.flatMap((other) => (other === by ? [] : other.records.slice(-1))) : []
    const answer = this.records.filter(({ id, author }) => id === answered && author !== by.author)
    const refs = [...new Set([...answer, ...words])].filter(({ id }) => id !== this.loanId)
    by.now = Math.max(by.now, Date.parse(this.day) + DAY_MS / 2, ...refs.map(({ at }) => at + 1))
    return this.write(by, kind, body, refs)
  }

  private write(by: LogWriter, kind: string, body: Body, refs: FoldRecord[] = []): FoldRecord {
    by.now = Math.max(by.now, this.proposal.at + 1_000)
    return by.write(kind, { subj: this.proposal, body, refs })
  }
}

/** The records of a loan, and the guarantees that concern it. */
export function loanRecords(records: readonly FoldRecord[], loan: string): FoldRecord[] {
  return records.filter(
    ({ id, subj, kind, refs }) => id === loan || subj === loan || (kind === 'guarantee.signed' && refs.includes(loan)),
  )
}
