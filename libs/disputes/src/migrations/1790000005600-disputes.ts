import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Disputes by whom they concern, as folds of loans write them. */
export class Disputes1790000005600 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table dispute (
        id text primary key,
        loan text not null,
        concerned text[] not null,
        status text not null,
        at bigint not null
      );
      create index dispute_by_loan on dispute (loan);
      create index dispute_by_concerned on dispute using gin (concerned);
    `)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table dispute`)
  }
}
