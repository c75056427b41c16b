import { Module } from '@nestjs/common'
import { PrivateBodies } from './private-bodies.service.js'

/** Bodies of private records, between the nodes of those who may read them. Needs replication, and who may read what. */
@Module({ providers: [PrivateBodies] })
export class PrivateBodiesModule {}
