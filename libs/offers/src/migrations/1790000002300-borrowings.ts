import type { MigrationInterface, QueryRunner } from 'typeorm'

/** What people have borrowed, as folds of loans write it. Loans held already are projected anew. */
export class Borrowings1790000002300 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table borrowing (
        loan text primary key,
        borrower text not null,
        currency text not null,
        principal bigint not null,
        open boolean not null,
        repaid_on date
      );
      create index borrowing_by_borrower on borrowing (borrower);
      insert into dirty_subject (subject, type, rank) select id, type, rank from subject where type = 'loan'
        on conflict do nothing;
    `)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table borrowing`)
  }
}
