import { type DynamicModule, Module } from '@nestjs/common'
import { Bans } from './bans.service.js'
import { Continuations } from './continuations.service.js'
import { Freezes } from './freezes.service.js'
import { GossipRound } from './gossip.service.js'
import { KnownPeers } from './known-peers.service.js'
import { Metrics } from './metrics.service.js'
import { Quotas } from './quotas.service.js'
import { Recalls } from './recalls.service.js'
import { REPLICATION_OPTIONS, type ReplicationOptions } from './replication-options.js'
import { ReplicationController } from './replication.controller.js'
import { Replication } from './replication.service.js'
import { Standings } from './standings.service.js'
import { Status } from './status.service.js'
import { Stops } from './stops.service.js'
import { Syncing } from './syncing.service.js'
import { Witness } from './witness.service.js'
import { WitnessStatus } from './witness-status.service.js'

/** Meets other nodes; answers `node.*`, `sync.*`, `peers.*`, `forks.*`. Needs the store and networks, which are global. */
@Module({})
export class ReplicationModule {
  static forRoot(options: ReplicationOptions): DynamicModule {
    return {
      module: ReplicationModule,
      global: true,
      controllers: [ReplicationController],
      providers: [
        { provide: REPLICATION_OPTIONS, useValue: options },
        ...[Bans, Continuations, Freezes, GossipRound, KnownPeers, Metrics],
        ...[Quotas, Recalls, Replication, Standings, Status, Stops, Syncing, Witness, WitnessStatus],
      ],
      exports: [Replication],
    }
  }
}
