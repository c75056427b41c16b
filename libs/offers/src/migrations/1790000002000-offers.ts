import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Offers and applications, as folds write them. Ids and keys are text, times ms since the Unix epoch, amounts minor units. */
export class Offers1790000002000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table offer (
        id text primary key,
        lender text not null,
        currency text not null,
        terms jsonb not null,
        terms_record text not null,
        status text not null,
        available bigint not null,
        published_at bigint not null,
        amended_at bigint
      );
      create index offer_by_time on offer (published_at desc, id desc);
      create index offer_by_lender on offer (lender);
      create table application (
        id text primary key,
        offer text not null,
        lender text not null,
        borrower text not null,
        currency text not null,
        amount bigint not null,
        instalments integer not null,
        purpose text not null,
        status text not null,
        declined_because text,
        loan text,
        submitted_at bigint not null
      );
      create index application_by_offer on application (offer);
      create index application_by_lender on application (lender, submitted_at desc, id desc);
      create index application_by_borrower on application (borrower, submitted_at desc, id desc);
    `)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table application; drop table offer`)
  }
}
