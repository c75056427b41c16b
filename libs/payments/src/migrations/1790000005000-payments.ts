import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Payments as folds write them: one row for what was sent and what became of it, or for what was confirmed without a word before. */
export class Payments1790000005000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table payment (
        id text primary key,
        loan text not null,
        purpose text not null,
        payer text not null,
        payee text not null,
        currency text not null,
        amount bigint not null,
        value_date date not null,
        rail text not null,
        reference text not null,
        status text not null,
        refused_because text,
        confirmed_amount bigint,
        allocation jsonb,
        records text[] not null,
        at bigint not null
      );
      create index payment_by_loan on payment (loan);
      create index payment_by_payer on payment (payer, at desc, id desc);
      create index payment_by_payee on payment (payee, at desc, id desc);
    `)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table payment`)
  }
}
