import type { MigrationInterface, QueryRunner } from 'typeorm'

/**
 * Loans and their instalments, as folds write them. Nothing here depends on the day: `state` is the folded loan, from which the
 * standing on a day is computed when it is read. Ids and keys are text, times ms since the Unix epoch, amounts minor units.
 */
export class Loans1790000004000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table loan (
        id text primary key,
        application text not null,
        offer text not null,
        proposer text not null,
        lender text not null,
        borrower text not null,
        currency text not null,
        principal bigint not null,
        stage text not null,
        open boolean not null,
        settleable boolean not null,
        proposed_at bigint not null,
        expires_at bigint not null,
        paid_out_on date,
        closed_on date,
        next_due date,
        state jsonb not null
      );
      create index loan_by_time on loan (proposed_at desc, id desc);
      create index loan_by_lender on loan (lender, proposed_at desc, id desc);
      create index loan_by_borrower on loan (borrower, proposed_at desc, id desc);
      create index loan_open on loan (proposer) where open;
      create table instalment (
        loan text not null,
        number integer not null,
        due_date date not null,
        principal bigint not null,
        interest bigint not null,
        fees bigint not null,
        paid bigint not null,
        paid_on date,
        primary key (loan, number)
      );
      create index instalment_by_due_date on instalment (due_date) where paid_on is null;
    `)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table instalment; drop table loan`)
  }
}
