import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Requests and bids, as folds write them. Ids and keys are text, times ms since the Unix epoch, amounts minor units, rates ppm. */
export class Requests1790000002500 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table request (
        id text primary key,
        borrower text not null,
        currency text not null,
        instalments integer not null,
        highest_rate_ppm integer not null,
        closes_at bigint not null,
        terms jsonb not null,
        status text not null,
        loan text,
        published_at bigint not null
      );
      create index request_by_time on request (published_at desc, id desc);
      create index request_by_borrower on request (borrower);
      create table bid (
        id text primary key,
        request text not null,
        borrower text not null,
        lender text not null,
        currency text not null,
        amount bigint not null,
        least_amount bigint not null,
        rate_ppm integer not null,
        valid_until bigint not null,
        placed_at bigint not null,
        stage text not null,
        loan text
      );
      create index bid_by_request on bid (request);
      create index bid_by_lender on bid (lender, placed_at desc, id desc);
      create index bid_by_borrower on bid (borrower, placed_at desc, id desc);
    `)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table bid; drop table request`)
  }
}
