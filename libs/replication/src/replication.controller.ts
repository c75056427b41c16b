import { MessagePattern } from '@nestjs/microservices'
import { ActorRequest, Allow, EmptyRequest, NodeController, Open } from '#libs/access'
import type { AnswerOf } from '#libs/messages'
import { Continuations } from './continuations.service.js'
import { Metrics } from './metrics.service.js'
import { ForkRequest, UnbanRequest } from './replication.dto.js'
import { Status } from './status.service.js'
import { Syncing } from './syncing.service.js'
import { WitnessStatus } from './witness-status.service.js'

/** `node.*`, `sync.*`, `peers.*`, `forks.*`, `witnesses.*`, keys of `identities.*`: libs/messages has what each takes, answers, refuses. */
@NodeController()
export class ReplicationController {
  constructor(
    private readonly status: Status,
    private readonly metrics: Metrics,
    private readonly syncing: Syncing,
    private readonly continuations: Continuations,
    private readonly witnessing: WitnessStatus,
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

  @MessagePattern('sync.status')
  @Open()
  sync(_request: EmptyRequest): Promise<AnswerOf<'sync.status'>> {
    return this.syncing.status()
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

  @MessagePattern('identities.key')
  @Allow('lender', 'borrower')
  key({ actor }: ActorRequest): Promise<AnswerOf<'identities.key'>> {
    return this.continuations.show(actor)
  }

  @MessagePattern('identities.rotate')
  @Allow('lender', 'borrower')
  rotate({ actor }: ActorRequest): Promise<AnswerOf<'identities.rotate'>> {
    return this.continuations.begin(actor, 'rotation')
  }

  @MessagePattern('identities.continue')
  @Allow('lender', 'borrower')
  continue({ actor }: ActorRequest): Promise<AnswerOf<'identities.continue'>> {
    return this.continuations.begin(actor, 'continuation')
  }

  @MessagePattern('witnesses.show')
  @Open()
  witnesses(_request: EmptyRequest): Promise<AnswerOf<'witnesses.show'>> {
    return this.witnessing.show()
  }

  @MessagePattern('forks.list')
  @Open()
  forks(_request: EmptyRequest): Promise<AnswerOf<'forks.list'>> {
    return this.status.forks()
  }

  @MessagePattern('forks.prove')
  @Open()
  fork({ author }: ForkRequest): Promise<AnswerOf<'forks.prove'>> {
    return this.status.fork(author)
  }
}
