import { Injectable } from '@nestjs/common'
import { finalize, type Observable, retry, share, timer } from 'rxjs'
import type { Actor, ChangeEvent } from '#libs/messages'
import { NodeClient } from '#libs/node-client'

const RECONNECT_MS = 2_000

/** Changes at the node, one connection per account however many of its pages are open. */
@Injectable()
export class EventsService {
  private readonly byAccount = new Map<string, Observable<ChangeEvent>>()

  constructor(private readonly node: NodeClient) {}

  /** Emits what changed; goes on by itself when the node was away. */
  watch(actor: Actor): Observable<ChangeEvent> {
    const known = this.byAccount.get(actor.account)
    if (known) return known
    const changes = this.node.stream('events.watch', { actor }).pipe(
      retry({ delay: () => timer(RECONNECT_MS) }),
      finalize(() => this.byAccount.delete(actor.account)),
      share(),
    )
    this.byAccount.set(actor.account, changes)
    return changes
  }
}
