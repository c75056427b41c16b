/**
 * Requests are validated at the node too, whichever face they came through: one class per message, class-validator's rules
 * on its fields, everything else refused.
 */
import { ValidationPipe } from '@nestjs/common'
import { Type } from 'class-transformer'
import {
  IsDefined,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateIf,
  ValidateNested,
  type ValidationError,
} from 'class-validator'
import type { Actor, PageRequest, Role } from '#libs/messages'
import { RefusalException } from './refusal.shell.js'

const ROLES: Role[] = ['operator', 'lender', 'borrower', 'auditor']

/** Validates a handler's request by its class; refuses `request_malformed` with `problems`, unknown fields included. */
export function nodePipe(): ValidationPipe {
  return new ValidationPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    stopAtFirstError: true,
    exceptionFactory: (errors) =>
      new RefusalException({
        refused: 'request_malformed',
        problems: errors.flatMap((error) => problemsOf(error, '')),
      }),
  })
}

/** `field.path: what is wrong`, of one error and those inside it. */
function problemsOf(error: ValidationError, path: string): string[] {
  const field = path === '' ? error.property : `${path}.${error.property}`
  const own = Object.values(error.constraints ?? {}).map((message) => `${field}: ${message}`)
  return [...own, ...(error.children ?? []).flatMap((child) => problemsOf(child, field))]
}

/** An id or key in text form: 52 characters of z-base-32, of which the last has four zero bits. */
export const IsTextId = (options: { each?: boolean } = {}): PropertyDecorator =>
  Matches(/^[ybndrfg8ejkmcpqxot1uwisza345h769]{51}[yo]$/, {
    message: 'must be an id or key of 52 characters',
    ...options,
  })

/** The actor of a message, as its edge authenticated it. */
export class ActorFields implements Actor {
  @IsString()
  @MaxLength(64)
  account!: string

  @IsIn(ROLES)
  role!: Role

  @ValidateIf((actor: Actor) => actor.identity !== null)
  @IsTextId()
  identity!: string | null
}

/** A request with an actor and nothing else; the others of that kind extend it. */
export class ActorRequest {
  @IsDefined()
  @ValidateNested()
  @Type(() => ActorFields)
  actor!: ActorFields
}

/** A request for a page on someone's behalf; lists with filters extend it. */
export class ActorPageRequest extends ActorRequest implements PageRequest {
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(200)
  limit?: number

  @IsOptional()
  @IsString()
  @MaxLength(256)
  cursor?: string
}

/** A request without fields. */
export class EmptyRequest {
  readonly [field: string]: never
}
