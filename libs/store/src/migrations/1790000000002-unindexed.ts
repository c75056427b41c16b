import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Accepted records whose subjects are not looked at yet: stretches of logs, `first` to `last`, in the order of their coming. */
export class Unindexed1790000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table unindexed (
        no bigint generated always as identity primary key,
        log integer not null,
        first bigint not null,
        last bigint not null
      );
      create index unindexed_by_log on unindexed (log);
    `)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table unindexed`)
  }
}
