import type { MigrationInterface, QueryRunner } from 'typeorm'

/**
 * Changes that wait for their proposer's node, and what is written off of a loan from one day until another. A loan's status on a
 * day is in its steps alone; its instalments are read from its state. Loans held already are projected anew.
 */
export class Servicing1790000004200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table loan_change (
        id text primary key,
        loan text not null,
        proposer text not null,
        settleable boolean not null,
        expires_at bigint not null
      );
      create index loan_change_by_loan on loan_change (loan);
      create index loan_change_by_proposer on loan_change (proposer);
      alter table loan_step add column written_off bigint not null default 0;
      drop index loan_step_by_lender;
      create index loan_step_by_lender on loan_step (lender, until_day, from_day)
        include (currency, status, late_since, principal, principal_owed, written_off, outstanding, overdue);
      alter table loan drop column stage, drop column paid_out_on, drop column closed_on, drop column next_due;
      drop table instalment;
      insert into dirty_subject (subject, type, rank) select id, type, rank from subject where type = 'loan'
        on conflict do nothing;
    `)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table loan_change;
      drop index loan_step_by_lender;
      alter table loan_step drop column written_off;
      create index loan_step_by_lender on loan_step (lender, until_day, from_day)
        include (currency, status, late_since, principal, principal_owed, outstanding, overdue);
      alter table loan add column stage text not null default 'proposed', add column paid_out_on date,
        add column closed_on date, add column next_due date;
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
}
