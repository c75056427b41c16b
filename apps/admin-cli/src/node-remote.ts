/** A node anywhere, found by its public key over Hyperswarm. Loaded only when one is named. */
import { fromText, toText } from '#libs/record'
import { Caller, Dialler, PeerError } from '#libs/swarm'
import { readDiscovery } from '../../node/src/places.js'
import { OPERATORS_PROTOCOL } from '../../node/src/operators-protocol.js'
import { type Carrier, errorOf, NodeConnection, NotReachable, Refused } from './node-connection.js'
import { operatorSeed } from './operator-key.js'

type Environment = Readonly<Record<string, string | undefined>>

/** Long enough for a cold start on the public DHT, in ms. */
const CONNECT_MS = 15_000

/** This person's key, as nodes' operators let it in; 52 characters. */
export const ownKey = (env: Environment): string => toText(Dialler.publicKey(operatorSeed(env)))

export class NodeRemote implements Carrier {
  private constructor(
    private readonly caller: Caller,
    private readonly dialler: Dialler,
    private readonly env: Environment,
  ) {}

  /** Connects by a node's key. Throws Refused when it does not let this person's key in, NotReachable when it is not found. */
  static async open(key: string, env: Environment, as?: string): Promise<NodeConnection> {
    const discovery = readDiscovery(env['MUTUO_BOOTSTRAP'], env['MUTUO_HOST'])
    if (discovery.kind === 'none')
      throw new NotReachable('there is no network to find it on', 'MUTUO_BOOTSTRAP is none')
    const dialler = new Dialler({
      remoteKey: fromText(key),
      seed: operatorSeed(env),
      ...(discovery.kind === 'private' && { bootstrap: [...discovery.bootstrap], host: discovery.host }),
    })
    const caller = new Caller({ dial: dialler.dial, protocol: OPERATORS_PROTOCOL, connectTimeoutMs: CONNECT_MS })
    const remote = new NodeRemote(caller, dialler, env)
    try {
      await caller.connect()
      return new NodeConnection(remote, as)
    } catch (error) {
      await remote.close()
      throw remote.said(error, key)
    }
  }

  async *answers(pattern: string, data: object): AsyncGenerator<unknown> {
    try {
      yield* this.caller.stream(pattern, data)
    } catch (error) {
      throw this.said(error)
    }
  }

  async close(): Promise<void> {
    this.caller.close()
    await this.dialler.destroy()
  }

  private said(error: unknown, key = ''): Error {
    if (!(error instanceof PeerError)) return error instanceof Refused ? error : errorOf(error)
    if (error.code === 'peer_refused') {
      const own = ownKey(this.env)
      return new Refused({ refused: error.reason ?? error.code, key: own, let_in_by: `mutuo operators add ${own}` })
    }
    if (error.code === 'peer_unreachable') {
      return new NotReachable(`no node answers under the key ${key}`, 'is it running, and on the same DHT?')
    }
    return new NotReachable(`the connection to the node ended: ${error.message}`, 'try again')
  }
}
