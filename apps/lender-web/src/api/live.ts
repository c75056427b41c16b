/** Keeps what is on screen true: the node tells what changed, and the queries about it are asked again. */
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { ChangeEvent } from '#libs/messages'

/** Which things a change of a subject shows in, by the subject's type. */
const SHOWN_IN: Readonly<Record<string, readonly string[]>> = {
  network: ['network', 'members', 'invites'],
  identity: ['network', 'members', 'profile', 'invites'],
  offer: ['offers'],
  application: ['applications', 'offers'],
  request: ['requests'],
  bid: ['bids', 'requests', 'pledges'],
  loan: ['loans', 'applications', 'offers', 'requests', 'bids', 'pledges', 'payments', 'notes', 'ledger', 'reports'],
}
/** Of where to pay only the fact that something private was said is told, not of whom. */
const ALWAYS = ['payees', 'trust', 'timeline', 'records', 'status', 'forks']
const GATHER_MS = 150

/** Listens while mounted; says whether the line to the node is up. */
export function useLiveChanges(): boolean {
  const queries = useQueryClient()
  const [connected, setConnected] = useState(true)

  useEffect(() => {
    const stale = new Set<string>()
    let timer: ReturnType<typeof setTimeout> | undefined
    const source = new EventSource('/lender/events')

    const refresh = () => {
      timer = undefined
      const things = new Set(stale)
      stale.clear()
      void queries.invalidateQueries({ predicate: ({ queryKey }) => things.has(String(queryKey[0])) })
    }
    source.addEventListener('change', (event) => {
      const { subjects } = JSON.parse(String(event.data)) as ChangeEvent
      for (const { type } of subjects) for (const thing of SHOWN_IN[type] ?? []) stale.add(thing)
      for (const thing of ALWAYS) stale.add(thing)
      timer ??= setTimeout(refresh, GATHER_MS)
    })
    let lost = false
    source.onopen = () => {
      setConnected(true)
      // What changed while the line was down was not told.
      if (lost) void queries.invalidateQueries()
      lost = false
    }
    source.onerror = () => {
      lost = true
      setConnected(false)
    }
    return () => {
      clearTimeout(timer)
      source.close()
    }
  }, [queries])

  return connected
}
