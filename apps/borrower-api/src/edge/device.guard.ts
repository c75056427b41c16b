import { type CanActivate, type ExecutionContext, Injectable, SetMetadata } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import type { AccountView, Actor } from '#libs/messages'
import { NodeClient, RefusalException } from '#libs/node-client'

const PUBLIC = 'mutuo:borrower-public'

/** A request after the guard: whose device sent it. */
export interface DeviceRequest extends FastifyRequest {
  account?: AccountView
  actor?: Actor
}

/** The route needs no device: it is what makes one, or shows nothing of anybody. */
export const Public = (): MethodDecorator & ClassDecorator => SetMetadata(PUBLIC, true)

/** Lets a request through that carries the token of a borrower's device. Operators may call for their own identity. */
@Injectable()
export class DeviceGuard implements CanActivate {
  constructor(private readonly node: NodeClient) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const marks = [context.getHandler(), context.getClass()]
    if (marks.some((mark) => Reflect.getMetadata(PUBLIC, mark) === true)) return true

    const request = context.switchToHttp().getRequest<DeviceRequest>()
    const token = bearerToken(request.headers.authorization)
    if (token === null) throw new RefusalException({ refused: 'not_authenticated' })
    const { account } = await this.node.ask('accounts.authenticate', { token })
    if (account.role !== 'borrower' && account.role !== 'operator')
      throw new RefusalException({ refused: 'not_allowed' })
    request.account = account
    request.actor = { account: account.id, role: account.role, identity: account.identity }
    return true
  }
}

/** The token of an `Authorization: Bearer` header (RFC 6750); null when it has none. */
export function bearerToken(header: string | undefined): string | null {
  return /^Bearer ([A-Za-z0-9._~+/-]{1,512}=*)$/i.exec(header ?? '')?.[1] ?? null
}
