/**
 * Fields of requests and resources. Each decorator says once what a field is: class-validator checks it where it comes in,
 * OpenAPI shows it where it is described.
 */
import { applyDecorators } from '@nestjs/common'
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger'
import { Type } from 'class-transformer'
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsISO8601,
  IsObject,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateIf,
  ValidateNested,
} from 'class-validator'

/** Whether a field may be missing, or be null. */
interface Presence {
  readonly optional?: boolean
  readonly nullable?: boolean
}

type ListPresence = Presence & { readonly maxItems?: number }

/** Text of 52 characters: a 32-byte id or key in z-base-32. */
const TEXT_ID = /^[ybndrfg8ejkmcpqxot1uwisza345h769]{52}$/
const DAY = /^\d{4}-\d{2}-\d{2}$/

type ClassOf = new () => object

/** An id or key. */
export const Id = (description: string, presence: Presence = {}): PropertyDecorator =>
  field({ type: 'string', pattern: TEXT_ID.source, description }, presence, [
    Matches(TEXT_ID, { message: '$property must be an id or key of 52 characters' }),
  ])

/** Text of a bounded length (UTF-16 units). */
export const Text = (description: string, maxLength: number, presence: Presence & { minLength?: number } = {}) =>
  field({ type: 'string', minLength: presence.minLength ?? 0, maxLength, description }, presence, [
    IsString(),
    MinLength(presence.minLength ?? 0),
    MaxLength(maxLength),
  ])

/** One of a few names. */
export const OneOf = (values: readonly string[], description: string, presence: Presence = {}): PropertyDecorator =>
  field({ type: 'string', enum: [...values], description }, presence, [IsIn(values)])

/** An integer, both bounds included. */
export const Whole = (description: string, minimum: number, maximum: number, presence: Presence = {}) =>
  field({ type: 'integer', minimum, maximum, description }, presence, [IsInt(), Min(minimum), Max(maximum)])

/** An integer in a query string. */
export const WholeInQuery = (description: string, minimum: number, maximum: number): PropertyDecorator =>
  applyDecorators(
    Type(() => Number),
    Whole(description, minimum, maximum, { optional: true }),
  )

/** An integer in a path. */
export const WholeInPath = (description: string, minimum: number, maximum: number): PropertyDecorator =>
  applyDecorators(
    Type(() => Number),
    Whole(description, minimum, maximum),
  )

/** Parts per million: a yearly rate (72500 is 7.25 %) or a share. */
export const Ppm = (description: string, presence: Presence = {}): PropertyDecorator =>
  Whole(`${description}, parts per million`, 0, Number.MAX_SAFE_INTEGER, presence)

/** True or false. */
export const Flag = (description: string, presence: Presence = {}): PropertyDecorator =>
  field({ type: 'boolean', description }, presence, [IsBoolean()])

/** A calendar day without time. */
export const Day = (description: string, presence: Presence = {}): PropertyDecorator =>
  field({ type: 'string', format: 'date', example: '2026-03-31', description }, presence, [
    Matches(DAY, { message: '$property must be a day, as 2026-03-31' }),
    IsISO8601({ strict: true }),
  ])

/** An instant, RFC 3339 in UTC. Goes out only. */
export const Instant = (description: string, presence: Presence = {}): PropertyDecorator =>
  field({ type: 'string', format: 'date-time', description }, presence, [])

/** An instant that comes in: RFC 3339 in UTC. */
export const InstantInUtc = (description: string, presence: Presence = {}): PropertyDecorator =>
  field({ type: 'string', format: 'date-time', example: '2026-03-31T18:00:00Z', description }, presence, [
    Matches(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?Z$/, {
      message: '$property must be an instant in UTC, as 2026-03-31T18:00:00Z',
    }),
    IsISO8601({ strict: true }),
  ])

/** An ISO 4217 code. */
export const Currency = (description: string, presence: Presence = {}): PropertyDecorator =>
  field({ type: 'string', pattern: '^[A-Z]{3}$', example: 'EUR', description }, presence, [
    Matches(/^[A-Z]{3}$/, { message: '$property must be an ISO 4217 code' }),
  ])

/** An ISO 3166-1 alpha-2 code. */
export const Country = (description: string, presence: Presence = {}): PropertyDecorator =>
  field({ type: 'string', pattern: '^[A-Z]{2}$', example: 'PT', description }, presence, [
    Matches(/^[A-Z]{2}$/, { message: '$property must be an ISO 3166-1 alpha-2 code' }),
  ])

/** An object of a class. */
export const Nested = (of: () => ClassOf, description: string, presence: Presence = {}): PropertyDecorator =>
  field({ type: () => of(), description }, presence, [Type(of), IsObject(), ValidateNested()])

/** A list of objects of a class. */
export const ListOf = (of: () => ClassOf, description: string, { maxItems = 1000, ...presence }: ListPresence = {}) =>
  field({ type: () => of(), isArray: true, description }, presence, [
    Type(of),
    IsArray(),
    ArrayMaxSize(maxItems),
    ValidateNested({ each: true }),
  ])

/** A list of short texts. Goes out only. */
export const Texts = (description: string): PropertyDecorator =>
  field({ type: 'string', isArray: true, description }, {}, [IsArray(), ArrayMaxSize(1000)])

function field(
  schema: ApiPropertyOptions,
  { optional = false, nullable = false }: Presence,
  checks: readonly PropertyDecorator[],
): PropertyDecorator {
  // IsOptional of class-validator would let null through as well, which no field means by "may be missing".
  const missing = ValidateIf((_object, value) => !(optional && value === undefined) && !(nullable && value === null))
  return applyDecorators(
    ApiProperty({ ...schema, required: !optional, ...(nullable && { nullable: true }) } as ApiPropertyOptions),
    missing,
    ...checks,
  )
}
