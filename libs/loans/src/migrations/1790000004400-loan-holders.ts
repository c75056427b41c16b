import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Who lends, owns a note or did, or collects for others: a loan is listed for each of them. Loans held already are projected anew. */
export class LoanHolders1790000004400 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table loan_holder (
        loan text not null,
        holder text not null,
        primary key (loan, holder)
      );
      create index loan_holder_by_holder on loan_holder (holder);
      insert into dirty_subject (subject, type, rank) select id, type, rank from subject where type = 'loan'
        on conflict do nothing;
    `)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table loan_holder`)
  }
}
