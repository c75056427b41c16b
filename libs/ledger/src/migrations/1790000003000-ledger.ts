import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Journal entries and their postings; the database itself refuses, at commit, an entry that does not balance. */
export class Ledger1790000003000 implements MigrationInterface {
  readonly name = 'Ledger1790000003000'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table journal_entry (
        id text primary key,
        owner text not null,
        loan text not null,
        record text not null,
        kind text not null,
        value_date date not null,
        description text not null
      );
      create index journal_entry_loan on journal_entry (loan);
      create index journal_entry_owner on journal_entry (owner, value_date, id);
      create index journal_entry_date on journal_entry (value_date, id);

      create table posting (
        entry text not null references journal_entry on delete cascade,
        account text not null,
        currency text not null,
        amount bigint not null check (amount <> 0),
        primary key (entry, account)
      );
      create index posting_account on posting (account);

      create function journal_entry_must_balance() returns trigger language plpgsql as $$
      declare
        changed jsonb := case when tg_op = 'DELETE' then to_jsonb(old) else to_jsonb(new) end;
        of text := changed ->> tg_argv[0];
      begin
        if not exists (select 1 from journal_entry where id = of) then return null; end if;
        if (select count(*) from posting where entry = of) < 2
          or exists (select 1 from posting where entry = of group by currency having sum(amount) <> 0)
        then
          raise exception 'journal entry % does not balance', of using errcode = 'check_violation';
        end if;
        return null;
      end $$;
      create constraint trigger journal_entry_balances after insert on journal_entry
        deferrable initially deferred for each row execute function journal_entry_must_balance('id');
      create constraint trigger posting_balances after insert or update or delete on posting
        deferrable initially deferred for each row execute function journal_entry_must_balance('entry');
    `)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table posting;
      drop table journal_entry;
      drop function journal_entry_must_balance();
    `)
  }
}
