import type { MigrationInterface, QueryRunner } from 'typeorm'

/** What people say of each other, as folds of identities write it. Ids and keys are text, times ms since the Unix epoch. */
export class Vouches1790000001500 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table vouch (
        id text primary key,
        subject text not null,
        net text not null,
        identity text not null,
        voucher text not null,
        text text not null,
        at bigint not null,
        withdrawn_at bigint,
        withdrawn_because text
      );
      create index vouch_by_subject on vouch (subject);
      create index vouch_by_identity on vouch (identity, at);
      create index vouch_by_voucher on vouch (voucher, at);
    `)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table vouch`)
  }
}
