/** Continuations that are certified take effect: their logs speak for the identity, and what lies beyond the old ones is void. */
import { speakersOf } from '#libs/fold'
import { fromText, toText } from '#libs/record'
import type { EntityManager } from 'typeorm'
import type { Acceptance } from './acceptance.shell.js'
import { markDirty } from './accepted-rows.shell.js'
import type { Claim } from './continuing.shell.js'
import { removeThereToo } from './removing.shell.js'
import { settleLog } from './settling.shell.js'

/** What continuations did that took effect. */
export interface Continued {
  marks: number[]
  claims: Claim[]
}

/** Puts continuations in effect that are certified by now, settles the logs before them, and marks what folds otherwise now. */
export async function takeEffect(manager: EntityManager, acceptance: Acceptance, net: Uint8Array): Promise<Continued> {
  const marks: number[] = []
  const claims: Claim[] = []
  for (;;) {
    const [rows]: [{ key: Uint8Array; old: Uint8Array; after_seq: number; after_id: Uint8Array }[], number] =
      await manager.query(
        `update continuation c set in_effect = true from log n, log o
         where not c.in_effect and c.net = $1 and n.net = c.net and n.author = c.key and n.certified_length > 0
           and o.net = c.net and o.author = c.old and o.certified_length <= c.after_seq + 1
           and (o.disputed_from <= c.after_seq or exists (select 1 from record r where r.id = c.after_id))
           and not exists (select 1 from continuation b where b.net = c.net and b.key = c.old and not b.in_effect)
         returning c.key, c.old, c.after_seq, c.after_id`,
        [net],
      )
    if (rows.length === 0) return { marks, claims }
    for (const { key, old, after_seq: afterSeq, after_id: afterId } of rows) {
      marks.push(...(await settleLog(manager, acceptance, net, old)))
      marks.push(...(await letSpeak(manager, net, { key, old, afterSeq })))
      claims.push({ net, key, old, afterSeq, afterId })
    }
  }
}

/** Writes who speaks in the logs of one identity, and marks the subjects in which its voice changes. */
async function letSpeak(
  manager: EntityManager,
  net: Uint8Array,
  { key, old, afterSeq }: Pick<Claim, 'key' | 'old' | 'afterSeq'>,
): Promise<number[]> {
  const rows: { key: Uint8Array; old: Uint8Array; after_seq: number }[] = await manager.query(
    `with recursive chain as (
       select key, old, after_seq from continuation where net = $1 and key = $2 and in_effect
       union
       select c.key, c.old, c.after_seq from continuation c join chain on c.key = chain.old or c.old = chain.key
       where c.net = $1 and c.in_effect)
     select * from chain`,
    [net, key],
  )
  const successions = rows.map((row) => ({ key: toText(row.key), old: toText(row.old), afterSeq: row.after_seq }))
  for (const [of, { identity, start, last }] of speakersOf(successions)) {
    await manager.query(
      `insert into speaker (log, identity, start, last)
       select no, $3, $4, $5 from log where net = $1 and author = $2
       on conflict (log) do update set identity = excluded.identity, start = excluded.start, last = excluded.last`,
      [net, fromText(of), fromText(identity), start, last],
    )
  }
  await removeThereToo(manager, net, key)
  const touched: { subject: Uint8Array }[] = await manager.query(
    `select distinct unnest(r.concerns || r.subject) as subject from record r join log l on l.no = r.log
     where l.net = $1 and (l.author = $2 or (l.author = $3 and r.seq > $4))`,
    [net, key, old, afterSeq],
  )
  return markDirty(
    manager,
    touched.map(({ subject }) => subject),
  )
}
