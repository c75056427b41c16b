import { MessagePattern } from '@nestjs/microservices'
import { ActorRequest, Allow, EmptyRequest, NodeController, Open } from '#libs/access'
import type { AnswerOf } from '#libs/messages'
import {
  DeviceRequest,
  EnrolRequest,
  IdempotencyBeginRequest,
  IdempotencyEndRequest,
  LoginRequest,
  RegisterDeviceRequest,
  SetupRequest,
  TokenRequest,
} from './accounts.dto.js'
import { Accounts } from './accounts.service.js'
import { Idempotency } from './idempotency.service.js'
import { Sessions } from './sessions.service.js'

/** `accounts.*`: see libs/messages for what each takes, answers and refuses. */
@NodeController()
export class AccountsController {
  constructor(
    private readonly accounts: Accounts,
    private readonly sessions: Sessions,
    private readonly idempotency: Idempotency,
  ) {}

  @MessagePattern('accounts.state')
  @Open()
  state(_request: EmptyRequest): Promise<AnswerOf<'accounts.state'>> {
    return this.accounts.state()
  }

  @MessagePattern('accounts.setup')
  @Open()
  setup({ setupToken, name, password }: SetupRequest): Promise<AnswerOf<'accounts.setup'>> {
    return this.accounts.setup(setupToken, name, password)
  }

  @MessagePattern('accounts.login')
  @Open()
  login({ name, password }: LoginRequest): Promise<AnswerOf<'accounts.login'>> {
    return this.sessions.login(name, password)
  }

  @MessagePattern('accounts.logout')
  @Open()
  logout({ token }: TokenRequest): Promise<AnswerOf<'accounts.logout'>> {
    return this.sessions.logout(token)
  }

  @MessagePattern('accounts.authenticate')
  @Open()
  authenticate({ token }: TokenRequest): Promise<AnswerOf<'accounts.authenticate'>> {
    return this.sessions.authenticate(token)
  }

  @MessagePattern('accounts.enrol')
  @Allow('operator')
  enrol({ name, role }: EnrolRequest): Promise<AnswerOf<'accounts.enrol'>> {
    return this.accounts.enrol(name, role)
  }

  @MessagePattern('accounts.registerDevice')
  @Open()
  registerDevice({ code, deviceName }: RegisterDeviceRequest): Promise<AnswerOf<'accounts.registerDevice'>> {
    return this.sessions.registerDevice(code, deviceName)
  }

  @MessagePattern('accounts.devices')
  @Allow('lender', 'borrower', 'auditor')
  devices({ actor }: ActorRequest): Promise<AnswerOf<'accounts.devices'>> {
    return this.sessions.devices(actor)
  }

  @MessagePattern('accounts.revokeDevice')
  @Allow('lender', 'borrower', 'auditor')
  revokeDevice({ actor, device }: DeviceRequest): Promise<AnswerOf<'accounts.revokeDevice'>> {
    return this.sessions.revokeDevice(actor, device)
  }

  @MessagePattern('accounts.list')
  @Allow('operator')
  list(_request: ActorRequest): Promise<AnswerOf<'accounts.list'>> {
    return this.accounts.list()
  }

  @MessagePattern('accounts.idempotencyBegin')
  @Open()
  idempotencyBegin(request: IdempotencyBeginRequest): Promise<AnswerOf<'accounts.idempotencyBegin'>> {
    return this.idempotency.begin(request.account, request.key, request.requestHash)
  }

  @MessagePattern('accounts.idempotencyEnd')
  @Open()
  idempotencyEnd(request: IdempotencyEndRequest): Promise<AnswerOf<'accounts.idempotencyEnd'>> {
    return this.idempotency.end(request.account, request.key, request.status, request.body)
  }
}
