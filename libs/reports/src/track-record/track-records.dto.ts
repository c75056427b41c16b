/** What `trackRecords.*` messages take. */
import { IsIn, IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator'
import { ActorRequest, IsTextId } from '#libs/access'
import { IsPlainDate } from '#libs/ledger'
import type { RequestOf, TrackFigure } from '#libs/messages'
import { FIGURES } from './track-record.js'

export class ShowTrackRecordRequest implements RequestOf<'trackRecords.show'> {
  @IsTextId()
  identity!: string

  @IsOptional()
  @IsPlainDate()
  asOf?: string
}

export class TrackEvidenceRequest extends ActorRequest implements RequestOf<'trackRecords.evidence'> {
  @IsTextId()
  identity!: string

  @IsIn(FIGURES)
  figure!: TrackFigure

  @IsOptional()
  @IsPlainDate()
  asOf?: string

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(200)
  limit?: number

  @IsOptional()
  @IsString()
  @MaxLength(20)
  cursor?: string
}
