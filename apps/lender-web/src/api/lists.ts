/** Lists that are read whole, page after page. */
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { Page } from '#libs/messages'

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
