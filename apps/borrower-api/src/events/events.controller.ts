import type { MessageEvent } from '@nestjs/common'
import { interval, map, merge, type Observable, retry, timer } from 'rxjs'
import type { Actor } from '#libs/messages'
import { NodeClient } from '#libs/node-client'
import { BorrowerController, By, Watch } from '../edge/borrower-controller.js'

/** Proxies and phones drop a connection that is silent for longer. */
const HEARTBEAT_MS = 20_000
const RECONNECT_MS = 2_000

const DESCRIPTION =
  'Server-sent events. `change` names the subjects (loans, offers, applications, …) whose state changed: fetch those that ' +
  'matter again, with `If-None-Match`. `ping` every 20 seconds shows that the connection lives. Nothing is replayed after a ' +
  'reconnection: fetch once, then listen.'

@BorrowerController('Events')
export class EventsController {
  constructor(private readonly node: NodeClient) {}

  @Watch('events', { id: 'watchEvents', summary: 'What changes, as it changes', description: DESCRIPTION })
  watch(@By() actor: Actor): Observable<MessageEvent> {
    const changes = this.node.stream('events.watch', { actor }).pipe(
      retry({ delay: () => timer(RECONNECT_MS) }),
      map(({ seq, subjects }) => ({ id: String(seq), type: 'change', data: { subjects } })),
    )
    return merge(changes, interval(HEARTBEAT_MS).pipe(map(() => ({ type: 'ping', data: {} }))))
  }
}
