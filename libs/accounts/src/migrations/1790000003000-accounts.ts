import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Who signs in on this node, and with what. Times are ms since the Unix epoch, hashes SHA-256. */
export class Accounts1790000003000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table account (
        id text primary key,
        name text not null,
        name_key text not null unique,
        role text not null check (role in ('operator', 'lender', 'borrower', 'auditor')),
        identity text,
        password_hash text,
        created_at bigint not null
      );
      create table access_token (
        hash bytea primary key,
        account text not null references account,
        device text unique,
        device_name text,
        created_at bigint not null,
        used_at bigint,
        expires_at bigint
      );
      create index access_token_by_account on access_token (account);
      create table enrolment_code (
        hash bytea primary key,
        account text not null references account,
        expires_at bigint not null
      );
      create table sign_in_try (
        name text primary key,
        count integer not null,
        at bigint not null
      );
      create index sign_in_try_by_time on sign_in_try (at);
      create table idempotency_key (
        account text not null,
        key text not null,
        request_hash text not null,
        status integer,
        body text,
        expires_at bigint not null,
        primary key (account, key)
      );
      create index idempotency_key_by_expiry on idempotency_key (expires_at);
    `)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table idempotency_key, sign_in_try, enrolment_code, access_token, account')
  }
}
