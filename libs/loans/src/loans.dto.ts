/** What `loans.*` messages take. */
import { Equals, IsIn, IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator'
import { ActorPageRequest, ActorRequest, IsTextId } from '#libs/access'
import { IsPlainDate } from '#libs/ledger'
import type { CollateralTermsView, LoanStatus, RequestOf, Tranche } from '#libs/messages'
import type { InstalmentRow } from '#libs/money'
import { bySchema, IsInstalmentTable, IsTranches } from '#libs/offers'
import { collateralSchema, guarantorsSchema, TEXT_ID } from './security-schema.js'

const STATUSES: LoanStatus[] = [
  ...(['proposed', 'declined', 'lapsed', 'agreed', 'active', 'in_arrears', 'defaulted', 'recovering'] as const),
  ...(['cancelled', 'closed'] as const),
]

const AreGuarantors = bySchema('areGuarantors', guarantorsSchema(TEXT_ID))
const AreCollateralTerms = bySchema('areCollateralTerms', collateralSchema(TEXT_ID))

export class PreviewLoanRequest extends ActorRequest implements RequestOf<'loans.preview'> {
  @IsTextId()
  application!: string

  @IsOptional()
  @IsPlainDate()
  startDate?: string

  @IsOptional()
  @IsPlainDate()
  firstDueDate?: string

  @IsOptional()
  @IsTranches()
  tranches?: Tranche[]

  @IsOptional()
  @IsInstalmentTable()
  table?: InstalmentRow[]

  @IsOptional()
  @AreGuarantors()
  guarantors?: [guarantor: string, cap: number][]

  @IsOptional()
  @Equals(true)
  group?: true

  @IsOptional()
  @AreCollateralTerms()
  collateral?: CollateralTermsView
}

export class ProposeLoanRequest extends PreviewLoanRequest implements RequestOf<'loans.propose'> {
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(720)
  expiresInHours?: number
}

export class LoanRequest extends ActorRequest implements RequestOf<'loans.sign'> {
  @IsTextId()
  loan!: string
}

export class ShowLoanRequest extends LoanRequest implements RequestOf<'loans.show'> {
  @IsOptional()
  @IsPlainDate()
  asOf?: string
}

export class DeclineLoanRequest extends LoanRequest implements RequestOf<'loans.decline'> {
  @IsString()
  @MaxLength(1000)
  reason!: string
}

export class ListLoansRequest extends ActorPageRequest implements RequestOf<'loans.list'> {
  @IsOptional()
  @IsIn(['lender', 'borrower', 'all'])
  side?: 'lender' | 'borrower' | 'all'

  @IsOptional()
  @IsIn(STATUSES)
  status?: LoanStatus
}

export class PortfolioRequest extends ActorRequest implements RequestOf<'loans.portfolio'> {
  @IsIn(['lender', 'borrower'])
  side!: 'lender' | 'borrower'
}
