import type { MigrationInterface, QueryRunner } from 'typeorm'

/**
 * Networks, their invites and identities, as folds write them; and `network_local`, which is no projection: what only this
 * node knows. Ids and keys are text (z-base-32), times ms since the Unix epoch.
 */
export class Networks1790000001000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table network (
        id text primary key,
        name text not null,
        steward text not null,
        created_at bigint not null
      );
      create table network_config (
        id text primary key,
        net text not null,
        position integer not null,
        witnesses text[] not null,
        quorum integer not null,
        rules bigint not null,
        policy jsonb not null
      );
      create index network_config_by_net on network_config (net, position);
      create table invite (
        id text primary key,
        net text not null,
        inviter text not null,
        key_hash text not null,
        created_at bigint not null,
        expires_at bigint not null,
        revoked boolean not null,
        used_by text,
        admitted text
      );
      create index invite_by_net on invite (net, key_hash);
      create index invite_by_inviter on invite (inviter, created_at);
      create table identity (
        id text primary key,
        net text not null,
        key text not null,
        created_at bigint not null,
        admitted boolean not null,
        admitted_by text,
        admitted_at bigint,
        alias text,
        facts jsonb not null,
        published_at bigint
      );
      create index identity_by_key on identity (key, net);
      create index identity_by_net on identity (net, created_at);
      -- Looked up before every attestation; amendments are few.
      create index record_network_amended on record (log) where kind = 'network.amended';
      create table network_local (
        net text primary key,
        name text not null,
        topic_secret bytea not null,
        self text not null,
        cfg text not null,
        inviter text,
        invite_seed bytea,
        invite_expires_at bigint,
        addresses jsonb not null,
        peers text[] not null,
        alias text
      );
    `)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'drop index record_network_amended; drop table network, network_config, invite, identity, network_local',
    )
  }
}
