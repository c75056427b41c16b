import type { MigrationInterface, QueryRunner } from 'typeorm'

/**
 * The database still refuses books that do not balance, at a cost that grows with the rows written. Asked for every posting, the sum
 * of its entry cost the square of an entry's length. Now a statement's postings are summed once; an amount is never 0, so an entry
 * whose postings sum to 0 has at least two. Entries and postings are never changed, only replaced: what was checked stays true.
 *
 * The foreign key's promise is kept by the same triggers, in one look for all rows of a statement. Only the projector writes here, one
 * transaction at a time. Joins in the checks go by index whatever the tables held when they were planned.
 *
 * An entry's digest says what it and its postings hold, so that what is unchanged need not be read.
 */
export class CheckedByStatement1790000003200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop trigger posting_balances on posting;
      drop trigger journal_entry_balances on journal_entry;
      drop function journal_entry_must_balance();
      alter table posting drop constraint posting_entry_fkey;

      drop index posting_account;
      create index posting_account on posting using hash (account);

      alter table journal_entry add column digest bytea;
      update journal_entry set digest = sha256(convert_to(said.content, 'UTF8')) from (
        select e.id, concat_ws('|', e.owner, e.loan, e.record, e.kind, to_char(e.value_date, 'YYYY-MM-DD'), e.description,
          string_agg(concat_ws(' ', p.account, p.currency, p.amount), ',' order by p.account collate "C")) as content
        from journal_entry e join posting p on p.entry = e.id group by e.id
      ) said where said.id = journal_entry.id;
      alter table journal_entry alter column digest set not null;

      create function journal_entry_has_postings() returns trigger language plpgsql as $$
      begin
        if not exists (select 1 from posting where entry = new.id) and exists (select 1 from journal_entry where id = new.id) then
          raise exception 'journal entry % does not balance', new.id using errcode = 'check_violation';
        end if;
        return null;
      end $$;
      create constraint trigger journal_entry_has_postings after insert on journal_entry
        deferrable initially deferred for each row execute function journal_entry_has_postings();

      create function postings_balance() returns trigger language plpgsql
        set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
      declare
        wrong text;
        apart numeric;
      begin
        select entry, total into wrong, apart
        from (select entry, sum(amount) as total from written group by entry, currency) of
        where total <> 0 or not exists (select 1 from journal_entry where id = of.entry) limit 1;
        if not found then return null; end if;
        if apart <> 0 then
          raise exception 'journal entry % does not balance', wrong using errcode = 'check_violation';
        end if;
        raise exception 'there is no journal entry %', wrong using errcode = 'foreign_key_violation';
      end $$;
      create trigger postings_balance after insert on posting
        referencing new table as written for each statement execute function postings_balance();

      create function postings_go_with_entry() returns trigger language plpgsql
        set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
      declare
        wrong text;
      begin
        select entry into wrong from (select distinct entry from gone) of
        where exists (select 1 from journal_entry where id = of.entry) limit 1;
        if found then
          raise exception 'journal entry % does not balance without its postings', wrong using errcode = 'check_violation';
        end if;
        return null;
      end $$;
      create trigger postings_go_with_entry after delete on posting
        referencing old table as gone for each statement execute function postings_go_with_entry();

      create function entries_take_postings() returns trigger language plpgsql
        set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
      begin
        delete from posting using gone where posting.entry = gone.id;
        return null;
      end $$;
      create trigger entries_take_postings after delete on journal_entry
        referencing old table as gone for each statement execute function entries_take_postings();

      create function books_are_not_changed() returns trigger language plpgsql as $$
      begin
        raise exception 'entries of the journal are replaced, never changed' using errcode = 'check_violation';
      end $$;
      create trigger books_are_not_changed before update on posting
        for each statement execute function books_are_not_changed();
      create trigger books_are_not_changed before update on journal_entry
        for each statement execute function books_are_not_changed();
    `)
  }

  /** Back to one look for each row. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop trigger books_are_not_changed on journal_entry;
      drop trigger books_are_not_changed on posting;
      drop trigger entries_take_postings on journal_entry;
      drop trigger postings_go_with_entry on posting;
      drop trigger postings_balance on posting;
      drop trigger journal_entry_has_postings on journal_entry;
      drop function books_are_not_changed();
      drop function entries_take_postings();
      drop function postings_go_with_entry();
      drop function postings_balance();
      drop function journal_entry_has_postings();
      alter table journal_entry drop column digest;
      drop index posting_account;
      create index posting_account on posting (account);
      alter table posting add constraint posting_entry_fkey
        foreign key (entry) references journal_entry on delete cascade;
      create function journal_entry_must_balance() returns trigger language plpgsql as $$
      declare
        of text;
        balanced boolean;
      begin
        if tg_table_name = 'journal_entry' then of := new.id;
        elsif tg_op = 'DELETE' then of := old.entry;
        else of := new.entry;
        end if;
        select sum(lines) >= 2 and bool_and(total = 0) into balanced from (
          select count(*) as lines, sum(amount) as total from posting where entry = of group by currency
        ) by_currency;
        if balanced is not true and exists (select 1 from journal_entry where id = of) then
          raise exception 'journal entry % does not balance', of using errcode = 'check_violation';
        end if;
        return null;
      end $$;
      create constraint trigger journal_entry_balances after insert on journal_entry
        deferrable initially deferred for each row execute function journal_entry_must_balance();
      create constraint trigger posting_balances after insert or update or delete on posting
        deferrable initially deferred for each row execute function journal_entry_must_balance();
    `)
  }
}
