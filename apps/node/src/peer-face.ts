/** The node's messages for who comes over the swarm: operators, by their keys, may send what the owner of the socket may. */
import { type INestMicroservice, Logger } from '@nestjs/common'
import type { MessageHandler } from '@nestjs/microservices'
import { Operators } from '#libs/accounts'
import type { Actor } from '#libs/messages'
import { LocalNetworks } from '#libs/network'
import { Replication } from '#libs/replication'
import { type Authorisation, PeerServer } from '#libs/swarm'
import { OPERATORS_PROTOCOL } from './operators-protocol.js'

/** Answers with the handlers of another server. Until it is closed. */
export async function answerPeers(
  node: INestMicroservice,
  socket: { getHandlers(): Map<string, MessageHandler> },
): Promise<{ close(): Promise<void> }> {
  const operators = node.get(Operators)
  const replication = node.get(Replication)
  const networks = node.get(LocalNetworks)
  const server = new PeerServer({
    protocol: OPERATORS_PROTOCOL,
    streams: replication.streams,
    authorise: async (key): Promise<Authorisation> =>
      (await operators.isOperator(key)) ? { allowed: true } : { refused: 'not_an_operator' },
  })
  for (const [pattern, handler] of socket.getHandlers()) {
    const asOperator: MessageHandler = async (data: unknown, context: unknown) =>
      handler(await withActor(data, networks), context)
    server.addHandler(pattern, asOperator, handler.isEventHandler)
  }
  const log = new Logger('operators')
  const report = (error: unknown) => log.error(error)
  const refresh = async () => {
    // Going on the network may take its time, and is no reason to keep anyone waiting, or in.
    replication.welcome(await operators.keys()).catch(report)
    await server.review()
  }
  await new Promise<void>((resolve, reject) => server.listen((error) => (error ? reject(error as Error) : resolve())))
  await refresh()
  // One change after the other: the last one counts.
  let refreshing = Promise.resolve()
  const changes = operators.changed.subscribe(() => (refreshing = refreshing.then(refresh).catch(report)))
  return {
    close: async () => {
      changes.unsubscribe()
      server.close()
      await refreshing
    },
  }
}

/** Who acts is not the caller's to say: an operator, for the node's identity. */
async function withActor(data: unknown, networks: LocalNetworks): Promise<unknown> {
  if (typeof data !== 'object' || data === null || !('actor' in data)) return data
  const actor: Actor = { account: 'cli', role: 'operator', identity: (await networks.current())?.self ?? null }
  return { ...data, actor }
}
