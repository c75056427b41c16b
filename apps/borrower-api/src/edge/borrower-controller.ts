/** How every controller and endpoint of this API is declared: what it checks and how its document reads. */
import {
  applyDecorators,
  type CanActivate,
  Controller,
  createParamDecorator,
  type ExecutionContext,
  Get,
  Header,
  HttpCode,
  Injectable,
  Post,
  Put,
  Sse,
  type Type,
  UseFilters,
  UseGuards,
  UseInterceptors,
  UsePipes,
  ValidationPipe,
  type ValidationError,
} from '@nestjs/common'
import { ApiBearerAuth, ApiHeader, ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger'
import type { AccountView, Actor } from '#libs/messages'
import { ProblemFilter, RefusalException, statusOfRefusal } from '#libs/node-client'
import { ConditionalGetInterceptor } from './conditional-get.interceptor.js'
import { DeviceGuard, type DeviceRequest, Public } from './device.guard.js'
import { IdempotencyInterceptor, Once } from './idempotency.interceptor.js'
import { PROBLEM_SCHEMA } from './problem.resource.js'

/** Where the API is mounted. A change that breaks clients gets another one. */
export const BORROWER_PREFIX = 'borrower/v1'

/** A controller under the prefix: device and role checked, input validated with unknown fields refused, errors as problems. */
export const BorrowerController = (tag: string): ClassDecorator =>
  applyDecorators(
    Controller(BORROWER_PREFIX),
    ApiTags(tag),
    UseGuards(DeviceGuard),
    UsePipes(new ValidationPipe(VALIDATION)),
    UseInterceptors(ConditionalGetInterceptor, IdempotencyInterceptor),
    UseFilters(ProblemFilter),
  )

/** What an endpoint is, for readers of the API's document. */
export interface Endpoint {
  /** The operation's name in generated clients. */
  readonly id: string
  readonly summary: string
  readonly description?: string
  /** Class of the answer; none for a stream. */
  readonly answer?: Type
  /** Names of the refusals that are its own; those of every endpoint are added. */
  readonly refuses?: readonly string[]
}

/** An endpoint that shows something: GET. */
export const Read = (path: string, endpoint: Endpoint): MethodDecorator =>
  applyDecorators(Get(path), ApiBearerAuth('device'), described(endpoint, 200, ['request_malformed', ...SIGNED_IN]))

/** An endpoint that changes something, once per `Idempotency-Key`. */
export const Change = (method: 'POST' | 'PUT', path: string, status: 200 | 201, endpoint: Endpoint): MethodDecorator =>
  applyDecorators(
    method === 'POST' ? Post(path) : Put(path),
    HttpCode(status),
    Once(),
    ApiBearerAuth('device'),
    ApiHeader(IDEMPOTENCY_KEY),
    described(endpoint, status, ['request_malformed', ...SIGNED_IN, ...REPEATED]),
  )

/** An endpoint that computes something from a body, and changes nothing: POST. */
export const Compute = (path: string, endpoint: Endpoint): MethodDecorator =>
  applyDecorators(
    Post(path),
    HttpCode(200),
    ApiBearerAuth('device'),
    described(endpoint, 200, ['request_malformed', ...SIGNED_IN]),
  )

/** An endpoint that goes on answering: GET, server-sent events. */
export const Watch = (path: string, endpoint: Endpoint): MethodDecorator =>
  applyDecorators(
    Sse(path),
    Header('cache-control', 'no-store'),
    ApiBearerAuth('device'),
    ApiProduces('text/event-stream'),
    described(endpoint, 200, SIGNED_IN),
  )

/** An endpoint that needs no device yet: POST. */
export const Begin = (path: string, endpoint: Endpoint): MethodDecorator =>
  applyDecorators(
    Post(path),
    HttpCode(201),
    Public(),
    described(endpoint, 201, ['request_malformed', 'too_many_requests']),
  )

/** On whose behalf the request is. */
export const By = createParamDecorator(
  (_: unknown, context: ExecutionContext): Actor => context.switchToHttp().getRequest<DeviceRequest>().actor!,
)

/** The account whose device sent the request. */
export const Account = createParamDecorator(
  (_: unknown, context: ExecutionContext): AccountView => context.switchToHttp().getRequest<DeviceRequest>().account!,
)

/** The actor's identity. Refuses no_identity: there is nothing yet to act for. */
export function identityOf(actor: Actor): string {
  if (actor.identity === null) throw new RefusalException({ refused: 'no_identity' })
  return actor.identity
}

/** The endpoint takes no body: one with members is refused. */
export const Bodyless = (): MethodDecorator => UseGuards(BodylessGuard)

@Injectable()
class BodylessGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { body } = context.switchToHttp().getRequest<DeviceRequest>()
    const isEmpty = body === undefined || body === null || (typeof body === 'object' && Object.keys(body).length === 0)
    if (!isEmpty) throw new RefusalException({ refused: 'request_malformed', problems: ['the body must be empty'] })
    return true
  }
}

const SIGNED_IN = ['not_authenticated', 'not_allowed', 'too_many_requests', 'node_unreachable']
const REPEATED = ['idempotency_key_reused', 'request_in_progress']

const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  required: true,
  description:
    'Names this change: 8 to 128 visible ASCII characters, for example a random UUID. A repeated request under the same key ' +
    'gets the first answer, with `Idempotency-Replayed: true`.',
  schema: { type: 'string', pattern: '^[\\x21-\\x7e]{8,128}$' },
} as const

const VALIDATION = {
  whitelist: true,
  forbidNonWhitelisted: true,
  forbidUnknownValues: true,
  transform: true,
  exceptionFactory: (errors: ValidationError[]) =>
    new RefusalException({ refused: 'request_malformed', problems: errors.flatMap((error) => problemsOf(error, '')) }),
}

/** `field: what is wrong with it`, of one error and those inside it. */
function problemsOf(error: ValidationError, path: string): string[] {
  // A body that is no object at all has no property to name.
  const property: string | undefined = error.property
  const name = [path, property ?? 'body'].filter((part) => part !== '').join('.')
  const own = Object.values(error.constraints ?? {}).map((message) => `${name}: ${message}`)
  return [...own, ...(error.children ?? []).flatMap((child) => problemsOf(child, name))]
}

function described(endpoint: Endpoint, status: number, general: readonly string[]): MethodDecorator {
  const { id, summary, description, answer, refuses = [] } = endpoint
  const byStatus = new Map<number, string[]>()
  for (const name of [...refuses, ...general])
    byStatus.set(statusOf(name), [...(byStatus.get(statusOf(name)) ?? []), name])
  const problems = [...byStatus].map(([code, names]) =>
    ApiResponse({
      status: code,
      description: names.map((name) => `\`${name}\``).join(', '),
      content: { 'application/problem+json': { schema: PROBLEM_SCHEMA } },
    }),
  )
  return applyDecorators(
    ApiOperation({ operationId: id, summary, ...(description !== undefined && { description }) }),
    answer
      ? ApiResponse({ status, type: answer, description: summary })
      : ApiResponse({ status, description: summary, content: { 'text/event-stream': { schema: { type: 'string' } } } }),
    ...problems,
  )
}

const statusOf = (name: string): number => (name === 'node_unreachable' ? 503 : statusOfRefusal(name))
