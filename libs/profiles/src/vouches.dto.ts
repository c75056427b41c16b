/** What `vouches.*` messages take. */
import { IsOptional, IsString } from 'class-validator'
import { ActorRequest, IsTextId } from '#libs/access'
import type { RequestOf } from '#libs/messages'

export class GiveVouchRequest extends ActorRequest implements RequestOf<'vouches.give'> {
  @IsTextId()
  identity!: string

  @IsOptional()
  @IsString()
  text?: string
}

export class WithdrawVouchRequest extends ActorRequest implements RequestOf<'vouches.withdraw'> {
  @IsTextId()
  identity!: string

  @IsOptional()
  @IsString()
  reason?: string
}

export class ListVouchesRequest implements RequestOf<'vouches.list'> {
  @IsOptional()
  @IsTextId()
  identity?: string

  @IsOptional()
  @IsTextId()
  voucher?: string
}
