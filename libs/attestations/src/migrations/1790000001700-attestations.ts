import type { MigrationInterface, QueryRunner } from 'typeorm'

/** What verifiers attest. Ids and keys are text, days `YYYY-MM-DD`, times ms since the Unix epoch. */
export class Attestations1790000001700 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table attestation (
        id text primary key,
        net text not null,
        identity text not null,
        verifier text not null,
        what text not null,
        level smallint not null,
        value text not null,
        until text not null,
        at bigint not null,
        revoked_by text,
        revoked_because text,
        revoked_at bigint
      );
      create index attestation_by_identity on attestation (identity, at desc);
      create index attestation_by_verifier on attestation (verifier, at desc);
    `)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table attestation`)
  }
}
