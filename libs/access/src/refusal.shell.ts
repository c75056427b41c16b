/** How a refusal found outside a handler (guard, validation) becomes the message's answer, like one that a handler returns. */
import { Catch, type RpcExceptionFilter } from '@nestjs/common'
import { type Observable, of } from 'rxjs'
import type { Refusal } from '#libs/fold'

/** Carries a refusal from a guard or a pipe to the filter; handlers return refusals instead. */
export class RefusalException extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.refused)
  }
}

/** Answers the refusal as a value. */
@Catch(RefusalException)
export class RefusalFilter implements RpcExceptionFilter<RefusalException> {
  catch(exception: RefusalException): Observable<Refusal> {
    return of(exception.refusal)
  }
}
