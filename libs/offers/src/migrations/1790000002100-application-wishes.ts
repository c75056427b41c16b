import type { MigrationInterface, QueryRunner } from 'typeorm'

/** What a borrower wishes beside amount and count: the day of the first instalment, and parts that the money is paid out in. */
export class ApplicationWishes1790000002100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table application add column first_due_date text, add column tranches jsonb`)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table application drop column first_due_date, drop column tranches`)
  }
}
