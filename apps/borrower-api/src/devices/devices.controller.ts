import { Body } from '@nestjs/common'
import type { AccountView } from '#libs/messages'
import { NodeClient } from '#libs/node-client'
import { Account, Begin, BorrowerController, Read } from '../edge/borrower-controller.js'
import { AccountResource, DeviceResource, EnrolDevice } from './device.resource.js'

@BorrowerController('Devices')
export class DevicesController {
  constructor(private readonly node: NodeClient) {}

  @Begin('devices', {
    id: 'registerDevice',
    summary: 'Register a device',
    description:
      'Trades the enrolment code that the operator gave for the token of this device. Shown once: keep it in the keystore. ' +
      'Takes no `Idempotency-Key`, because a code works once; when the answer is lost, ask for a new code.',
    answer: DeviceResource,
    refuses: ['enrolment_code_wrong', 'enrolment_code_expired', 'too_many_attempts'],
  })
  register(@Body() { code, deviceName }: EnrolDevice): Promise<DeviceResource> {
    return this.node.ask('accounts.registerDevice', { code, deviceName })
  }

  @Read('me', { id: 'getMe', summary: 'The account of this device', answer: AccountResource })
  me(@Account() account: AccountView): AccountResource {
    return account
  }
}
