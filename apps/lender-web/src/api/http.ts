/** Calls to the node's face. Answers are what libs/messages says; problems (RFC 9457) are thrown. */

/** A problem that the node answered with, or `unreachable` when no answer came. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError'
  constructor(
    /** The refusal's stable name. */
    readonly problem: string,
    readonly status: number,
    readonly details: Readonly<Record<string, unknown>>,
  ) {
    super(problem)
  }
}

type Query = Readonly<Record<string, string | number | boolean | undefined>>

/** Reads. */
export function get<Answer>(path: string, query: Query = {}, signal?: AbortSignal): Promise<Answer> {
  return call(addressOf(path, query), signal ? { signal } : {})
}

/** Where something is read, for a link that downloads it. */
export function addressOf(path: string, query: Query = {}): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '')
  const text = new URLSearchParams(given.map(([key, value]) => [key, String(value)])).toString()
  return `/lender/${path}${text === '' ? '' : `?${text}`}`
}

/** Changes something. With a key, a repetition has no second effect. */
export function send<Answer>(method: 'POST' | 'PUT', path: string, body: object, key?: string): Promise<Answer> {
  const headers = { 'content-type': 'application/json', 'x-mutuo': 'page', ...(key ? { 'idempotency-key': key } : {}) }
  return call(`/lender/${path}`, { method, headers, body: JSON.stringify(body) })
}

/** A key for a command: 128 random bits. */
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

async function call<Answer>(url: string, init: RequestInit): Promise<Answer> {
  const response = await fetch(url, { credentials: 'same-origin', ...init }).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new ProblemError('unreachable', 0, {})
  })
  const body = (await response.json().catch(() => ({}))) as Record<string, unknown>
  if (response.ok) return body as Answer
  const type = typeof body['type'] === 'string' ? body['type'] : ''
  throw new ProblemError(type.slice(type.lastIndexOf(':') + 1) || 'internal_error', response.status, body)
}
