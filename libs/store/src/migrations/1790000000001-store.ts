import type { MigrationInterface, QueryRunner } from 'typeorm'

/** The tables of docs/storage.md. Ids and keys are 32 bytes. */
export class Store1790000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table log (
        no integer generated always as identity primary key,
        net bytea not null,
        author bytea not null,
        length bigint not null,
        head bytea,
        head_at bigint not null,
        certified_length bigint not null default 0,
        disputed_from bigint,
        forked boolean not null default false,
        unique (net, author)
      );
      create table record (
        id bytea primary key,
        log integer not null,
        seq bigint not null,
        at bigint not null,
        kind text not null,
        vis smallint not null,
        subject bytea not null,
        concerns bytea[] not null,
        refs bytea[] not null,
        suspended boolean not null default false,
        header bytea not null,
        signature bytea,
        body bytea,
        unique (log, seq)
      );
      create table concern (
        subject bytea not null,
        record bytea not null,
        primary key (subject, record)
      );
      create table subject (
        id bytea not null,
        type text not null,
        net bytea not null,
        rank integer not null,
        digest bytea,
        needs_newer boolean not null default false,
        primary key (id, type)
      );
      create table dirty_subject (
        mark bigint generated always as identity primary key,
        subject bytea not null,
        type text not null,
        rank integer not null
      );
      create index dirty_subject_by_subject on dirty_subject (subject);
      create table void_record (
        id bytea not null,
        subject bytea not null,
        type text not null,
        rank integer not null,
        reason text not null,
        primary key (id, subject, type)
      );
      create index void_record_by_subject on void_record (subject, type);
      create table staged (
        net bytea not null,
        author bytea not null,
        seq bigint not null,
        id bytea not null,
        header bytea not null,
        signature bytea,
        body bytea,
        primary key (net, author, seq)
      );
      create index staged_first on staged (id) where seq = 0;
      create table waiting (
        net bytea not null,
        author bytea not null,
        missing bytea,
        until_ms bigint,
        primary key (net, author)
      );
      create index waiting_for_record on waiting (missing) where missing is not null;
      create index waiting_for_time on waiting (until_ms) where until_ms is not null;
      create table fork (
        net bytea not null,
        author bytea not null,
        seq bigint not null,
        bytes bytea not null,
        settled boolean not null default false,
        primary key (net, author, seq)
      );
      create table suspended (
        id bytea primary key,
        net bytea not null,
        author bytea not null,
        seq bigint not null,
        header bytea not null,
        signature bytea,
        body bytea
      );
      create index suspended_by_log on suspended (net, author, seq);
      create table certificate (
        net bytea not null,
        author bytea not null,
        cfg bytea not null,
        seq bigint not null,
        id bytea not null,
        bytes bytea not null,
        primary key (net, author, cfg)
      );
    `)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table log, record, concern, subject, dirty_subject, void_record, staged, waiting, fork, suspended, certificate
    `)
  }
}
