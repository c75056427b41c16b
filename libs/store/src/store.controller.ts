import { Ctx, MessagePattern, TcpContext } from '@nestjs/microservices'
import { ActorRequest, Allow, EmptyRequest, NodeController, Open } from '#libs/access'
import { isRefusal } from '#libs/fold'
import { toText } from '#libs/record'
import { from, Observable, takeUntil } from 'rxjs'
import { Books } from './books.service.js'
import { Records } from './records.service.js'
import { ExportRequest, LogRequest, PathRequest, ProveRequest, RecordRequest, SubjectRequest } from './store.dto.js'
import { StoreQueries } from './store-queries.service.js'

/** What faces ask about records, which every member of a network may read, and what operators do with the store. */
@NodeController()
export class StoreController {
  constructor(
    private readonly records: Records,
    private readonly queries: StoreQueries,
    private readonly books: Books,
  ) {}

  @MessagePattern('records.show')
  @Open()
  show({ id }: RecordRequest) {
    return this.queries.show(id)
  }

  @MessagePattern('records.prove')
  @Open()
  async prove({ id, bodies }: ProveRequest) {
    const proof = await this.records.prove(id, bodies ?? false)
    return isRefusal(proof) ? proof : { proof: Buffer.from(proof).toString('base64') }
  }

  @MessagePattern('records.timeline')
  @Open()
  timeline({ subject }: SubjectRequest) {
    return this.queries.timeline(subject)
  }

  @MessagePattern('records.log')
  @Open()
  log({ author, ...page }: LogRequest) {
    return this.queries.log(author, page)
  }

  @MessagePattern('store.verify')
  @Allow('auditor')
  verify(_request: ActorRequest): Observable<unknown> {
    return from(this.records.verify())
  }

  @MessagePattern('store.rebuild')
  @Allow('operator')
  rebuild(_request: ActorRequest): Observable<unknown> {
    return from(this.records.rebuild())
  }

  @MessagePattern('store.export')
  @Allow('operator')
  export({ path, loan }: ExportRequest) {
    return this.books.exportTo(path, loan)
  }

  @MessagePattern('store.import')
  @Allow('operator')
  async import({ path }: PathRequest) {
    const outcome = await this.books.importFrom(path)
    if (isRefusal(outcome)) return outcome
    return { ...outcome, refused: outcome.refused.map(({ author, reason }) => ({ author: toText(author), reason })) }
  }

  @MessagePattern('store.digests')
  @Open()
  digests(_request: EmptyRequest) {
    return this.records.digests()
  }

  @MessagePattern('events.watch')
  @Allow('lender', 'borrower', 'auditor')
  watch(_request: ActorRequest, @Ctx() context: unknown): Observable<unknown> {
    const changes = this.queries.watch()
    if (!(context instanceof TcpContext)) return changes
    // Nest goes on sending into a socket that is gone.
    const gone = new Observable((end) => void context.getSocketRef().on('close', () => end.next(null)))
    return changes.pipe(takeUntil(gone))
  }
}
