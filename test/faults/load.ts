/**
 * What goes on while things are killed: every operator lends to every other, by the commands that a page or a command line sends.
 * A command without an answer is sent again, as people do; one that got its answer is a promise that is kept in `Acknowledged`.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { isRefusal, type Refusal } from '#libs/fold'
import type { AnswerOf, LoanView, MessageName, OfferTerms, PaymentView, RequestOf } from '#libs/messages'
import { NodeFailure, NodeUnreachable } from '#libs/node-client'
import type { Acknowledged } from './acknowledged.js'
import type { Member } from './members.js'

const terms: OfferTerms = {
  currency: 'EUR',
  capacity: 1_000_000_000,
  minAmount: 10_000,
  maxAmount: 100_000,
  minInstalments: 1,
  maxInstalments: 12,
  every: { count: 1, unit: 'month' },
  annualRatePpm: 80_000,
  method: 'annuity',
  dayCount: 'ACT/365F',
}

/** Between two tries of a command, and between two looks at what another node has to bring first (ms). */
const PAUSE_MS = 150
/** A loan whose other side does not move for so long (ms) is left as it is, and a new one begun. */
const PATIENCE_MS = 30_000

/** Thrown inside a story when it can't go on: another one begins. */
class Abandoned extends Error {}

type AnswerTo<Name extends MessageName> = Exclude<AnswerOf<Name>, Refusal>

export class Load {
  /** Commands that were answered, by name. */
  readonly answered = new Map<string, number>()
  /** Commands that got no answer, or an error: the node was struck. */
  unanswered = 0
  private paused = false
  private running = 0
  private stopped = false
  private readonly stories: Promise<void>[] = []
  private readonly listeners = new Map<number, () => void>()

  constructor(
    private readonly members: readonly Member[],
    private readonly acknowledged: Acknowledged,
    /** Between two steps of one story (ms). */
    private readonly restMs: number,
  ) {}

  /** Begins a story for each pair of members, again and again. */
  start(): void {
    for (const lender of this.members)
      for (const borrower of this.members)
        if (lender !== borrower) this.stories.push(this.lendAgainAndAgain(lender, borrower))
  }

  /** Resolves when no command is under way; none is sent before `resume`. */
  async pause(): Promise<void> {
    this.paused = true
    while (this.running > 0) await sleep(20)
  }

  resume(): void {
    this.paused = false
  }

  async stop(): Promise<void> {
    this.stopped = true
    this.paused = false
    await Promise.all(this.stories)
  }

  /** Resolves when the next command was sent to a member, or after `patienceMs`. */
  async nextCommandTo(index: number, patienceMs = 1_000): Promise<void> {
    await Promise.race([new Promise<void>((sent) => this.listeners.set(index, sent)), sleep(patienceMs)])
  }

  private async lendAgainAndAgain(lender: Member, borrower: Member): Promise<void> {
    let offer: string | null = null
    while (!this.stopped) {
      try {
        offer ??= (await this.command(lender, 'offers.publish', { actor: lender.actor, terms })).id
        await this.oneLoan(lender, borrower, offer)
      } catch (error) {
        if (!(error instanceof Abandoned)) throw error
      }
    }
  }

  private async oneLoan(lender: Member, borrower: Member, offer: string): Promise<void> {
    await this.seen(borrower, 'offers.show', { actor: borrower.actor, offer }, () => true)
    const wish = { offer, amount: 60_000, instalments: 3, purpose: 'Goats' }
    const application = (await this.command(borrower, 'applications.submit', { actor: borrower.actor, ...wish })).id
    await this.seen(lender, 'applications.show', { actor: lender.actor, application }, () => true)
    const { id: loan } = await this.command(lender, 'loans.propose', { actor: lender.actor, application })
    const show = (by: Member) => ({ actor: by.actor, loan })
    await this.seen(borrower, 'loans.show', show(borrower), () => true)
    await this.command(borrower, 'loans.sign', show(borrower))
    await this.seen(lender, 'loans.show', show(lender), ({ conclusion }) => conclusion?.final === true)
    await this.movement(loan, lender, borrower, 60_000)
    for (let instalment = 0; instalment < 3; instalment++) await this.movement(loan, borrower, lender, 20_000)
  }

  /** One side says that it sent money, the other that it came. */
  private async movement(loan: string, payer: Member, payee: Member, amount: number): Promise<void> {
    const sent = { actor: payer.actor, loan, amount, rail: 'cash' as const }
    await this.seen(payer, 'loans.show', { actor: payer.actor, loan }, () => true)
    const payment = await this.command(payer, 'payments.send', sent)
    const isHere = ({ items }: { items: PaymentView[] }) => items.some(({ id }) => id === payment.id)
    await this.seen(payee, 'payments.list', { actor: payee.actor, loan, limit: 200 }, isHere)
    await this.command(payee, 'payments.confirm', { actor: payee.actor, payment: payment.id, amount })
  }

  /** Sends a command until it is answered, and keeps what the answer promises. A refusal ends the story. */
  private async command<Name extends MessageName>(
    member: Member,
    name: Name,
    request: RequestOf<Name>,
  ): Promise<AnswerTo<Name>> {
    await sleep(this.restMs)
    const answer = await this.answerTo(member, name, request)
    if (isRefusal(answer)) throw new Abandoned(answer.refused)
    for (const record of recordsOf(answer as { id: string; records?: string[] }))
      this.acknowledged.keep(member.index, record)
    this.answered.set(name, (this.answered.get(name) ?? 0) + 1)
    return answer as AnswerTo<Name>
  }

  /** Asks until the answer fits: what another node wrote is on its way. */
  private async seen<Name extends MessageName>(
    member: Member,
    name: Name,
    request: RequestOf<Name>,
    fits: (answer: AnswerTo<Name>) => boolean,
  ): Promise<void> {
    for (const from = performance.now(); performance.now() - from < PATIENCE_MS; await sleep(PAUSE_MS)) {
      const answer = await this.answerTo(member, name, request)
      if (!isRefusal(answer) && fits(answer as AnswerTo<Name>)) return
    }
    throw new Abandoned(name)
  }

  private async answerTo<Name extends MessageName>(
    member: Member,
    name: Name,
    request: RequestOf<Name>,
  ): Promise<AnswerOf<Name>> {
    for (;;) {
      while (this.paused) await sleep(20)
      if (this.stopped) throw new Abandoned('stopped')
      this.running++
      try {
        const answer = member.client.send(name, request)
        this.listeners.get(member.index)?.()
        return await answer
      } catch (error) {
        if (!(error instanceof NodeUnreachable || error instanceof NodeFailure)) throw error
        this.unanswered++
      } finally {
        this.running--
      }
      await sleep(PAUSE_MS)
    }
  }
}

/** The records that an answer shows as written: an offer, application or loan by its id, a payment by all of its records. */
function recordsOf({ id, records }: { id: string; records?: string[] } & Partial<LoanView>): string[] {
  return [id, ...(records ?? [])]
}
