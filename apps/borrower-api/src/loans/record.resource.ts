/** The signed records of a loan, and what happened by them. */
import { ApiProperty } from '@nestjs/swagger'
import type { RecordView, TimelineItem } from '#libs/messages'
import { Day, Id, Instant, ListOf, Nested, OneOf, Text, Texts, Whole } from '../edge/fields.js'
import { inCurrency, instant, MoneyResource } from '../edge/money.js'

/** A signed record. */
export class RecordResource {
  @Id('Its id: SHA-256 of its header')
  id!: string

  @Id('Who signed it')
  author!: string

  @Text('Pseudonym of the author', 64, { nullable: true })
  authorAlias!: string | null

  @Id('The operator who signs for an author without a phone', { nullable: true })
  authorHeldBy!: string | null

  @Whole('Its place in the log of the author', 0, Number.MAX_SAFE_INTEGER)
  seq!: number

  @Text('What it says, as `payment.confirmed`', 64)
  kind!: string

  @Instant('By the clock of the author')
  at!: string

  @Texts('Ids of records of others that it rests on')
  refs!: string[]

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    nullable: true,
    description: 'The body; null when it is not held here',
  })
  body!: unknown

  @Text('Why it has no effect; null when it has one', 200, { nullable: true })
  void!: string | null

  @OneOf(['stored', 'final'], '`final`: certified by a quorum of witnesses, and so is all that it rests on')
  finality!: 'stored' | 'final'
}

/** The records of a loan, in canonical order. */
export class TimelineResource {
  @ListOf(() => RecordResource, 'The records')
  items!: RecordResource[]
}

export function recordResource(view: RecordView): RecordResource {
  return {
    id: view.id,
    author: view.author,
    authorAlias: view.authorAlias,
    authorHeldBy: view.authorHeldBy,
    seq: view.seq,
    kind: view.kind,
    at: instant(view.atMs),
    refs: view.refs,
    body: view.body,
    void: view.void,
    finality: view.finality,
  }
}

/** Something that happened to a loan. */
export class HappeningResource {
  @Id('The record that says so')
  record!: string

  @Text('What, as `charge.levied`', 64)
  kind!: string

  @Id('Who said it')
  by!: string

  @Instant('By the clock of who said it')
  at!: string

  @Day('From when it counts, where it has such a day', { nullable: true })
  date!: string | null

  @Nested(() => MoneyResource, 'How much it is about', { nullable: true })
  amount!: MoneyResource | null

  @Text('The reason or the name that was given', 2000)
  text!: string
}

/** What happened to a loan, in the order of its writing. */
export class HistoryResource {
  @ListOf(() => HappeningResource, 'All of it')
  items!: HappeningResource[]
}

export function happeningResource(item: TimelineItem, currency: string): HappeningResource {
  return {
    record: item.record,
    kind: item.kind,
    by: item.by,
    at: instant(item.atMs),
    date: item.date,
    amount: item.amount === null ? null : inCurrency(currency)(item.amount),
    text: item.text,
  }
}
