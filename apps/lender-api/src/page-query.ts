/** What the queries of lists and reports have in common. */
import { Type } from 'class-transformer'
import { IsInt, IsOptional, IsString, Matches, Max, MaxLength, Min } from 'class-validator'

/** A calendar date, `YYYY-MM-DD`; whether it exists is the node's to say. */
export const IsDate = (): PropertyDecorator => Matches(/^\d{4}-\d{2}-\d{2}$/)

/** `?limit=&cursor=` */
export class PageQuery {
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  limit?: number

  @IsOptional()
  @IsString()
  @MaxLength(512)
  cursor?: string
}
