/** People with an app, for tests: the client that is generated from the API's document, and bare requests. */
import { randomUUID } from 'node:crypto'
import createClient, { type Client } from 'openapi-fetch'
import type { NodeProcess, Operator } from '#libs/lab'
import type { Notification } from '../events/notifications.service.js'
import type { paths } from '../client/schema.js'

export const euros = (amount: number) => ({ amount, currency: 'EUR' })
/** A fresh idempotency key, as the client's parameters have it. */
export const keyed = () => ({ header: { 'Idempotency-Key': randomUUID() } })

/** A person with an app: the generated client, and the bare requests where a test looks at bytes and headers. */
export class Phone {
  private static registered = 0

  private constructor(
    readonly token: string,
    readonly client: Client<paths>,
    readonly base: string,
  ) {}

  static async register(node: NodeProcess, operator: Operator, name: string, role = 'borrower'): Promise<Phone> {
    const { code } = await operator.json<{ code: string }>('user', 'add', name, '--role', role)
    const baseUrl = new URL(node.addresses.borrowerApi).origin
    // Each from an address of its own, as a proxy on the node's machine passes it on.
    const open = createClient<paths>({ baseUrl, headers: { 'x-forwarded-for': `192.0.2.${++Phone.registered}` } })
    const { data } = await open.POST('/borrower/v1/devices', { body: { code, deviceName: 'phone' } })
    const { token } = data!
    return new Phone(token, createClient<paths>({ baseUrl, headers: { authorization: `Bearer ${token}` } }), baseUrl)
  }

  /** A request as it is, for what the client would not send. */
  send(method: string, path: string, options: { body?: string; headers?: Record<string, string> } = {}) {
    const { body, headers } = options
    return fetch(`${this.base}/borrower/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body }),
    })
  }

  async post(path: string, body: object, key: string = randomUUID()) {
    const answer = await this.send('POST', path, {
      body: JSON.stringify(body),
      headers: { 'idempotency-key': key },
    })
    return { status: answer.status, headers: answer.headers, text: await answer.text() }
  }
}

/** What a person's app has heard since it began to listen. */
export interface Heard {
  /** Subjects that changed. */
  readonly subjects: ReadonlySet<string>
  readonly notifications: readonly Notification[]
  stop(): void
}

/** Listens to a person's events and collects them. */
export async function listen(phone: Phone): Promise<Heard> {
  const stopping = new AbortController()
  const response = await fetch(`${phone.base}/borrower/v1/events`, {
    headers: { authorization: `Bearer ${phone.token}`, accept: 'text/event-stream' },
    signal: stopping.signal,
  })
  const type = response.headers.get('content-type')
  if (!type?.includes('text/event-stream')) throw new Error(`events are ${type}`)
  const subjects = new Set<string>()
  const notifications: Notification[] = []
  void (async () => {
    const decoder = new TextDecoder()
    let text = ''
    for await (const chunk of response.body!) {
      text += decoder.decode(chunk as Uint8Array, { stream: true })
      const events = text.split('\n\n')
      text = events.pop()!
      for (const event of events) {
        const [, data] = /^data: (.*)$/m.exec(event) ?? []
        if (/^event: notification$/m.test(event)) notifications.push(JSON.parse(data!) as Notification)
        if (/^event: change$/m.test(event))
          for (const { subject } of (JSON.parse(data!) as { subjects: { subject: string }[] }).subjects)
            subjects.add(subject)
      }
    }
  })().catch(() => undefined)
  return { subjects, notifications, stop: () => stopping.abort() }
}
