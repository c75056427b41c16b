/**
 * What a request asks of the node, as the message that carries it there: the query's or the body's fields, those of the path, and
 * who asks. The node checks every field of a message, so this face repeats none of its rules.
 */
import { createParamDecorator, type ExecutionContext } from '@nestjs/common'
import { RefusalException } from '#libs/node-client'
import type { SignedInRequest } from './route-rule.js'

/** A query is text; these of its fields are numbers or yes and no in the messages. */
const NUMBERS = new Set(['amount', 'instalments', 'limit', 'ratePpm', 'year'])
const ANSWERS = new Set(['biddable', 'mine', 'ordered'])
/** How an answer is written: this face's matter, not the node's. */
const FORMATS = new Set(['json', 'csv'])

/**
 * The message of a request on someone's behalf. Nothing that the request carries can name another actor, or another thing than
 * the path does. Refuses: not_authenticated, request_malformed.
 */
export const Asked = createParamDecorator((_: unknown, context: ExecutionContext): object => {
  const request = context.switchToHttp().getRequest<SignedInRequest>()
  if (request.actor === undefined) throw new RefusalException({ refused: 'not_authenticated' })
  return { ...fieldsOf(request), actor: request.actor }
})

/** As `Asked`, of what the node tells anyone. */
export const AskedOpenly = createParamDecorator((_: unknown, context: ExecutionContext): object =>
  fieldsOf(context.switchToHttp().getRequest<SignedInRequest>()),
)

function fieldsOf({ method, query, body = {}, params }: SignedInRequest): object {
  const given = method === 'GET' ? readQuery(query as Record<string, unknown>) : body
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw new RefusalException({ refused: 'request_malformed', problems: ['the body must be an object'] })
  return { ...given, ...(params as object) }
}

function readQuery(query: Record<string, unknown>): object {
  const given = Object.entries(query).filter(([name, value]) => name !== 'format' || !FORMATS.has(String(value)))
  return Object.fromEntries(given.map(([name, value]) => [name, readField(name, value)]))
}

function readField(name: string, value: unknown): unknown {
  if (NUMBERS.has(name) && /^\d+$/.test(String(value))) return Number(value)
  if (ANSWERS.has(name) && /^(true|false)$/.test(String(value))) return value === 'true'
  return value
}
