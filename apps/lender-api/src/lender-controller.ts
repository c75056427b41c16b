/** How every controller of the lenders' face is declared. */
import {
  applyDecorators,
  Controller,
  createParamDecorator,
  type ExecutionContext,
  Header,
  Injectable,
  type PipeTransform,
  UseFilters,
  UseGuards,
  UseInterceptors,
  UsePipes,
  ValidationPipe,
} from '@nestjs/common'
import type { Actor } from '#libs/messages'
import { ProblemFilter, RefusalException } from '#libs/node-client'
import { IdempotencyInterceptor } from './idempotency.interceptor.js'
import type { SignedInRequest } from './route-rule.js'
import { SessionGuard } from './session.guard.js'

export { For, Public, READERS } from './route-rule.js'
export type { SignedInRequest } from './route-rule.js'

/** A controller under `/lender/`: session and origin checked, bodies validated with unknown fields refused, errors as problems. */
export const LenderController = (path: string): ClassDecorator =>
  applyDecorators(
    Controller(`lender/${path}`),
    UseGuards(SessionGuard),
    UsePipes(new ValidationPipe({ whitelist: true, forbidNonWhitelisted: true, transform: true })),
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

/** The text form of a 32-byte id or key in a path. Refuses request_malformed. */
@Injectable()
export class TextIdPipe implements PipeTransform<string, string> {
  transform(text: string): string {
    if (/^[a-km-uw-z13-9]{52}$/.test(text)) return text
    throw new RefusalException({ refused: 'request_malformed', problems: ['the id in the path is malformed'] })
  }
}
