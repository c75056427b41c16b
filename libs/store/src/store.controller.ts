import { Controller } from '@nestjs/common'
import { MessagePattern, Payload } from '@nestjs/microservices'
import { isRefusal } from '#libs/fold'
import type { StoreMessages } from '#libs/messages'
import { toText } from '#libs/record'
import { from, type Observable, of } from 'rxjs'
import { Books } from './books.service.js'
import { Records } from './records.service.js'
import { malformed } from './requests.js'
import { StoreQueries } from './store-queries.service.js'

type Request<M extends keyof StoreMessages> = StoreMessages[M]['request']

/** Answers what faces ask about records, and what operators do with the store. */
@Controller()
export class StoreController {
  constructor(
    private readonly records: Records,
    private readonly queries: StoreQueries,
    private readonly books: Books,
  ) {}

  @MessagePattern('records.show')
  async show(@Payload() request: Request<'records.show'>) {
    return malformed('records.show', request) ?? this.queries.show(request.id)
  }

  @MessagePattern('records.timeline')
  async timeline(@Payload() request: Request<'records.timeline'>) {
    return malformed('records.timeline', request) ?? this.queries.timeline(request.subject)
  }

  @MessagePattern('records.log')
  async log(@Payload() request: Request<'records.log'>) {
    return malformed('records.log', request) ?? this.queries.log(request.author, request)
  }

  @MessagePattern('store.verify')
  verify(@Payload() request: Request<'store.verify'>): Observable<unknown> {
    const refusal = malformed('store.verify', request)
    return refusal ? of(refusal) : from(this.records.verify())
  }

  @MessagePattern('store.rebuild')
  rebuild(@Payload() request: Request<'store.rebuild'>): Observable<unknown> {
    const refusal = malformed('store.rebuild', request)
    return refusal ? of(refusal) : from(this.records.rebuild())
  }

  @MessagePattern('store.export')
  async export(@Payload() request: Request<'store.export'>) {
    return malformed('store.export', request) ?? this.books.exportTo(request.path, request.loan)
  }

  @MessagePattern('store.import')
  async import(@Payload() request: Request<'store.import'>) {
    const outcome = malformed('store.import', request) ?? (await this.books.importFrom(request.path))
    if (isRefusal(outcome)) return outcome
    return { ...outcome, refused: outcome.refused.map(({ author, reason }) => ({ author: toText(author), reason })) }
  }

  @MessagePattern('store.digests')
  async digests(@Payload() request: Request<'store.digests'>) {
    return malformed('store.digests', request) ?? this.records.digests()
  }

  @MessagePattern('events.watch')
  watch(@Payload() request: Request<'events.watch'>): Observable<unknown> {
    const refusal = malformed('events.watch', request)
    return refusal ? of(refusal) : this.queries.watch()
  }
}
