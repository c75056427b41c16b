/** The session's cookie: its name, how it is written and read. */
import { fastifyCookie as cookies } from '@fastify/cookie'
import type { FastifyReply, FastifyRequest } from 'fastify'

const NAME = 'mutuo_session'

/** The token in a Cookie header, or null. */
export function sessionTokenOf(header: string | undefined): string | null {
  return (header === undefined ? undefined : cookies.parse(header)[NAME]) || null
}

/** Gives the browser a session until `expiresAtMs`: out of scripts' reach, never sent from another site, over TLS only where there is TLS. */
export function setSessionCookie(
  request: FastifyRequest,
  reply: FastifyReply,
  token: string,
  expiresAtMs: number,
): void {
  void reply.header(
    'set-cookie',
    cookies.serialize(NAME, token, { ...attributes(request), expires: new Date(expiresAtMs) }),
  )
}

/** Takes the session away from the browser. */
export function clearSessionCookie(request: FastifyRequest, reply: FastifyReply): void {
  void reply.header('set-cookie', cookies.serialize(NAME, '', { ...attributes(request), maxAge: 0 }))
}

function attributes(request: FastifyRequest) {
  return { path: '/lender', httpOnly: true, sameSite: 'strict', secure: request.protocol === 'https' } as const
}
