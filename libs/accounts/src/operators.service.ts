import { Inject, Injectable } from '@nestjs/common'
import { Subject } from 'rxjs'
import { DataSource } from 'typeorm'
import type { AnswerOf, OperatorView } from '#libs/messages'
import { fromText, toText } from '#libs/record'
import { WALL_CLOCK, type WallClock } from './wall-clock.shell.js'

/** More keys than one node has operators, and fewer than would need pages. */
const MOST_OPERATORS = 64

/** Keys whose holders operate this node from anywhere, as the owner of its socket does here. */
@Injectable()
export class Operators {
  private readonly changes = new Subject<void>()
  /** After a key was added or removed. */
  readonly changed = this.changes.asObservable()

  constructor(
    private readonly database: DataSource,
    @Inject(WALL_CLOCK) private readonly now: WallClock,
  ) {}

  async keys(): Promise<Uint8Array[]> {
    const rows = (await this.database.query('select key from operator_key')) as { key: Uint8Array }[]
    return rows.map(({ key }) => new Uint8Array(key))
  }

  /** Whether a key is an operator's; notes that it was used. */
  async isOperator(key: Uint8Array): Promise<boolean> {
    const [, known] = (await this.database.query('update operator_key set used_at = $2 where key = $1', [
      key,
      this.now(),
    ])) as [unknown, number]
    return known > 0
  }

  /** Refuses too_many_operators. A key that is there already gets the new name. */
  async add(key: string, name: string): Promise<AnswerOf<'operators.add'>> {
    const bytes = fromText(key)
    const others = (await this.keys()).filter((other) => toText(other) !== key)
    if (others.length >= MOST_OPERATORS) return { refused: 'too_many_operators', most: MOST_OPERATORS }
    await this.database.query(
      `insert into operator_key (key, name, added_at) values ($1, $2, $3)
        on conflict (key) do update set name = excluded.name`,
      [bytes, name.trim(), this.now()],
    )
    this.changes.next()
    return (await this.list()).items.find((operator) => operator.key === key)!
  }

  /** Refuses operator_not_found. */
  async remove(key: string): Promise<AnswerOf<'operators.remove'>> {
    const [, removed] = (await this.database.query('delete from operator_key where key = $1', [fromText(key)])) as [
      unknown,
      number,
    ]
    if (removed === 0) return { refused: 'operator_not_found' }
    this.changes.next()
    return { ok: true }
  }

  async list(): Promise<{ items: OperatorView[] }> {
    const rows = (await this.database.query(
      'select key, name, added_at, used_at from operator_key order by added_at, key',
    )) as { key: Uint8Array; name: string; added_at: string; used_at: string | null }[]
    const items = rows.map((row) => ({
      key: toText(new Uint8Array(row.key)),
      name: row.name,
      addedAtMs: Number(row.added_at),
      usedAtMs: row.used_at === null ? null : Number(row.used_at),
    }))
    return { items }
  }
}
