/** A node to ask, by message name, with the types of the contract; over its socket here, or from anywhere by its key. */
import type { Refusal } from '#libs/fold'
import type {
  Actor,
  AnswerOf,
  ItemOf,
  MessageName,
  NodeStatus,
  ProfileView,
  RequestOf,
  StreamName,
} from '#libs/messages'

/** The node said no. `refusal.refused` is the stable name of why. */
export class Refused extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.refused)
  }
}

/** No node answers there. */
export class NotReachable extends Error {
  constructor(
    message: string,
    /** What may help. */
    readonly hint = 'start it with: mutuo start',
  ) {
    super(message)
  }
}

/** Carries messages to a node and its answers back. */
export interface Carrier {
  /** The values of an answer. Throws NotReachable, or an Error when the node failed. */
  answers(pattern: string, data: object): AsyncGenerator<unknown>
  close(): void | Promise<void>
}

/** A request without `actor`: the socket's owner, or the holder of an operator's key, is the operator, and says so itself. */
type Asked<Request> = Omit<Request, 'actor'>

/** An open connection to a node. Close it, or the process goes on. */
export class NodeConnection {
  private actor: Promise<Actor> | undefined

  /** `as`: the identity of a person for whom the operator signs; the node's own otherwise. */
  constructor(
    private readonly carrier: Carrier,
    private readonly as?: string,
  ) {}

  /** Asks and waits for the one answer. Throws Refused, or NotReachable when the connection ends before. */
  async ask<Name extends MessageName>(
    name: Name,
    request: Asked<RequestOf<Name>>,
  ): Promise<Exclude<AnswerOf<Name>, Refusal>> {
    for await (const answer of this.carrier.answers(name, await this.complete(name, request))) {
      if (isRefusal(answer)) throw new Refused(answer)
      return answer as Exclude<AnswerOf<Name>, Refusal>
    }
    throw new Error(`the node gave no answer to ${name}`)
  }

  /** Asks for a stream of values; ends when the node ends it. Throws as `ask` does. */
  async *stream<Name extends StreamName>(name: Name, request: Asked<RequestOf<Name>>): AsyncGenerator<ItemOf<Name>> {
    for await (const item of this.carrier.answers(name, await this.complete(name, request))) {
      if (isRefusal(item)) throw new Refused(item)
      yield item as ItemOf<Name>
    }
  }

  async close(): Promise<void> {
    await this.carrier.close()
  }

  /** Adds the actor: the operator, acting for the node's identity. Being connected is the proof. */
  private async complete(name: string, request: object): Promise<object> {
    if (name in OPEN) return request
    this.actor ??= this.whoAsks()
    return { ...request, actor: await this.actor }
  }

  private async whoAsks(): Promise<Actor> {
    const { identity } = (await this.first('node.status', {})) as NodeStatus
    const operator: Actor = { account: 'cli', role: 'operator', identity }
    if (this.as === undefined) return operator
    const { items } = (await this.first('identities.held', { actor: operator })) as { items: ProfileView[] }
    if (!items.some((held) => held.identity === this.as)) throw new Refused({ refused: 'identity_not_held' })
    return { ...operator, identity: this.as }
  }

  private async first(name: string, request: object): Promise<unknown> {
    const { value } = await this.carrier.answers(name, request).next()
    if (isRefusal(value)) throw new Refused(value)
    return value
  }
}

/** Messages that anyone may send: their requests name no actor. The compiler keeps the list complete. */
type Open = { [Name in MessageName]: RequestOf<Name> extends { actor: Actor } ? never : Name }[MessageName]

const OPEN: Readonly<Record<Open, true>> = {
  'accounts.state': true,
  'accounts.setup': true,
  'accounts.login': true,
  'accounts.logout': true,
  'accounts.authenticate': true,
  'accounts.registerDevice': true,
  'accounts.idempotencyBegin': true,
  'accounts.idempotencyEnd': true,
  'network.show': true,
  'members.list': true,
  'profiles.show': true,
  'vouches.list': true,
  'attestations.show': true,
  'trackRecords.show': true,
  'offers.preview': true,
  'offers.quote': true,
  'requests.quote': true,
  'records.show': true,
  'records.prove': true,
  'records.timeline': true,
  'records.log': true,
  'store.digests': true,
  'node.status': true,
  'node.metrics': true,
  'peers.list': true,
  'sync.status': true,
  'witnesses.show': true,
  'forks.list': true,
  'forks.prove': true,
}

/** As `isRefusal` of #libs/fold, whose front door would load the schema compiler as well. */
const isRefusal = (answer: unknown): answer is Refusal =>
  typeof answer === 'object' && answer !== null && typeof (answer as Refusal).refused === 'string'

/** A handler failed, or there is none for the name: a bug or another version of the node, not a refusal. */
export function errorOf(err: unknown): Error {
  if (isRefusal(err)) return new Refused(err)
  const text = typeof err === 'string' ? err : ((err as { message?: unknown }).message ?? JSON.stringify(err))
  return new Error(`the node failed: ${String(text)}`)
}
