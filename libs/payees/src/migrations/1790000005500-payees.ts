import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Where to pay people, as far as their private records are here. Ids and keys are text, times ms since the Unix epoch. */
export class Payees1790000005500 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table payee_details (
        subject text primary key,
        payee text not null,
        ways jsonb not null,
        since bigint not null,
        first bigint not null,
        changes integer not null,
        withheld integer not null
      );
      create index payee_details_by_payee on payee_details (payee);
    `)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table payee_details`)
  }
}
