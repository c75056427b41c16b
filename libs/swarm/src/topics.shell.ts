// The topics under which a node announces itself and looks for others, refreshed on a schedule of its own: nodes that start at
// the same moment don't find each other for ten minutes otherwise.

import type Hyperswarm from 'hyperswarm'
import type { DiscoverySession } from 'hyperswarm'
import { hex } from './hex.js'

interface Joined {
  session: DiscoverySession
  timer: NodeJS.Timeout | null
}

/** Delays of the refreshes after joining a topic, in ms, then one interval while alone and one in company. */
const REFRESHES_MS = [1_000, 2_000, 5_000]
const REFRESH_ALONE_MS = 15_000
const REFRESH_IN_COMPANY_MS = 240_000

export class Topics {
  private readonly joined = new Map<string, Joined>()

  /** `isAlone`: there is no connection now. `onRefresh`: a topic is looked up anew. */
  constructor(
    private readonly hyperswarm: Hyperswarm,
    private readonly isAlone: () => boolean,
    private readonly onRefresh: () => void,
  ) {}

  has(topic: Uint8Array): boolean {
    return this.joined.has(hex(topic))
  }

  /** Announces this node under a topic and looks for others there, again and again. */
  join(topic: Uint8Array): void {
    const name = hex(topic)
    if (this.joined.has(name)) return
    const joined: Joined = {
      session: this.hyperswarm.join(topic, { client: true, server: true }),
      timer: null,
    }
    this.joined.set(name, joined)
    let round = 0
    const later = () => {
      const steady = this.isAlone() ? REFRESH_ALONE_MS : REFRESH_IN_COMPANY_MS
      joined.timer = setTimeout(() => void refresh(), REFRESHES_MS[round++] ?? steady)
      joined.timer.unref()
    }
    const refresh = async () => {
      this.onRefresh()
      // Rejects when cut off; the next round tries again.
      await joined.session.refresh({ client: true, server: true }).catch(() => undefined)
      if (this.joined.get(name) === joined) later()
    }
    later()
  }

  /** Looks up every topic at once. */
  async refresh(): Promise<void> {
    const sessions = [...this.joined.values()].map(({ session }) => session)
    await Promise.allSettled(sessions.map((session) => session.refresh({ client: true, server: true })))
  }

  async leave(topic: Uint8Array): Promise<void> {
    const joined = this.joined.get(hex(topic))
    if (!joined) return
    this.joined.delete(hex(topic))
    if (joined.timer) clearTimeout(joined.timer)
    await joined.session.destroy().catch(() => undefined)
  }

  /** Looks up nothing more; Hyperswarm ends the rest. */
  end(): void {
    for (const { timer } of this.joined.values()) if (timer) clearTimeout(timer)
    this.joined.clear()
  }
}
