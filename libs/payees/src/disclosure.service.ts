import { Injectable } from '@nestjs/common'
import { IdentityKeys } from '#libs/network'
import { DataSource } from 'typeorm'

/** Who pays whom: borrower and whoever lends, owns or owned a note, or collects; who ordered a note and who sells it. */
const SIDES = `
  select loan.borrower as one, holder as other from loan join loan_holder on loan_holder.loan = loan.id
   where loan.state->'outcome'->>'stage' = 'concluded'
  union all
  select ordered.value->>'by', note_listing.seller
    from note_listing join loan on loan.id = note_listing.loan, jsonb_each(loan.state->'orders') as ordered
   where ordered.value->>'listing' = note_listing.id`

/** Who may read the private records of whom: those who pay each other in a concluded agreement, or for a note of it. */
@Injectable()
export class Disclosure {
  constructor(
    private readonly database: DataSource,
    private readonly keys: IdentityKeys,
  ) {}

  /** Whether what an author keeps private is for a reader. Keys in text form. */
  async mayRead(author: string, reader: string): Promise<boolean> {
    if (author === reader) return true
    const rows: unknown[] = await this.database.query(
      `select 1 from (${SIDES}) as side where (one = $1 and other = $2) or (one = $2 and other = $1) limit 1`,
      [author, reader],
    )
    return rows.length > 0
  }

  /** Those at home here with those whose private records they may read, but for their own. */
  async readersHere(): Promise<{ reader: string; author: string }[]> {
    return this.database.query(
      `select one as reader, other as author from (${SIDES}) as side where one = any($1::text[])
       union
       select other, one from (${SIDES}) as side where other = any($1::text[])`,
      [this.keys.here],
    )
  }
}
