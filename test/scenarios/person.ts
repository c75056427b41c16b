/** A person whose identity a node keeps: what it asks of the node, it asks in that person's name. */
import { isRefusal } from '#libs/fold'
import { type NodeProcess, until } from '#libs/lab'
import type { Actor, AnswerOf, MessageName, NodeStatus, RequestOf } from '#libs/messages'
import { NodeClient, RefusalException } from '#libs/node-client'

const patienceMs = 90_000

type Answer<Name extends MessageName> = Exclude<AnswerOf<Name>, { refused: string }>
type Asked<Name extends MessageName> = Omit<RequestOf<Name>, 'actor'>

export class Person {
  private constructor(
    readonly name: string,
    /** The identity's key, text. */
    readonly key: string,
    private readonly client: NodeClient,
  ) {}

  /** The operator of a node, in the name of the node's own identity. */
  static async at({ addresses }: NodeProcess, name: string): Promise<Person> {
    const client = new NodeClient(addresses.socket)
    const { identity } = await client.ask('node.status', {})
    return new Person(name, identity!, client)
  }

  /** Someone without a phone, whose identity this one's node holds from now on. */
  async holds(name: string): Promise<Person> {
    const { identity } = await this.ask('identities.hold', { alias: name })
    return new Person(name, identity, this.client)
  }

  /** Throws RefusalException when the node refuses. */
  async ask<Name extends MessageName>(name: Name, request: Asked<Name>): Promise<Answer<Name>> {
    const actor: Actor = { account: 'cli', role: 'operator', identity: this.key }
    const asked: object = { ...request, actor }
    const answer: AnswerOf<Name> = await this.client.ask(name, asked as RequestOf<Name>)
    if (isRefusal(answer)) throw new RefusalException(answer)
    return answer as Answer<Name>
  }

  /** The name of the refusal that a question meets; null when it meets none. */
  async refusalOf<Name extends MessageName>(name: Name, request: Asked<Name>): Promise<string | null> {
    try {
      await this.ask(name, request)
      return null
    } catch (error) {
      if (error instanceof RefusalException) return error.refusal.refused
      throw error
    }
  }

  /** Asks until the answer is so. What is refused has not arrived yet. */
  async sees<Name extends MessageName>(
    what: string,
    name: Name,
    request: Asked<Name>,
    holds: (answer: Answer<Name>) => boolean = () => true,
  ): Promise<Answer<Name>> {
    let last: Answer<Name> | undefined
    await until(`${what} at ${this.name}`, patienceMs, async () => {
      try {
        last = await this.ask(name, request)
      } catch (error) {
        if (error instanceof RefusalException) return false
        throw error
      }
      return holds(last)
    })
    return last!
  }

  /** Of its node. */
  status(): Promise<NodeStatus> {
    return this.client.ask('node.status', {})
  }

  leave(): void {
    this.client.onApplicationShutdown()
  }
}
