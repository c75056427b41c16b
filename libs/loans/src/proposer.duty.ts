/**
 * What a proposer's node owes the other parties without being asked: it concludes an agreement, or a change of one, as soon as
 * all have signed, and lets lapse what was declined or expired, which frees the offer's capacity.
 */
import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common'
import { isRefusal, type Refusal } from '#libs/fold'
import { IdentityKeys } from '#libs/network'
import { fromText } from '#libs/record'
import { CLOCK, Records, type Clock, type Draft } from '#libs/store'
import { filter, interval, merge, type Subscription } from 'rxjs'
import { DataSource } from 'typeorm'
import type { LoanState } from './loan.js'
import { othersSignatures, proposerDuty } from './signing.js'
import { changeDuty, declinesOf, otherSignatures } from './changing.js'
import { proposalsToSettle, type Unsettled } from './loan.table.js'

/** Expiry is looked for this often, ms of real time; a change of a loan is looked at on the spot. */
const LOOK_EVERY_MS = 1_000

@Injectable()
export class ProposerDuty implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly log = new Logger(ProposerDuty.name)
  private looking: Promise<void> | null = null
  private again = false
  private watch: Subscription | undefined

  constructor(
    private readonly records: Records,
    private readonly database: DataSource,
    private readonly keys: IdentityKeys,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    const changes = this.records.projected.pipe(filter(({ subjects }) => subjects.some(({ type }) => type === 'loan')))
    this.watch = merge(changes, interval(LOOK_EVERY_MS)).subscribe(() => void this.look())
  }

  async onModuleDestroy(): Promise<void> {
    this.watch?.unsubscribe()
    this.again = false
    await this.looking
  }

  /** Settles what is due. One look at a time; a change during a look leads to another one. */
  look(): Promise<void> {
    this.again = this.looking !== null
    this.looking ??= this.settleAll()
      .catch((error: unknown) => this.log.error(error))
      .finally(() => {
        this.looking = null
        if (this.again) void this.look()
      })
    return this.looking
  }

  private async settleAll(): Promise<void> {
    const due = await proposalsToSettle(this.database.manager, this.keys.here, this.clock.now())
    await Promise.all(due.map((unsettled) => this.settle(unsettled)))
  }

  private async settle({ loan, proposer, change }: Unsettled): Promise<void> {
    const first = await this.records.record(loan)
    if (!first) return
    const settled = await this.records.append(first.net, proposer, async (view) => {
      const folded = await view.fold<LoanState>('loan', loan)
      if (!folded) return { refused: 'loan_not_found' }
      return change === null ? settlement(folded.state, view.now) : changeSettlement(folded.state, change, view.now)
    })
    // A locked key or a clock behind are tried again at the next look.
    if (isRefusal(settled)) this.log.debug(`loan ${loan} is not settled: ${settled.refused}`)
  }
}

/** The record that settles a proposal: its conclusion with everyone's signatures, or its lapse with the refusals that it knows. */
export function settlement(loan: LoanState, now: number): Draft[] | Refusal {
  const duty = proposerDuty(loan, now)
  if (duty === null) return { refused: 'nothing_to_settle' }
  const concludes = duty === 'conclude'
  const refs = concludes ? othersSignatures(loan) : Object.values(loan.declines).map(({ id }) => id)
  return [{ kind: concludes ? 'agreement.concluded' : 'agreement.lapsed', subj: loan.id, refs, body: {} }]
}

/** The same for a change of the table. */
function changeSettlement(loan: LoanState, change: string, now: number): Draft[] | Refusal {
  const duty = changeDuty(loan, change, now)
  if (duty === null) return { refused: 'nothing_to_settle' }
  const concludes = duty === 'conclude'
  const refs = concludes ? otherSignatures(loan, change) : [...declinesOf(loan, change).values()].map(({ id }) => id)
  const kind = concludes ? 'restructure.concluded' : 'restructure.lapsed'
  return [{ kind, subj: loan.id, refs, body: { change: fromText(change) } }]
}
