import type { MigrationInterface, QueryRunner } from 'typeorm'

/** When a known peer last gave a record that was new here (ms): those that are remembered are the ones that were of use. */
export class GoodPeers1790000008100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table known_peer add gave_ms bigint not null default 0')
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table known_peer drop gave_ms')
  }
}
