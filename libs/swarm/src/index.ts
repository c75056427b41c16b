/** Finding and connecting nodes: Hyperswarm with caps, bans and a schedule of its own. Knows nothing of records. */
export { Swarm, type SwarmCount, type SwarmFigures, type SwarmOptions } from './swarm.shell.js'
export { type Channel, type ChannelHandlers, Connection } from './connection.shell.js'
export { DhtNode } from './dht-node.shell.js'
export { type SwarmLimits, SWARM_LIMITS } from './limits.js'
export * from './transport/index.js'
