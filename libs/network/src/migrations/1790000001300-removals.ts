import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Removals that were asked for, by whoever may. Networks that are held already are projected anew. */
export class MemberRemovals1790000001300 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table member_removal (
        id text primary key,
        net text not null,
        member text not null,
        removed_by text not null,
        at bigint not null,
        place bigint not null,
        seq bigint not null,
        head text not null
      );
      create index member_removal_by_net on member_removal (net, member);
      insert into dirty_subject (subject, type, rank) select id, type, rank from subject where type = 'network'
    `)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table member_removal')
  }
}
