import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Where each loan stands from one day until another, for sums over many loans as of a day. Loans held already are projected anew. */
export class LoanSteps1790000004100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table loan_step (
        loan text not null,
        lender text not null,
        borrower text not null,
        currency text not null,
        principal bigint not null,
        from_day date not null,
        until_day date not null,
        status text not null,
        principal_owed bigint not null,
        outstanding bigint not null,
        overdue bigint not null,
        late_since date,
        primary key (loan, from_day)
      );
      create index loan_step_by_lender on loan_step (lender, until_day, from_day)
        include (currency, status, late_since, principal, principal_owed, outstanding, overdue);
      create index loan_step_by_borrower on loan_step (borrower, until_day, from_day);
      insert into dirty_subject (subject, type, rank) select id, type, rank from subject where type = 'loan';
    `)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table loan_step`)
  }
}
