/** What the page reads of requests and bids; see queries.ts. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { get, send } from './http'
import type { Ok } from './queries'

/** Which requests: those that pay at least a rate, in ppm a year, with at most so many instalments. */
export type RequestFilter = Readonly<{ currency?: string; ratePpm?: number; instalments?: number }>

/** Requests on which one can bid. */
export const requestsQuery = (filter: RequestFilter) =>
  infiniteQueryOptions({
    queryKey: ['requests', 'list', filter],
    queryFn: ({ pageParam, signal }) =>
      get<Ok<'requests.list'>>('requests', { ...filter, biddable: true, limit: 50, cursor: pageParam }, signal),
    initialPageParam: '',
    getNextPageParam: (page: Ok<'requests.list'>) => page.next,
  })

export const requestQuery = (id: string) =>
  queryOptions({
    queryKey: ['requests', 'one', id],
    queryFn: ({ signal }) => get<Ok<'requests.show'>>(`requests/${id}`, {}, signal),
  })

/** Own bids, newest first. */
export const bidsQuery = (filter: { request?: string }) =>
  infiniteQueryOptions({
    queryKey: ['bids', 'list', filter],
    queryFn: ({ pageParam, signal }) =>
      get<Ok<'bids.list'>>('bids', { ...filter, limit: 50, cursor: pageParam }, signal),
    initialPageParam: '',
    getNextPageParam: (page: Ok<'bids.list'>) => page.next,
  })

/** Schedule and cost of the requested loan, or a part of it, at a rate. */
export const requestQuoteQuery = (request: string, asked: { amount: number; ratePpm: number }) =>
  queryOptions({
    queryKey: ['preview', 'request', request, asked],
    queryFn: () => send<Ok<'requests.quote'>>('POST', `requests/${request}/quote`, asked),
    staleTime: 60_000,
    retry: false,
  })

export const pledgesQuery = queryOptions({
  queryKey: ['pledges'],
  queryFn: ({ signal }) => get<Ok<'lending.pledges'>>('lending/pledges', {}, signal),
})
