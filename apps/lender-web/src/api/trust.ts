/** What the page reads of a person's track record; see queries.ts. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { TrackFigure } from '#libs/messages'
import { get } from './http'
import type { Ok } from './queries'

export const trackRecordQuery = (identity: string) =>
  queryOptions({
    queryKey: ['trust', 'track', identity],
    queryFn: ({ signal }) => get<Ok<'trackRecords.show'>>(`track-records/${identity}`, {}, signal),
  })

/** The records behind a figure, newest first. */
export const evidenceQuery = (identity: string, figure: TrackFigure) =>
  infiniteQueryOptions({
    queryKey: ['trust', 'evidence', identity, figure],
    queryFn: ({ pageParam, signal }) =>
      get<Ok<'trackRecords.evidence'>>(
        `track-records/${identity}/evidence`,
        { figure, limit: 50, cursor: pageParam },
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: (page: Ok<'trackRecords.evidence'>) => page.next,
  })

/** What verifiers say of a person, and still hold to. */
export const attestationsQuery = (identity: string) =>
  infiniteQueryOptions({
    queryKey: ['trust', 'attestations', identity],
    queryFn: ({ pageParam, signal }) =>
      get<Ok<'attestations.list'>>('attestations', { identity, status: 'valid', limit: 50, cursor: pageParam }, signal),
    initialPageParam: '',
    getNextPageParam: (page: Ok<'attestations.list'>) => page.next,
  })
