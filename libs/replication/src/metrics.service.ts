import { Injectable } from '@nestjs/common'
import type { Metric } from '#libs/messages'
import type { SwarmCount } from '#libs/swarm'
import { DataSource } from 'typeorm'
import { Bans } from './bans.service.js'
import { COUNTS } from './protocol/counts.js'
import { Replication } from './replication.service.js'
import { Status } from './status.service.js'
import { WitnessStatus } from './witness-status.service.js'

/** Why a connection was not kept, and what else a swarm counts: each is there from the start, so that its rate can be watched. */
const REFUSED = ['inbound_full', 'outbound_full', 'group_full', 'handshakes_full', 'banned', 'evicted', 'mute'] as const
const DISCOVERY = ['opened', 'refreshes', 'restarts'] as const
/** Reasons for which this node ends connections that are nobody's breach. */
const CLOSED = ['hello_late', 'not_a_member', 'silent', 'another_network', 'author_removed', 'version_unknown'] as const

/** Figures for monitoring: every limit shows in one of them. */
@Injectable()
export class Metrics {
  constructor(
    private readonly database: DataSource,
    private readonly replication: Replication,
    private readonly status: Status,
    private readonly bans: Bans,
    private readonly witnesses: WitnessStatus,
  ) {}

  async read(): Promise<{ items: Metric[] }> {
    return { items: [...(await this.held()), ...this.connections(), ...this.protocol(), ...(await this.remembered())] }
  }

  private async held(): Promise<Metric[]> {
    const { authors, records, finalRecords, staged, dirty, forks, rssBytes } = await this.status.node()
    return [
      gauge('mutuo_authors', 'Authors of whom records are accepted', authors),
      gauge('mutuo_records', 'Records accepted', records),
      gauge('mutuo_records_final', 'Records covered by a certificate', finalRecords),
      gauge('mutuo_records_staged', 'Records that wait for others', staged),
      gauge('mutuo_subjects_dirty', 'Subjects whose projection is behind, and records not indexed yet', dirty),
      gauge('mutuo_forks', 'Forks known', forks),
      gauge('mutuo_rss_bytes', 'Resident memory of the node without its Postgres', rssBytes),
    ]
  }

  private connections(): Metric[] {
    const { swarm, swarmCounts, relayed } = this.replication.figures()
    const peers = this.replication.peers()
    const { inbound = 0, outbound = 0, handshakes = 0, favoured = 0, remembered = 0 } = swarm ?? {}
    const trips = peers.flatMap(({ roundTripMs }) => (roundTripMs === null ? [] : [roundTripMs / 1_000]))
    const count = (whats: readonly SwarmCount[], label: string) =>
      whats.map((what) => ({ labels: { [label]: what }, value: swarmCounts.get(what) ?? 0 }))
    return [
      {
        name: 'mutuo_connections',
        type: 'gauge',
        help: 'Connections; inbound ones that have not proved themselves; those with places of their own',
        values: Object.entries({ inbound, outbound, handshakes, favoured }).map(([kind, value]) => {
          return { labels: { kind }, value }
        }),
      },
      {
        name: 'mutuo_connections_refused_total',
        type: 'counter',
        help: 'Connections that were not kept, and why',
        values: count(REFUSED, 'because'),
      },
      {
        name: 'mutuo_discovery_total',
        type: 'counter',
        help: 'Connections made, refreshes of discovery, and its restarts by the watchdog',
        values: count(DISCOVERY, 'what'),
      },
      {
        ...gauge(
          'mutuo_private_bodies_refused_total',
          'Bodies of private records that went beyond a peer’s allowance',
          this.replication.privateBodies.refused,
        ),
        type: 'counter',
      },
      gauge('mutuo_swarm_keys', 'Keys that the swarm remembers', remembered),
      gauge('mutuo_relayed_sessions', 'Callers of this node’s relay', relayed),
      gauge('mutuo_peers', 'Peers of all networks', peers.length),
      gauge('mutuo_peers_in_sync', 'Peers that hold the same', peers.filter(({ inSync }) => inSync).length),
      gauge('mutuo_peer_round_trip_seconds', 'The longest round trip of a peer', Math.max(0, ...trips)),
    ]
  }

  private protocol(): Metric[] {
    const { protocol } = this.replication.figures()
    const reasons = new Set<string>([...CLOSED, ...protocol.flatMap(({ closed }) => [...closed.keys()])])
    const sum = (values: readonly (number | undefined)[]) =>
      values.reduce<number>((all, value) => all + (value ?? 0), 0)
    return [
      {
        name: 'mutuo_protocol_total',
        type: 'counter',
        help: 'What the protocol counts: records taken, what went beyond a limit, breaches',
        values: COUNTS.map((what) => ({
          labels: { what },
          value: sum(protocol.map(({ figures }) => figures.get(what))),
        })),
      },
      {
        name: 'mutuo_peers_closed_total',
        type: 'counter',
        help: 'Connections that this node ended, and why',
        values: [...reasons].sort().map((reason) => ({
          labels: { reason },
          value: sum(protocol.map(({ closed }) => closed.get(reason))),
        })),
      },
    ]
  }

  private async remembered(): Promise<Metric[]> {
    const [row] = (await this.database.query('select count(*) from known_peer')) as { count: string }[]
    const { conflicts, signedTwice } = await this.witnesses.counts()
    return [
      gauge('mutuo_conflicts', 'Logs of which two heads that can’t both stand were certified', conflicts),
      gauge('mutuo_witnesses_signed_twice', 'Witnesses that signed for both heads of such a log', signedTwice),
      gauge('mutuo_bans', 'Keys that are shunned', this.bans.list().length),
      gauge('mutuo_known_peers', 'Good peers that are remembered', Number(row!.count)),
    ]
  }
}

function gauge(name: string, help: string, value: number): Metric {
  return { name, type: 'gauge', help, values: [{ labels: {}, value }] }
}
