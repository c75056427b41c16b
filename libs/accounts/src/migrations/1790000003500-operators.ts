import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Keys whose holders operate this node from anywhere. Times are ms since the Unix epoch. */
export class Operators1790000003500 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table operator_key (
        key bytea primary key,
        name text not null,
        added_at bigint not null,
        used_at bigint
      )
    `)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table operator_key')
  }
}
