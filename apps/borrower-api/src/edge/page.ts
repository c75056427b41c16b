/** Lists come in pages: as many items as asked, and where to go on. */
import { ApiProperty } from '@nestjs/swagger'
import type { Type } from '@nestjs/common'
import type { Page } from '#libs/messages'
import { ListOf, Text, WholeInQuery } from './fields.js'

/** The query of a list. */
export class PageQuery {
  @WholeInQuery('Most items in the answer; 50 when not given', 1, 200)
  limit?: number

  @Text('`next` of the page before', 512, { optional: true, minLength: 1 })
  cursor?: string
}

/** A page of a resource. */
export interface PageResource<T> {
  items: T[]
  next?: string
}

/** The class that describes a page of `item` in the API's document. */
export function pageOf<T extends object>(item: Type<T>): Type<PageResource<T>> {
  class PageOfItems implements PageResource<T> {
    @ListOf(() => item, 'The items, in order')
    items!: T[]

    @ApiProperty({ type: 'string', required: false, description: 'Cursor of the page after; absent on the last' })
    next?: string
  }
  Object.defineProperty(PageOfItems, 'name', { value: `${item.name.replace(/Resource$/, '')}Page` })
  return PageOfItems
}

/** A page of the node's views as one of resources. */
export function pageFrom<View, Resource>(page: Page<View>, resource: (view: View) => Resource): PageResource<Resource> {
  const items = page.items.map(resource)
  return page.next === undefined ? { items } : { items, next: page.next }
}

/** The query without absent fields, as messages take it. */
export function asked<T extends object>(query: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(query).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> }
}
