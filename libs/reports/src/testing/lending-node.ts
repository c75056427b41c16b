/** A store with a network of a lender and a borrower, and the services that lend, pay, book and report on it. */
import { collateralRules } from '#libs/collateral'
import { disputeMigrations, disputeProjections, disputeRules } from '#libs/disputes'
import { isRefusal, type Refusal } from '#libs/fold'
import { guaranteeMigrations, guaranteeProjections, guaranteeRules } from '#libs/guarantees'
import { Explanations, JournalExport, Ledger, ledgerMigrations, ledgerVerifySteps } from '#libs/ledger'
import {
  Adopting,
  loanMigrations,
  loanProjections,
  loanRules,
  Loans,
  ProposerDuty,
  Servicing,
  Taking,
} from '#libs/loans'
import type { Actor, LoanView, NewcomerPolicy, OfferTerms } from '#libs/messages'
import {
  Configurations,
  DEFAULT_POLICY,
  type IdentityKeys,
  LocalNetworks,
  networkMigrations,
  networkProjections,
  networkRules,
} from '#libs/network'
import {
  Applications,
  LendingLimits,
  NewcomerLimits,
  offerMigrations,
  offerProjections,
  offerRules,
  Offers,
} from '#libs/offers'
import { noteMigrations, noteProjections, noteRules, Notes } from '#libs/notes'
import { paymentMigrations, paymentProjections, paymentRules, Payments, paymentVerifySteps } from '#libs/payments'
import { profileMigrations, profileProjections, profileRules } from '#libs/profiles'
import { fromText } from '#libs/record'
import { Bids, requestMigrations, requestProjections, requestRules, Requests } from '#libs/requests'
import { startTestStore, StoreQueries, type Draft, type TestStore } from '#libs/store'
import { STORY_TERMS } from '../../../loans/src/testing/loan-story.js'
import { Reports } from '../reports.service.js'

const DAY_MS = 86_400_000

/** The answer, which must be none of refusal. */
export async function ok<T>(answer: Promise<T | Refusal>): Promise<T> {
  const value = await answer
  if (isRefusal(value)) throw new Error(`refused: ${JSON.stringify(value)}`)
  return value
}

const actor = (role: Actor['role'], identity: string): Actor => ({ account: role, role, identity })

export class LendingNode {
  readonly offers: Offers
  readonly applications: Applications
  readonly loans: Loans
  readonly limits: LendingLimits
  readonly requests: Requests
  readonly bids: Bids
  readonly taking: Taking
  readonly adopting: Adopting
  readonly servicing: Servicing
  readonly payments: Payments
  readonly notes: Notes
  readonly ledger: Ledger
  readonly explanations: Explanations
  readonly journal: JournalExport
  readonly reports: Reports
  readonly duty: ProposerDuty
  /** Identities whose proposals the duty settles. */
  private readonly here: string[]

  private constructor(
    readonly store: TestStore,
    readonly net: string,
    readonly lender: Actor,
    readonly borrower: Actor,
  ) {
    const { records, database, clock } = store
    this.here = [lender.identity!, borrower.identity!]
    const here = { here: this.here } as Pick<IdentityKeys, 'here'> as IdentityKeys
    this.limits = new LendingLimits(database, clock)
    this.offers = new Offers(records, database, clock, this.limits)
    const newcomers = new NewcomerLimits(new Configurations(records, database))
    this.applications = new Applications(records, database, newcomers)
    this.loans = new Loans(records, database, clock, this.limits, newcomers)
    this.requests = new Requests(records, database, clock, newcomers)
    this.bids = new Bids(records, database, clock, this.limits, newcomers)
    this.taking = new Taking(records, database, this.loans, clock, newcomers)
    this.adopting = new Adopting(records, this.loans)
    this.servicing = new Servicing(records, database, this.loans, clock)
    this.payments = new Payments(records, database, clock)
    this.notes = new Notes(records, database, this.payments, clock)
    this.duty = new ProposerDuty(records, database, here, clock)
    this.ledger = new Ledger(database, clock)
    this.explanations = new Explanations(database, new StoreQueries(database, records), clock)
    this.journal = new JournalExport(database)
    this.reports = new Reports(database, new LocalNetworks(database), new Configurations(records, database), clock)
  }

  static async start({ newcomer }: { newcomer?: NewcomerPolicy } = {}): Promise<LendingNode> {
    const store = await startTestStore({
      features: [
        ...[networkRules, profileRules, offerRules, requestRules, loanRules, paymentRules, noteRules],
        ...[guaranteeRules, collateralRules, disputeRules],
      ],
      projections: [
        ...networkProjections,
        ...offerProjections,
        ...requestProjections,
        ...loanProjections,
        ...paymentProjections,
        ...noteProjections,
        ...profileProjections,
        ...guaranteeProjections,
        ...disputeProjections,
      ],
      migrations: [
        ...networkMigrations,
        ...offerMigrations,
        ...requestMigrations,
        ...ledgerMigrations,
        ...loanMigrations,
        ...paymentMigrations,
        ...noteMigrations,
        ...profileMigrations,
        ...guaranteeMigrations,
        ...disputeMigrations,
      ],
      verifySteps: [...ledgerVerifySteps, ...paymentVerifySteps],
    })
    const [lena, bob] = [store.keys.key(1), store.keys.key(2)]
    const { net } = await store.createNetwork(1, {
      name: 'Friends',
      steward: fromText(lena),
      witnesses: [fromText(lena)],
      quorum: 1,
      rules: 1,
      policy: { ...DEFAULT_POLICY, ...(newcomer ? { newcomer: { ...newcomer } } : {}) },
      next: new Uint8Array(32),
    })
    await admit(store, net, lena, bob)
    return new LendingNode(store, net, actor('lender', lena), actor('borrower', bob))
  }

  /** One more person here, with the store's n-th key. */
  async join(n: number, role: Actor['role']): Promise<Actor> {
    const newcomer = actor(role, this.store.keys.key(n))
    await admit(this.store, this.net, this.lender.identity!, newcomer.identity!)
    this.here.push(newcomer.identity!)
    return newcomer
  }

  /** Today, by the store's clock. */
  get today(): string {
    return this.dayIn(0)
  }

  dayIn(days: number): string {
    return new Date(this.store.clock.now() + days * DAY_MS).toISOString().slice(0, 10)
  }

  pass(days: number): void {
    this.store.clock.advance(days * DAY_MS)
  }

  /** A loan that was agreed, paid out and confirmed today. */
  async lend(amount: number, instalments: number, terms: Partial<OfferTerms> = {}): Promise<LoanView> {
    const { lender, borrower } = this
    const offer = await ok(this.offers.publish(lender, { ...STORY_TERMS, ...terms }))
    const asked = { actor: borrower, offer: offer.id, amount, instalments, purpose: 'a bicycle' }
    const { id: application } = await ok(this.applications.submit(asked))
    const { id: loan, payouts } = await ok(this.loans.propose({ actor: lender, application }))
    const arrives = payouts.reduce((sum, payout) => sum + payout.arrives, 0)
    await ok(this.loans.sign(borrower, loan))
    await this.duty.look()
    const paying = { actor: lender, loan, amount: arrives, rail: 'bank', acceptNotFinal: true } as const
    const sent = await ok(this.payments.send(paying))
    await ok(this.payments.confirm({ actor: borrower, payment: sent.id, amount: arrives }))
    return ok(this.loans.show(lender, loan))
  }

  /** The borrower sends money today, and the lender confirms `arrived` of it. */
  async repay(loan: string, amount: number, arrived = amount): Promise<void> {
    const sent = await ok(this.payments.send({ actor: this.borrower, loan, amount, rail: 'bank' }))
    await ok(this.payments.confirm({ actor: this.lender, payment: sent.id, amount: arrived }))
  }

  /** What `verify` finds wrong. */
  async problems(): Promise<string[]> {
    const problems: string[] = []
    for await (const item of this.store.records.verify()) if ('done' in item) problems.push(...item.problems)
    return problems
  }

  close(): Promise<void> {
    return this.store.close()
  }
}

/** `inviter` invites and admits an identity. */
async function admit(store: TestStore, net: string, inviter: string, identity: string): Promise<void> {
  const { records, clock } = store
  const write = async (author: string, draft: Draft) =>
    (await ok(records.append(net, author, () => [draft]))).records[0]!.id
  const newcomer = { kind: 'identity.created', subj: null, refs: [], body: { next: new Uint8Array(32) } }
  const created = await write(identity, newcomer)
  const keyHash = { keyHash: fromText(identity), expiresAt: clock.now() + DAY_MS }
  const invite = await write(inviter, { kind: 'invite.created', subj: net, refs: [], body: keyHash })
  const body = { invite: fromText(invite) }
  await write(inviter, { kind: 'member.admitted', subj: net, refs: [created], body })
}
