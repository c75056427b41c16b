import type { MigrationInterface, QueryRunner } from 'typeorm'

/** From where on a removed member takes part in nothing new, for each log of its identity. */
export class Removals1790000000920 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table removal (
        log integer primary key,
        net bytea not null,
        identity bytea not null,
        place bigint not null,
        cause bytea not null
      );
      create index removal_of on removal (net, identity);
      -- Looked up before every attestation; removals are few.
      create index record_member_removed on record (log) where kind = 'member.removed';
    `)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index record_member_removed; drop table removal')
  }
}
