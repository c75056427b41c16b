import type { MigrationInterface, QueryRunner } from 'typeorm'

/** A loan comes from an application under an offer, or from a request. */
export class LoanOrigins1790000004300 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table loan alter column application drop not null, alter column offer drop not null, add column request text
    `)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      delete from loan where offer is null;
      alter table loan alter column application set not null, alter column offer set not null, drop column request
    `)
  }
}
