import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Who signs for an identity, when that is an operator. */
export class HeldIdentities1790000001200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table identity add column held_by text')
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table identity drop column held_by')
  }
}
