import { Injectable } from '@nestjs/common'
import { IdentityKeys } from '#libs/network'
import { DataSource } from 'typeorm'

/** Who may read the private records of whom: the two sides of a concluded agreement, of each other. */
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
      `select 1 from loan where state->'outcome'->>'stage' = 'concluded'
         and ((borrower = $1 and lender = $2) or (borrower = $2 and lender = $1)) limit 1`,
      [author, reader],
    )
    return rows.length > 0
  }

  /** Those at home here with those whose private records they may read, but for their own. */
  async readersHere(): Promise<{ reader: string; author: string }[]> {
    return this.database.query(
      `select distinct borrower as reader, lender as author from loan
         where state->'outcome'->>'stage' = 'concluded' and borrower = any($1::text[])
       union
       select distinct lender, borrower from loan
         where state->'outcome'->>'stage' = 'concluded' and lender = any($1::text[])`,
      [this.keys.here],
    )
  }
}
