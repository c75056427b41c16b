import type { MigrationInterface, QueryRunner } from 'typeorm'

/** What is for sale on the market for notes. */
export class Notes1790000007000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table note_listing (
        id text primary key,
        loan text not null,
        seller text not null,
        open boolean not null,
        at bigint not null
      );
      create index note_listing_by_loan on note_listing (loan);
      create index note_listing_open on note_listing (at desc, id desc) where open;
    `)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table note_listing`)
  }
}
