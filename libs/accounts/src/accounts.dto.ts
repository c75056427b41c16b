/** What `accounts.*` messages take. */
import { IsIn, IsInt, IsString, Length, Matches, Max, MaxLength, Min } from 'class-validator'
import { ActorRequest } from '#libs/access'
import type { RequestOf, Role } from '#libs/messages'

const TOKEN_LENGTH = 256
/** One line that is not blank. */
const NAME = /^(?=.*\S)[^\p{Cc}]{1,64}$/u

export class SetupRequest implements RequestOf<'accounts.setup'> {
  @IsString()
  @MaxLength(TOKEN_LENGTH)
  setupToken!: string

  @Matches(NAME, { message: 'must be one line of 1 to 64 characters' })
  name!: string

  @IsString()
  @MaxLength(1_024)
  password!: string
}

export class LoginRequest implements RequestOf<'accounts.login'> {
  @Matches(NAME, { message: 'must be one line of 1 to 64 characters' })
  name!: string

  @IsString()
  @MaxLength(1_024)
  password!: string
}

export class TokenRequest implements RequestOf<'accounts.authenticate'> {
  @IsString()
  @MaxLength(TOKEN_LENGTH)
  token!: string
}

export class EnrolRequest extends ActorRequest implements RequestOf<'accounts.enrol'> {
  @Matches(NAME, { message: 'must be one line of 1 to 64 characters' })
  name!: string

  @IsIn(['operator', 'lender', 'borrower', 'auditor'])
  role!: Role
}

export class RegisterDeviceRequest implements RequestOf<'accounts.registerDevice'> {
  @IsString()
  @MaxLength(TOKEN_LENGTH)
  code!: string

  @Matches(NAME, { message: 'must be one line of 1 to 64 characters' })
  deviceName!: string
}

export class DeviceRequest extends ActorRequest implements RequestOf<'accounts.revokeDevice'> {
  @IsString()
  @MaxLength(64)
  device!: string
}

export class IdempotencyBeginRequest implements RequestOf<'accounts.idempotencyBegin'> {
  @IsString()
  @MaxLength(64)
  account!: string

  @IsString()
  @Length(1, 255)
  key!: string

  @IsString()
  @Length(1, 128)
  requestHash!: string
}

export class IdempotencyEndRequest implements RequestOf<'accounts.idempotencyEnd'> {
  @IsString()
  @MaxLength(64)
  account!: string

  @IsString()
  @Length(1, 255)
  key!: string

  @IsInt()
  @Min(100)
  @Max(599)
  status!: number

  @IsString()
  @MaxLength(1_048_576)
  body!: string
}
