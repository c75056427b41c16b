/** Who may call which route of the lenders' face. */
import { SetMetadata } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import type { Actor, Role } from '#libs/messages'

export const RULE = 'mutuo:lender-route'
export const CHANGES_NOTHING = 'mutuo:lender-route-changes-nothing'

/** A request after the guard: with the token of its session, and on whose behalf it is. */
export interface SignedInRequest extends FastifyRequest {
  actor?: Actor
  sessionToken?: string
}

/** Whoever reads the books: lenders and auditors; operators too, like everywhere. */
export const READERS: [Role, ...Role[]] = ['lender', 'auditor']

/** The route is for accounts of these roles; operators may call every route. A route without a rule is refused. */
export const For = (...roles: [Role, ...Role[]]): MethodDecorator => SetMetadata(RULE, roles)

/** The route needs no session. */
export const Public = (): MethodDecorator => SetMetadata(RULE, 'public')

/** The route is asked by POST for the size of its question, and changes nothing: it needs no idempotency key. */
export const ChangesNothing = (): MethodDecorator => SetMetadata(CHANGES_NOTHING, true)
