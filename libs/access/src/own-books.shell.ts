/** Whose books an account may read: its own identity's, unless it is there to read them all. */
import { type CanActivate, type ExecutionContext, Injectable, UseGuards } from '@nestjs/common'
import type { Actor } from '#libs/messages'
import { RefusalException } from './refusal.shell.js'

/** What a request for books may name: their owner, or one account of theirs, whose name begins with the owner. */
interface BooksRequest {
  actor: Actor
  owner?: string
  account?: string
}

/**
 * The handler, or all of the controller's, read books. Operators and auditors read all of them; everyone else the books of the
 * own identity, which are meant where none are named. Stands above `NodeController`, so that it runs after `AllowGuard`.
 * Refuses: not_allowed, no_identity.
 */
export const OwnBooks = (): MethodDecorator & ClassDecorator => UseGuards(OwnBooksGuard)

/** The one owner whose books the actor may read; undefined when all. Refuses, by throwing: no_identity. */
export function onlyBooksOf({ role, identity }: Actor): string | undefined {
  if (role === 'operator' || role === 'auditor') return undefined
  if (typeof identity !== 'string') throw new RefusalException({ refused: 'no_identity' })
  return identity
}

@Injectable()
class OwnBooksGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const request: BooksRequest = context.switchToRpc().getData()
    const own = onlyBooksOf(request.actor)
    if (own === undefined) return true
    const named = [request.owner ?? own, String(request.account ?? own).split(':')[0]]
    if (named.some((owner) => owner !== own)) throw new RefusalException({ refused: 'not_allowed' })
    if (request.account === undefined) request.owner = own
    return true
  }
}
