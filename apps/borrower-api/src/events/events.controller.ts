import type { MessageEvent } from '@nestjs/common'
import { interval, map, merge, type Observable, retry, share, timer } from 'rxjs'
import type { Actor } from '#libs/messages'
import { NodeClient } from '#libs/node-client'
import { BorrowerController, By, Watch } from '../edge/borrower-controller.js'
import { Notifications } from './notifications.service.js'

/** Proxies and phones drop a connection that is silent for longer. */
const HEARTBEAT_MS = 20_000
const RECONNECT_MS = 2_000

const DESCRIPTION =
  'Server-sent events. `change` names the subjects (loans, offers, applications, …) whose state changed: fetch those that ' +
  'matter again, with `If-None-Match`. `notification` tells what happened to an own loan: its `loan`, and the members of an ' +
  'item of `getLoanHistory`, for example that a charge was levied or a restructuring proposed, and `by` whom. `ping` every 20 ' +
  'seconds shows that the connection lives. Nothing is replayed after a reconnection: fetch once, then listen.'

@BorrowerController('Events')
export class EventsController {
  constructor(
    private readonly node: NodeClient,
    private readonly notifications: Notifications,
  ) {}

  @Watch('events', { id: 'watchEvents', summary: 'What changes, as it changes', description: DESCRIPTION })
  watch(@By() actor: Actor): Observable<MessageEvent> {
    const changed = this.node
      .stream('events.watch', { actor })
      .pipe(retry({ delay: () => timer(RECONNECT_MS) }), share())
    const changes = changed.pipe(map(({ seq, subjects }) => ({ id: String(seq), type: 'change', data: { subjects } })))
    const notifications = this.notifications
      .of(actor, changed)
      .pipe(map((data) => ({ id: data.record, type: 'notification', data })))
    return merge(changes, notifications, interval(HEARTBEAT_MS).pipe(map(() => ({ type: 'ping', data: {} }))))
  }
}
