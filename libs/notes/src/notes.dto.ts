/** What `notes.*` messages take. */
import { IsBoolean, IsIn, IsInt, IsOptional, IsString, Matches, Max, MaxLength, Min } from 'class-validator'
import { ActorPageRequest, ActorRequest, IsTextId } from '#libs/access'
import { IsPlainDate } from '#libs/ledger'
import { NOTE_NAME } from '#libs/loans'
import type { Rail, RequestOf } from '#libs/messages'

const RAILS: Rail[] = ['bank', 'mobile-money', 'cash', 'bitcoin', 'other']

export class ListNotesRequest extends ActorPageRequest implements RequestOf<'notes.list'> {
  @IsOptional()
  @IsTextId()
  loan?: string

  @IsOptional()
  @IsPlainDate()
  asOf?: string
}

export class MarketRequest extends ActorPageRequest implements RequestOf<'notes.market'> {
  @IsOptional()
  @IsTextId()
  loan?: string

  @IsOptional()
  @IsBoolean()
  mine?: boolean

  @IsOptional()
  @IsBoolean()
  ordered?: boolean
}

class NoteRequest extends ActorRequest {
  @IsTextId()
  loan!: string

  @Matches(NOTE_NAME)
  @MaxLength(128)
  note!: string
}

export class ShowNoteRequest extends NoteRequest implements RequestOf<'notes.show'> {
  @IsOptional()
  @IsPlainDate()
  asOf?: string
}

export class QuoteNoteRequest extends NoteRequest implements RequestOf<'notes.quote'> {
  @IsInt()
  @Min(1)
  @Max(Number.MAX_SAFE_INTEGER)
  cleanPrice!: number

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(Number.MAX_SAFE_INTEGER)
  part?: number
}

export class SellNoteRequest extends QuoteNoteRequest implements RequestOf<'notes.sell'> {
  @IsOptional()
  @IsString()
  @MaxLength(1000)
  reason?: string
}

export class ListingRequest extends ActorRequest implements RequestOf<'notes.delist'> {
  @IsTextId()
  listing!: string
}

export class OrderNoteRequest extends ListingRequest implements RequestOf<'notes.order'> {
  @IsOptional()
  @IsPlainDate()
  settleOn?: string

  @IsOptional()
  @IsBoolean()
  acceptNotFinal?: boolean
}

class OfOrderRequest extends ActorRequest {
  @IsTextId()
  order!: string
}

export class PayOrderRequest extends OfOrderRequest implements RequestOf<'notes.pay'> {
  @IsIn(RAILS)
  rail!: Rail
}

export class TransferNoteRequest extends OfOrderRequest implements RequestOf<'notes.transfer'> {
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(Number.MAX_SAFE_INTEGER)
  received?: number
}

export class LapseOrderRequest extends OfOrderRequest implements RequestOf<'notes.lapse'> {
  @IsString()
  @MaxLength(1000)
  reason!: string
}
