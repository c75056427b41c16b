/** How every controller of the lenders' face is declared. */
import {
  applyDecorators,
  Controller,
  createParamDecorator,
  type ExecutionContext,
  Header,
  UseFilters,
  UseGuards,
  UseInterceptors,
} from '@nestjs/common'
import type { Actor } from '#libs/messages'
import { ProblemFilter, RefusalException } from '#libs/node-client'
import { IdempotencyInterceptor } from './idempotency.interceptor.js'
import type { SignedInRequest } from './route-rule.js'
import { SessionGuard } from './session.guard.js'

export { Asked, AskedOpenly } from './asked.js'
export { ChangesNothing, For, Public, READERS } from './route-rule.js'
export type { SignedInRequest } from './route-rule.js'

/**
 * A controller under `/lender/`: session and origin checked, changes made once, errors as problems. The node checks what is in
 * the messages, and refuses unknown fields.
 */
export const LenderController = (path: string): ClassDecorator =>
  applyDecorators(
    Controller(`lender/${path}`),
    UseGuards(SessionGuard),
    UseInterceptors(IdempotencyInterceptor),
    UseFilters(ProblemFilter),
  )

/** Answers are one person's and of this moment: no cache keeps them. */
export const NoStore = (): MethodDecorator => Header('cache-control', 'no-store')

/** Who calls, as the guard found it. */
export const By = createParamDecorator((_: unknown, context: ExecutionContext): Actor => {
  const { actor } = context.switchToHttp().getRequest<SignedInRequest>()
  if (actor === undefined) throw new RefusalException({ refused: 'not_authenticated' })
  return actor
})
