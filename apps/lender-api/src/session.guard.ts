import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common'
import type { Role } from '#libs/messages'
import { NodeClient, RefusalException } from '#libs/node-client'
import { RULE, type SignedInRequest } from './route-rule.js'
import { sessionTokenOf } from './session-cookie.js'

const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS']

/** Lets a request through when it comes from the page itself, has a session, and the route is for its account's role. */
@Injectable()
export class SessionGuard implements CanActivate {
  constructor(private readonly node: NodeClient) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<SignedInRequest>()
    if (!SAFE_METHODS.includes(request.method)) refuseOtherOrigins(request)

    const rule = Reflect.getMetadata(RULE, context.getHandler()) as readonly Role[] | 'public' | undefined
    if (rule === 'public') return true

    const token = sessionTokenOf(request.headers.cookie)
    if (token === null) throw new RefusalException({ refused: 'not_authenticated' })
    const { account } = await this.node.ask('accounts.authenticate', { token })
    const { id, role, identity } = account
    if (role !== 'operator' && !rule?.includes(role)) throw new RefusalException({ refused: 'not_allowed' })
    request.actor = { account: id, role, identity }
    request.sessionToken = token
    return true
  }
}

/**
 * Cross-site request forgery: besides the cookie's SameSite=Strict, a change needs a header that no form and no simple
 * cross-site request can set, and an Origin, when the browser names one, that is this server.
 */
function refuseOtherOrigins(request: SignedInRequest): void {
  const { origin, host } = request.headers
  const foreign = origin !== undefined && !(URL.canParse(origin) && new URL(origin).host === host)
  if (foreign || request.headers['x-mutuo'] !== 'page') throw new RefusalException({ refused: 'origin_not_trusted' })
}
