/** Requests to the store, as the node takes them. */
import { IsBoolean, IsInt, IsOptional, IsString, Matches, Max, MaxLength, Min, MinLength } from 'class-validator'
import { ActorRequest, IsTextId } from '#libs/access'

export class RecordRequest {
  @IsTextId()
  id!: string
}

export class ProveRequest extends RecordRequest {
  @IsOptional()
  @IsBoolean()
  bodies?: boolean
}

export class SubjectRequest {
  @IsTextId()
  subject!: string
}

export class LogRequest {
  @IsTextId()
  author!: string

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(200)
  limit?: number

  /** Row number of the log and seq of the last record of the page before. */
  @IsOptional()
  @Matches(/^[0-9]{1,10}-[0-9]{1,15}$/)
  cursor?: string
}

/** A path on the node's own machine. */
export class PathRequest extends ActorRequest {
  @IsString()
  @MinLength(1)
  @MaxLength(4096)
  path!: string
}

export class ExportRequest extends PathRequest {
  @IsOptional()
  @IsTextId()
  loan?: string
}
