/** Papers that a borrower keeps: the receipt of a payment, the movements of a loan, the interest of a year. */
import type { AnswerOf, ExplainedMovement, InterestItem, RecordView } from '#libs/messages'
import { Day, Id, ListOf, Nested, OneOf, Text, Whole, WholeInPath } from '../edge/fields.js'
import { inCurrency, MoneyResource } from '../edge/money.js'
import { RecordResource, recordResource } from '../loans/record.resource.js'
import { PaymentResource } from '../payments/payment.resource.js'

/** Longest bytes of one record in hex: a body has at most 256 KiB. */
const HEX = 2 ** 20

/** A signed record with the bytes that the signature is of. */
export class ProofResource extends RecordResource {
  @Text('Header in hex: the id is its SHA-256', HEX)
  header!: string

  @Text('Ed25519 signature of the author in hex; null where a later record of the same log carries it', 128, {
    nullable: true,
  })
  signature!: string | null

  @Text('Body in hex, which the header names by its hash; null when it is not held here', HEX, { nullable: true })
  bodyBytes!: string | null
}

/** That a payment was made, with the signed records that say so. */
export class ReceiptResource {
  @Nested(() => PaymentResource, 'The payment')
  payment!: PaymentResource

  @ListOf(() => ProofResource, 'What payer and payee signed')
  proofs!: ProofResource[]
}

type ShownRecord = RecordView & { headerHex: string; signatureHex: string | null; bodyHex: string | null }

export function proofResource(view: ShownRecord): ProofResource {
  return {
    ...recordResource(view),
    header: view.headerHex,
    signature: view.signatureHex,
    bodyBytes: view.bodyHex,
  }
}

/** What a movement did to an account of the borrower's books. */
export class PostingResource {
  @Text('Account, as `owner:class:detail:loan`', 300)
  account!: string

  @OneOf(['debit', 'credit'], 'On which side')
  side!: 'debit' | 'credit'

  @Nested(() => MoneyResource, 'How much')
  amount!: MoneyResource
}

/** A movement of a loan. */
export class MovementResource {
  @Day('The day that counts')
  date!: string

  @Text('What', 300)
  description!: string

  @Id('The record behind it')
  record!: string

  @Text('What the record says, as `payment.confirmed`', 64)
  kind!: string

  @OneOf(['stored', 'final'], '`final`: certified by a quorum of witnesses, and so is all that it rests on')
  finality!: 'stored' | 'final'

  @ListOf(() => PostingResource, "What it did in the borrower's books")
  postings!: PostingResource[]
}

/** Every movement of a loan, in order. */
export class LoanStatementResource {
  @Id('The loan')
  loan!: string

  @Day('Up to the end of this day')
  asOf!: string

  @ListOf(() => MovementResource, 'The movements')
  items!: MovementResource[]
}

/** A movement as the borrower's books have it; null when it moves nothing there. */
export function movementResource({ record, valueDate, postings }: ExplainedMovement, owner: string) {
  const own = postings.filter((posting) => posting.owner === owner)
  if (own.length === 0) return null
  const movement: MovementResource = {
    date: valueDate,
    description: own[0]!.description,
    record: record.id,
    kind: record.kind,
    finality: record.finality,
    postings: own.map(({ account, currency, debit, credit }) => ({
      account,
      side: debit > 0 ? 'debit' : 'credit',
      amount: inCurrency(currency)(debit > 0 ? debit : credit),
    })),
  }
  return movement
}

/** The year that a path names. */
export class YearPath {
  @WholeInPath('The calendar year', 1900, 9999)
  year!: number
}

/** What a loan cost in a year, by value date. */
export class YearOfLoanResource {
  @Id('The loan')
  loan!: string

  @Id('The lender')
  lender!: string

  @Text('Pseudonym of the lender', 64, { nullable: true })
  lenderAlias!: string | null

  @Nested(() => MoneyResource, 'Interest paid')
  interestPaid!: MoneyResource

  @Nested(() => MoneyResource, 'Fees and penalties paid')
  feesPaid!: MoneyResource
}

/** What was paid in one currency. */
export class YearTotalResource {
  @Nested(() => MoneyResource, 'Interest paid')
  interestPaid!: MoneyResource

  @Nested(() => MoneyResource, 'Fees and penalties paid')
  feesPaid!: MoneyResource
}

/** Interest and fees of a calendar year. */
export class YearStatementResource {
  @Whole('The calendar year', 1900, 9999)
  year!: number

  @Id('Whose')
  borrower!: string

  @ListOf(() => YearOfLoanResource, 'By loan')
  items!: YearOfLoanResource[]

  @ListOf(() => YearTotalResource, 'In all, by currency')
  totals!: YearTotalResource[]
}

type Year = Exclude<AnswerOf<'reports.interest'>, { refused: string }>

export function yearStatementResource({ year, owner, items, totals }: Year): YearStatementResource {
  return {
    year,
    borrower: owner,
    items: items.map((item) => ({
      loan: item.loan,
      lender: item.counterparty,
      lenderAlias: item.counterpartyAlias,
      ...paidOf(item),
    })),
    totals: totals.map(paidOf),
  }
}

function paidOf(item: Pick<InterestItem, 'currency' | 'interestPaid' | 'feesPaid'>): YearTotalResource {
  const money = inCurrency(item.currency)
  return { interestPaid: money(item.interestPaid), feesPaid: money(item.feesPaid) }
}
