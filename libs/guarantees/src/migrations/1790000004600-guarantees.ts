import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Guarantees by whom they concern, as folds of loans write them. Loans held already are projected anew. */
export class Guarantees1790000004600 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table guarantee (
        key text not null,
        loan text not null,
        guarantor text not null,
        borrower text not null,
        creditors text[] not null,
        group_id text,
        status text not null,
        until_day date,
        at bigint not null,
        primary key (loan, guarantor)
      );
      create index guarantee_by_key on guarantee (key);
      create index guarantee_by_guarantor on guarantee (guarantor, at desc);
      create index guarantee_by_borrower on guarantee (borrower, at desc);
      create index guarantee_by_creditor on guarantee using gin (creditors);
      create index guarantee_by_group on guarantee (group_id) where group_id is not null;
      insert into dirty_subject (subject, type, rank) select id, type, rank from subject where type = 'loan'
        on conflict do nothing;
    `)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table guarantee`)
  }
}
