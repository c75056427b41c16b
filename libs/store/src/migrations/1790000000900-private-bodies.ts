import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Private records whose bodies are not held: found without reading their logs. */
export class PrivateBodies1790000000900 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create index record_withheld on record (log) where vis = 1 and body is null`)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop index record_withheld`)
  }
}
