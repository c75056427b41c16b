import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Payments under a guarantee name it, and the call that they answer. */
export class GuaranteedPayments1790000005200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table payment add column guarantee text, add column call text`)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table payment drop column guarantee, drop column call`)
  }
}
