import { type MessageEvent, Sse } from '@nestjs/common'
import { interval, map, merge, type Observable } from 'rxjs'
import type { Actor } from '#libs/messages'
import { EventsService } from './events.service.js'
import { By, For, LenderController, READERS } from './lender-controller.js'

const HEARTBEAT_MS = 20_000

/** Server-sent events: `change` with the subjects that changed, `ping` so that a dead connection shows. */
@LenderController('events')
export class EventsController {
  constructor(private readonly events: EventsService) {}

  @Sse()
  @For(...READERS)
  watch(@By() actor: Actor): Observable<MessageEvent> {
    const changes = this.events.watch(actor).pipe(map((change) => ({ type: 'change', data: change })))
    return merge(changes, interval(HEARTBEAT_MS).pipe(map(() => ({ type: 'ping', data: {} }))))
  }
}
