/** Reads an owner's loans, page by page in one snapshot, and makes reports of them. */
import { Inject, Injectable } from '@nestjs/common'
import type { Refusal } from '#libs/fold'
import { listGuarantees, type FoundGuarantee } from '#libs/guarantees'
import { holdersOf, lateLoans, listLoans, sumSteps, type LoanState } from '#libs/loans'
import type { AnswerOf, RequestOf } from '#libs/messages'
import { dateOfEpochDay, type PlainDate } from '#libs/money'
import { aliasesOf, Configurations, DEFAULT_POLICY, LocalNetworks } from '#libs/network'
import { CLOCK, type Clock } from '#libs/store'
import { DataSource, type EntityManager } from 'typeorm'
import { Arrears } from './arrears.js'
import { bucketStarts } from './bucket.js'
import { CashFlow } from './cash-flow.js'
import { InterestStatement } from './interest.js'
import { GuaranteeExposure } from './guaranteed.js'
import { isPlain, reportedOf } from './owned.js'
import { portfolioItems } from './portfolio.js'
import { Returns } from './returns.js'

const DAY_MS = 86_400_000
/** Loans in memory at one time. */
const PAGE = 500

type Side = 'lender' | 'borrower'
const BOTH: readonly Side[] = ['lender', 'borrower']

@Injectable()
export class Reports {
  constructor(
    private readonly database: DataSource,
    private readonly networks: LocalNetworks,
    private readonly configurations: Configurations,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async portfolio(request: RequestOf<'reports.portfolio'>): Promise<AnswerOf<'reports.portfolio'>> {
    const { owner, asOf, side } = { side: 'lender' as Side, ...this.scope(request) }
    if (owner === null) return NO_IDENTITY
    const fromDays = await this.arrearsFromDays()
    const sums = await sumSteps(this.database.manager, side, owner, asOf, bucketStarts(fromDays))
    return { owner, side, asOf, items: portfolioItems(sums, fromDays) }
  }

  async arrears(request: RequestOf<'reports.arrears'>): Promise<AnswerOf<'reports.arrears'>> {
    const { owner, asOf, side } = { side: 'lender' as Side, ...this.scope(request) }
    if (owner === null) return NO_IDENTITY
    const report = new Arrears(owner, side, asOf, await this.arrearsFromDays())
    const aliases = await this.snapshot(async (manager) => {
      for (const loan of await lateLoans(manager, side, owner, asOf)) report.add(loan)
      return aliasesOf(manager, report.counterparties())
    })
    return { owner, side, asOf, items: report.items(aliases), buckets: report.buckets() }
  }

  async interest(request: RequestOf<'reports.interest'>): Promise<AnswerOf<'reports.interest'>> {
    const { owner } = this.scope(request)
    const { year } = request
    if (owner === null) return NO_IDENTITY
    const report = new InterestStatement(owner, year)
    const aliases = await this.snapshot(async (manager) => {
      await eachLoan(manager, owner, BOTH, `${year}-12-31`, report)
      await eachPaidFor(manager, owner, `${year}-12-31`, report)
      return aliasesOf(manager, report.counterparties())
    })
    return { owner, year, items: report.items(aliases), totals: report.totals() }
  }

  async cashFlow(request: RequestOf<'reports.cashFlow'>): Promise<AnswerOf<'reports.cashFlow'>> {
    const { owner, asOf } = this.scope(request)
    if (owner === null) return NO_IDENTITY
    const report = new CashFlow(owner, asOf)
    await this.snapshot(async (manager) => {
      await eachLoan(manager, owner, BOTH, asOf, report)
      await eachPaidFor(manager, owner, asOf, report)
    })
    return { owner, asOf, items: report.items(), delays: report.delays(), unpaid: report.unpaid() }
  }

  async returns(request: RequestOf<'reports.returns'>): Promise<AnswerOf<'reports.returns'>> {
    const { owner, asOf } = this.scope(request)
    if (owner === null) return NO_IDENTITY
    const report = new Returns(owner, asOf, await this.arrearsFromDays())
    await this.snapshot((manager) => eachLoan(manager, owner, ['lender'], asOf, report))
    return { owner, asOf, items: report.items() }
  }

  async guarantees(request: RequestOf<'reports.guarantees'>): Promise<AnswerOf<'reports.guarantees'>> {
    const { owner, asOf } = this.scope(request)
    if (owner === null) return NO_IDENTITY
    const report = new GuaranteeExposure(owner, asOf)
    const aliases = await this.snapshot(async (manager) => {
      await eachGuaranteed(manager, owner, asOf, (loan) => report.add(loan))
      return aliasesOf(manager, report.borrowers())
    })
    return { owner, asOf, items: report.items(aliases), totals: report.totals() }
  }

  private scope<R extends { actor: { identity: string | null }; owner?: string; asOf?: string }>(
    request: R,
  ): Omit<R, 'owner' | 'asOf'> & { owner: string | null; asOf: PlainDate } {
    const today = dateOfEpochDay(Math.floor(this.clock.now() / DAY_MS))
    return { ...request, owner: request.owner ?? request.actor.identity, asOf: request.asOf ?? today }
  }

  /** By the configuration in force of this node's network. */
  private async arrearsFromDays(): Promise<readonly number[]> {
    const network = await this.networks.current()
    const config = network && (await this.configurations.inForce(network.net))
    return (config?.policy ?? DEFAULT_POLICY).arrearsFromDays
  }

  private snapshot<T>(read: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.database.transaction('REPEATABLE READ', read)
  }
}

const NO_IDENTITY: Refusal = { refused: 'no_identity' }

/** Gives every loan of the owner to the report, a page at a time. */
export async function eachLoan(
  manager: EntityManager,
  owner: string,
  sides: readonly Side[],
  asOf: PlainDate,
  report: { add(loan: LoanState): void },
): Promise<void> {
  for (const side of sides) {
    let after: { at: number; id: string } | null = null
    for (;;) {
      const loans: LoanState[] = await listLoans(manager, { [side]: owner, asOf }, { limit: PAGE, after })
      for (const loan of loans.slice(0, PAGE)) for (const of of reportedOf(loan, owner, side)) report.add(of)
      if (loans.length <= PAGE) break
      const last = loans[PAGE - 1]!
      after = { at: last.agreement!.proposedAt, id: last.id }
    }
  }
}

/** Gives the loans on which the owner paid as a guarantor to the report; those that it holds notes of are given as a lender's. */
async function eachPaidFor(
  manager: EntityManager,
  owner: string,
  asOf: PlainDate,
  report: { add(loan: LoanState): void },
): Promise<void> {
  await eachGuaranteed(manager, owner, asOf, (loan) => {
    if (!isPlain(loan) && !holdersOf(loan).includes(owner)) report.add(loan)
  })
}

/** Every loan that the owner guarantees or is asked to, the newest guarantee first, a page at a time. */
async function eachGuaranteed(
  manager: EntityManager,
  guarantor: string,
  today: PlainDate,
  take: (loan: LoanState) => void,
): Promise<void> {
  let after: { at: number; id: string } | null = null
  for (;;) {
    const found: FoundGuarantee[] = await listGuarantees(manager, { guarantor, today }, { limit: PAGE, after })
    for (const { state } of found.slice(0, PAGE)) take(state)
    if (found.length <= PAGE) break
    const last = found[PAGE - 1]!
    after = { at: last.at, id: last.key }
  }
}
