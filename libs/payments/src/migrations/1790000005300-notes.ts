import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Payments for one of several notes name it. */
export class NotePayments1790000005300 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table payment add column note text`)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table payment drop column note`)
  }
}
