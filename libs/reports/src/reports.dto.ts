/** What `reports.*` messages take. */
import { IsIn, IsInt, IsOptional, Max, Min } from 'class-validator'
import { ActorRequest, IsTextId } from '#libs/access'
import { IsPlainDate } from '#libs/ledger'
import type { RequestOf } from '#libs/messages'

class OwnerRequest extends ActorRequest {
  @IsOptional()
  @IsTextId()
  owner?: string
}

export class AsOfReportRequest extends OwnerRequest implements RequestOf<'reports.cashFlow'> {
  @IsOptional()
  @IsPlainDate()
  asOf?: string
}

export class SideReportRequest extends AsOfReportRequest implements RequestOf<'reports.portfolio'> {
  @IsOptional()
  @IsIn(['lender', 'borrower'])
  side?: 'lender' | 'borrower'
}

export class YearReportRequest extends OwnerRequest implements RequestOf<'reports.interest'> {
  @IsInt()
  @Min(1900)
  @Max(9999)
  year!: number
}
