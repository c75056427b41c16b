/** What the page reads of notes and the market for them; see queries.ts. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { get, send } from './http'
import type { Ok } from './queries'

/** One's own notes. */
export const notesQuery = infiniteQueryOptions({
  queryKey: ['notes', 'own'],
  queryFn: ({ pageParam, signal }) => get<Ok<'notes.list'>>('notes', { limit: 50, cursor: pageParam }, signal),
  initialPageParam: '',
  getNextPageParam: (page: Ok<'notes.list'>) => page.next,
})

export const noteQuery = (loan: string, note: string) =>
  queryOptions({
    queryKey: ['notes', 'one', loan, note],
    queryFn: ({ signal }) => get<Ok<'notes.show'>>(`notes/${loan}/${note}`, {}, signal),
  })

/** What is for sale: of all, of a loan, one's own, or what one has ordered. */
export const listingsQuery = (filter: { loan?: string; mine?: boolean; ordered?: boolean }) =>
  infiniteQueryOptions({
    queryKey: ['notes', 'listings', filter],
    queryFn: ({ pageParam, signal }) =>
      get<Ok<'notes.market'>>('listings', { ...filter, limit: 50, cursor: pageParam }, signal),
    initialPageParam: '',
    getNextPageParam: (page: Ok<'notes.market'>) => page.next,
  })

/** What a listing would say: price with what has accrued, and the buyer's yield. */
export const noteQuoteQuery = (loan: string, note: string, asked: { cleanPrice: number; part?: number }) =>
  queryOptions({
    queryKey: ['preview', 'note', loan, note, asked],
    queryFn: () => send<Ok<'notes.quote'>>('POST', `notes/${loan}/${note}/quote`, asked),
    staleTime: 60_000,
    retry: false,
  })
