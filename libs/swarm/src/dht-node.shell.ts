// A node of a private DHT: what closed networks and machines without internet find each other by.

import { createSocket } from 'node:dgram'
import HyperDHT, { type DhtAddress } from 'hyperdht'

/** Routes for others and keeps their announcements. The first of a private DHT has nothing to start from. */
export class DhtNode {
  private constructor(
    private readonly dht: HyperDHT,
    readonly host: string,
  ) {}

  /**
   * Starts one. `host` is the IPv4 address that its peers reach, 127.0.0.1 for this machine alone; port 0 takes any free
   * one; `bootstrap` names nodes of the DHT to join.
   */
  static async start(options: { host: string; port?: number; bootstrap?: DhtAddress[] }): Promise<DhtNode> {
    const { host, bootstrap = [] } = options
    // It must know its own address from the start: alone it has nobody to tell it, and nobody can announce to it.
    const port = options.port || (await freePort(host))
    const dht = HyperDHT.bootstrapper(port, host, { bootstrap, host, anyPort: false })
    await dht.fullyBootstrapped()
    return new DhtNode(dht, host)
  }

  /** Where others find it. */
  get port(): number {
    return this.dht.address().port
  }

  async stop(): Promise<void> {
    await this.dht.destroy()
  }
}

function freePort(host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = createSocket('udp4')
    socket.once('error', reject)
    socket.bind(0, host, () => {
      const { port } = socket.address()
      socket.close(() => resolve(port))
    })
  })
}
