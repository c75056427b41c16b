import type { MigrationInterface, QueryRunner } from 'typeorm'

/**
 * What a node remembers of its peers and, as a witness, of what it signed. Keys and ids are 32 bytes. `attested` and
 * `witness_stop` are promises to others: they are never deleted.
 */
export class Replication1790000008000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table attested (
        net bytea not null,
        witness bytea not null,
        author bytea not null,
        seq bigint not null,
        id bytea not null,
        primary key (net, witness, author)
      );
      create table witness_stop (
        net bytea not null,
        witness bytea not null,
        cfg bytea not null,
        amendment bytea not null,
        primary key (net, witness, cfg)
      );
      create table stopped_notice (
        net bytea not null,
        amendment bytea not null,
        witness bytea not null,
        bytes bytea not null,
        primary key (net, amendment, witness)
      );
      create table peer_ban (
        key bytea primary key,
        reason text not null,
        until_ms bigint not null
      );
      create table fork_seen (
        net bytea not null,
        author bytea not null,
        seq bigint not null,
        seen_ms bigint not null,
        primary key (net, author, seq)
      );
      create table known_peer (
        net bytea not null,
        key bytea not null,
        author bytea not null,
        seen_ms bigint not null,
        primary key (net, key)
      );
    `)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table attested, witness_stop, stopped_notice, peer_ban, fork_seen, known_peer')
  }
}
