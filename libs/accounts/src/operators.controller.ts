import { MessagePattern } from '@nestjs/microservices'
import { ActorRequest, Allow, NodeController } from '#libs/access'
import type { AnswerOf } from '#libs/messages'
import { OperatorRequest, OperatorToAddRequest } from './operators.dto.js'
import { Operators } from './operators.service.js'

/** `operators.*`: see libs/messages for what each takes, answers and refuses. */
@NodeController()
export class OperatorsController {
  constructor(private readonly operators: Operators) {}

  @MessagePattern('operators.add')
  @Allow('operator')
  add({ key, name }: OperatorToAddRequest): Promise<AnswerOf<'operators.add'>> {
    return this.operators.add(key, name)
  }

  @MessagePattern('operators.remove')
  @Allow('operator')
  remove({ key }: OperatorRequest): Promise<AnswerOf<'operators.remove'>> {
    return this.operators.remove(key)
  }

  @MessagePattern('operators.list')
  @Allow('operator', 'auditor')
  list(_request: ActorRequest): Promise<AnswerOf<'operators.list'>> {
    return this.operators.list()
  }
}
