import type { MigrationInterface, QueryRunner } from 'typeorm'

/** What lenders have promised, as folds write it; and how much the owners of identities here allow, which no record says. */
export class Pledges1790000002200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table pledge (
        subject text not null,
        lender text not null,
        currency text not null,
        amount bigint not null,
        kind text not null,
        until bigint,
        instead text,
        primary key (subject, lender)
      );
      create index pledge_by_lender on pledge (lender);
      create index pledge_by_bid on pledge (instead) where instead is not null;
      create table lending_limit (
        identity text not null,
        currency text not null,
        amount bigint not null,
        counts text not null,
        primary key (identity, currency)
      )
    `)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table lending_limit; drop table pledge`)
  }
}
