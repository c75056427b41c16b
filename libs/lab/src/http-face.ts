/** A client of one of a node's HTTP faces, with whatever proves who is calling: a session cookie or a device token. */
import { randomUUID } from 'node:crypto'

/** An answer of a face that is not 2xx: RFC 9457 problem details. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly body: { type?: string; title?: string; [member: string]: unknown },
  ) {
    super(`${status} ${body.type ?? ''} ${body.title ?? ''} ${JSON.stringify(body)}`)
  }

  /** The refusal's stable name: the last part of the problem's type. */
  get refusal(): string {
    return this.body.type?.split(/[/:]/).at(-1) ?? ''
  }
}

export class HttpFace {
  private cookie: string | undefined
  private bearer: string | undefined

  /** `base` without a slash at its end, as `http://127.0.0.1:8420/lender`. */
  constructor(readonly base: string) {}

  useToken(token: string): void {
    this.bearer = token
  }

  get<Answer>(path: string): Promise<Answer> {
    return this.call<Answer>('GET', path)
  }

  /** Posts with a fresh Idempotency-Key, or the one given: a repeated call with the same key has one effect. */
  post<Answer>(path: string, body: unknown = {}, idempotencyKey: string = randomUUID()): Promise<Answer> {
    return this.call<Answer>('POST', path, body, idempotencyKey)
  }

  put<Answer>(path: string, body: unknown, idempotencyKey: string = randomUUID()): Promise<Answer> {
    return this.call<Answer>('PUT', path, body, idempotencyKey)
  }

  private async call<Answer>(method: string, path: string, body?: unknown, idempotencyKey?: string): Promise<Answer> {
    const response = await fetch(this.base + path, {
      method,
      headers: {
        accept: 'application/json',
        origin: new URL(this.base).origin,
        'x-mutuo': 'page',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(idempotencyKey ? { 'idempotency-key': idempotencyKey } : {}),
        ...(this.cookie ? { cookie: this.cookie } : {}),
        ...(this.bearer ? { authorization: `Bearer ${this.bearer}` } : {}),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const session = response.headers.getSetCookie().map((line) => line.split(';')[0]!)
    if (session.length > 0) this.cookie = session.join('; ')
    const text = await response.text()
    const answer: unknown = text === '' ? undefined : JSON.parse(text)
    if (!response.ok) throw new Problem(response.status, answer as Problem['body'])
    return answer as Answer
  }
}
