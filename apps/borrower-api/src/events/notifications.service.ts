import { Injectable, Logger } from '@nestjs/common'
import { concatMap, EMPTY, from, type Observable } from 'rxjs'
import type { Actor, ChangeEvent, LoanView } from '#libs/messages'
import { NodeClient, RefusalException } from '#libs/node-client'
import { type HappeningResource, happeningResource } from '../loans/record.resource.js'

/** Other people's loans that a connection remembers, so that it does not ask for them at each of their changes. */
const MOST_OTHERS = 10_000

/** What happened to a loan, as a notification carries it. */
export interface Notification extends HappeningResource {
  loan: string
}

/** What one connection knows already. */
interface Known {
  /** Records of own loans that it need not be told of. */
  readonly records: Map<string, Set<string>>
  readonly others: Set<string>
}

/** What happens to the loans of one person, in words that an app can show, as it becomes known. */
@Injectable()
export class Notifications {
  private readonly logger = new Logger(Notifications.name)

  constructor(private readonly node: NodeClient) {}

  /** What is new in the actor's loans after each change. Nothing without an identity. */
  of(actor: Actor, changes: Observable<ChangeEvent>): Observable<Notification> {
    if (actor.identity === null) return EMPTY
    const knowing = this.knownTo(actor)
    return changes.pipe(
      concatMap(async ({ subjects }) => {
        const loans = subjects.filter(({ type }) => type === 'loan').map(({ subject }) => subject)
        return this.newIn(actor, loans, await knowing)
      }),
      concatMap((notifications) => from(notifications)),
    )
  }

  /** All that is there when the connection begins. */
  private async knownTo(actor: Actor): Promise<Known> {
    const known: Known = { records: new Map(), others: new Set() }
    try {
      const { items } = await this.node.ask('loans.list', { actor, side: 'borrower', limit: 200 })
      for (const { id } of items) {
        const { timeline } = await this.node.ask('loans.show', { actor, loan: id })
        known.records.set(id, new Set(timeline.map(({ record }) => record)))
      }
    } catch (error) {
      this.logger.warn(error)
    }
    return known
  }

  private async newIn(actor: Actor, loans: readonly string[], known: Known): Promise<Notification[]> {
    const found: Notification[] = []
    for (const loan of loans) {
      if (known.others.has(loan)) continue
      const view = await this.shown(actor, loan)
      if (view === null) continue
      if (view.borrower === actor.identity) found.push(...unheard(view, known))
      else if (known.others.size < MOST_OTHERS) known.others.add(loan)
    }
    return found
  }

  /** The loan; null when the node does not have it, or is away for the moment. */
  private async shown(actor: Actor, loan: string): Promise<LoanView | null> {
    try {
      return await this.node.ask('loans.show', { actor, loan })
    } catch (error) {
      if (!(error instanceof RefusalException)) this.logger.warn(error)
      return null
    }
  }
}

/** What of a loan's timeline was not known, and is from now on. */
function unheard({ id, timeline, principal }: LoanView, { records }: Known): Notification[] {
  const before = records.get(id) ?? new Set()
  records.set(id, new Set(timeline.map(({ record }) => record)))
  const items = timeline.filter(({ record }) => !before.has(record))
  return items.map((item) => ({ loan: id, ...happeningResource(item, principal.currency) }))
}
