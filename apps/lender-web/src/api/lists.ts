/** Lists that are read whole, page after page. */
import { type InfiniteData, type UseInfiniteQueryResult, useInfiniteQuery, useQueries } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { LoanView, Page } from '#libs/messages'
import { loanQuery, loansQuery } from './queries'

/** The items of all pages that are here. */
export function itemsOf<T>(data: InfiniteData<Page<T>, unknown> | undefined): T[] | undefined {
  return data?.pages.flatMap((page) => page.items)
}

/** Reads on until the last page. */
export function useWhole(query: UseInfiniteQueryResult): void {
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, fetchNextPage])
}

const CONCLUDED = ['agreed', 'active', 'in_arrears', 'closed']

/** All loans that the lender has concluded, with schedules. Undefined until every one is here. */
export function useConcludedLoans(): { loans: LoanView[] | undefined; error: unknown; refetch: () => void } {
  const list = useInfiniteQuery(loansQuery({ side: 'lender' }))
  useWhole(list)
  const concluded = itemsOf(list.data)?.filter(({ status }) => CONCLUDED.includes(status)) ?? []
  const details = useQueries({ queries: concluded.map(({ id }) => loanQuery(id)) })
  const whole = list.data !== undefined && !list.hasNextPage && details.every(({ data }) => data !== undefined)
  return {
    loans: whole ? details.flatMap(({ data }) => data ?? []) : undefined,
    error: list.error ?? details.find(({ error }) => error !== null)?.error ?? null,
    refetch: () => {
      void list.refetch()
      for (const detail of details) void detail.refetch()
    },
  }
}
