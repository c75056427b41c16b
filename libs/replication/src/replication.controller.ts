import { MessagePattern } from '@nestjs/microservices'
import { ActorRequest, Allow, EmptyRequest, NodeController, Open } from '#libs/access'
import type { AnswerOf } from '#libs/messages'
import { Metrics } from './metrics.service.js'
import { UnbanRequest } from './replication.dto.js'
import { Status } from './status.service.js'

/** `node.*`, `peers.*`, `forks.*`: see libs/messages for what each takes, answers and refuses. */
@NodeController()
export class ReplicationController {
  constructor(
    private readonly status: Status,
    private readonly metrics: Metrics,
  ) {}

  @MessagePattern('node.status')
  @Open()
  node(_request: EmptyRequest): Promise<AnswerOf<'node.status'>> {
    return this.status.node()
  }

  @MessagePattern('node.metrics')
  @Open()
  figures(_request: EmptyRequest): Promise<AnswerOf<'node.metrics'>> {
    return this.metrics.read()
  }

  @MessagePattern('node.stop')
  @Allow('operator')
  stop(_request: ActorRequest): AnswerOf<'node.stop'> {
    return this.status.stop()
  }

  @MessagePattern('peers.list')
  @Open()
  peers(_request: EmptyRequest): Promise<AnswerOf<'peers.list'>> {
    return this.status.peers()
  }

  @MessagePattern('peers.bans')
  @Allow('operator', 'auditor')
  bans(_request: ActorRequest): AnswerOf<'peers.bans'> {
    return this.status.banned()
  }

  @MessagePattern('peers.unban')
  @Allow('operator')
  unban({ key }: UnbanRequest): Promise<AnswerOf<'peers.unban'>> {
    return this.status.unban(key)
  }

  @MessagePattern('forks.list')
  @Open()
  forks(_request: EmptyRequest): Promise<AnswerOf<'forks.list'>> {
    return this.status.forks()
  }
}
