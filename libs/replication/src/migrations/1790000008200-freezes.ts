import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Logs that a witness at home attests nothing more of, which is a promise and never deleted; and the answers of all witnesses. */
export class Freezes1790000008200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table frozen_log (
        net bytea not null,
        witness bytea not null,
        old bytea not null,
        primary key (net, witness, old)
      );
      create table frozen_notice (
        net bytea not null,
        old bytea not null,
        new bytea not null,
        witness bytea not null,
        length bigint not null,
        id bytea not null,
        signature bytea not null,
        primary key (net, old, new, witness)
      );
    `)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table frozen_log, frozen_notice')
  }
}
