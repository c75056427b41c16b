import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Payments that settle, and payments that are taken back. Loans held already are projected anew. */
export class Reversals1790000005100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table payment add column settles boolean not null default false,
        add column charged_back bigint not null default 0,
        add column reversal text;
      insert into dirty_subject (subject, type, rank) select id, type, rank from subject where type = 'loan'
        on conflict do nothing;
    `)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table payment drop column settles, drop column charged_back, drop column reversal`)
  }
}
