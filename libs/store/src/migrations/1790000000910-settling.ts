import type { MigrationInterface, QueryRunner } from 'typeorm'

/**
 * What settles logs: certificates whose record is not accepted here (it is still to come, or on another branch), evidence
 * that two heads of a log were both certified, heads that count by the steward's word, and continuations of logs by another
 * key. `speaker` says, of a log that was continued or continues one, whose identity it speaks for. `closed_log`: this node
 * signs nothing more there.
 */
export class Settling1790000000910 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table certificate_apart (
        net bytea not null,
        author bytea not null,
        cfg bytea not null,
        seq bigint not null,
        id bytea not null,
        bytes bytea not null,
        primary key (net, author, seq, id, cfg)
      );
      create index certificate_apart_of_record on certificate_apart (id);
      insert into certificate_apart (net, author, cfg, seq, id, bytes)
        select net, author, cfg, seq, id, bytes from certificate c where not exists (select 1 from record r where r.id = c.id);
      delete from certificate c where not exists (select 1 from record r where r.id = c.id);
      create table conflict (
        net bytea not null,
        name bytea not null,
        author bytea not null,
        seq bigint not null,
        bytes bytea not null,
        primary key (net, name)
      );
      create index conflict_by_author on conflict (net, author);
      create table settlement (
        net bytea not null,
        author bytea not null,
        seq bigint not null,
        id bytea not null,
        cause bytea not null,
        primary key (net, author, seq)
      );
      create table continuation (
        net bytea not null,
        key bytea not null,
        old bytea not null,
        after_seq bigint not null,
        after_id bytea not null,
        in_effect boolean not null default false,
        primary key (net, key)
      );
      create index continuation_of on continuation (net, old);
      create index continuation_open on continuation (net) where not in_effect;
      create table speaker (
        log integer primary key,
        identity bytea not null,
        start bigint not null,
        last bigint
      );
      create table closed_log (
        net bytea not null,
        author bytea not null,
        reason text not null,
        primary key (net, author)
      );
    `)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      insert into certificate (net, author, cfg, seq, id, bytes)
        select distinct on (net, author, cfg) net, author, cfg, seq, id, bytes from certificate_apart
        order by net, author, cfg, seq desc on conflict do nothing;
      drop table certificate_apart, conflict, settlement, continuation, speaker, closed_log
    `)
  }
}
