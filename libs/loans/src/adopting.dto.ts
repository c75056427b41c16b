/** What `loans.adopt` messages take. */
import { IsIn, IsInt, IsOptional, IsString, Matches, Max, MaxLength, Min } from 'class-validator'
import { ActorRequest, IsTextId } from '#libs/access'
import { IsPlainDate } from '#libs/ledger'
import type { Adoption, EventCharge, RequestOf } from '#libs/messages'
import type { InstalmentRow } from '#libs/money'
import { bySchema, IsInstalmentTable, schema, termsSchema } from '#libs/offers'

const { amount, date, line, object, positiveAmount } = schema
const { every, arrears } = termsSchema.offeredMembers
const IsEvery = bySchema('isEvery', every)
const AreArrears = bySchema('areArrears', arrears)
const AreEventCharges = bySchema('areEventCharges', termsSchema.eventCharges)
const IsBalance = bySchema('isBalance', object({ on: date, principal: positiveAmount, interest: amount, fees: amount }))
const IsPaper = bySchema('isPaper', line(200))

export class AdoptLoanRequest extends ActorRequest implements RequestOf<'loans.adopt'> {
  @IsIn(['lender', 'borrower'])
  side!: 'lender' | 'borrower'

  @IsTextId()
  counterparty!: string

  @Matches(/^[A-Z]{3}$/)
  currency!: string

  @IsInt()
  @Min(0)
  @Max(10_000_000)
  annualRatePpm!: number

  @IsOptional()
  @IsEvery()
  every?: NonNullable<Adoption['every']>

  @IsOptional()
  @AreArrears()
  arrears?: NonNullable<Adoption['arrears']>

  @IsPlainDate()
  startDate!: string

  @IsInstalmentTable()
  table!: InstalmentRow[]

  @IsBalance()
  balance!: Adoption['balance']

  @IsPaper()
  paper!: string

  @IsString()
  @MaxLength(1000)
  purpose!: string

  @IsOptional()
  @AreEventCharges()
  eventCharges?: EventCharge[]

  @IsOptional()
  @IsTextId()
  arbiter?: string

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(366)
  defaultAfterDays?: number

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(720)
  expiresInHours?: number
}
