import type { MigrationInterface, QueryRunner } from 'typeorm'

/**
 * Of a node that came back from a backup: the configuration that was in force then, as the backup knows it, and the logs of
 * which it is known by now that the key which is to continue them was never used.
 */
export class Recalls1790000008300 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table restored_network (
        net bytea primary key,
        cfg bytea not null
      );
      create table unused_key (
        net bytea not null,
        old bytea not null,
        primary key (net, old)
      );
    `)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table restored_network, unused_key')
  }
}
