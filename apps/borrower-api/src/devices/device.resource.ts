import { Id, Nested, OneOf, Text } from '../edge/fields.js'

/** What a device sends to be registered. */
export class EnrolDevice {
  @Text('The one-time code, as the operator gave it', 128, { minLength: 1 })
  code!: string

  @Text('What the person calls the device', 64, { minLength: 1 })
  deviceName!: string
}

/** An account on the node. */
export class AccountResource {
  @Text('Id of the account', 64)
  id!: string

  @Text('Its name on the node; not published', 128)
  name!: string

  @OneOf(['operator', 'lender', 'borrower', 'auditor'], 'What it may do')
  role!: 'operator' | 'lender' | 'borrower' | 'auditor'

  @Id('The identity that it acts for; null before one is made', { nullable: true })
  identity!: string | null
}

/** A registered device. */
export class DeviceResource {
  @Text('Bearer token of the device; shown once', 512)
  token!: string

  @Text('Id of the device', 64)
  device!: string

  @Nested(() => AccountResource, 'The account that it belongs to')
  account!: AccountResource
}
