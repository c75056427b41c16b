/** Changes that a person makes: sent once however often the button is pressed, shown everywhere when they are done. */
import { notifications } from '@mantine/notifications'
import { type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { useWords, type WordKey } from '../words/words'
import { newKey, ProblemError, send } from './http'

interface Command<Request, Answer> {
  method?: 'POST' | 'PUT'
  path: string | ((request: Request) => string)
  /** The request's body; by default the request itself. */
  body?: (request: Request) => object
  /** What to say when it is done. */
  done?: WordKey
  /** Where to go on. Called even when the change has taken the asking component off the screen. */
  then?: (answer: Answer) => void
  /** Queries to ask again; by default all. */
  stale?: QueryKey
}

/**
 * A command to the node. The same request keeps its idempotency key until an answer came, so a retry after a broken
 * connection has no second effect.
 */
export function useCommand<Request extends object, Answer>(command: Command<Request, Answer>) {
  const queries = useQueryClient()
  const { t } = useWords()
  const pending = useRef<{ text: string; key: string } | null>(null)

  return useMutation<Answer, Error, Request>({
    mutationFn: async (request) => {
      const path = typeof command.path === 'function' ? command.path(request) : command.path
      const body = command.body ? command.body(request) : request
      const text = JSON.stringify([path, body])
      if (pending.current?.text !== text) pending.current = { text, key: newKey() }
      try {
        const answer = await send<Answer>(command.method ?? 'POST', path, body, pending.current.key)
        pending.current = null
        return answer
      } catch (error) {
        if (error instanceof ProblemError && error.status > 0 && error.status < 500) pending.current = null
        throw error
      }
    },
    onSuccess: async (answer) => {
      command.then?.(answer)
      await queries.invalidateQueries(command.stale ? { queryKey: command.stale } : {})
      if (command.done) notifications.show({ message: t(command.done), closeButtonProps: { 'aria-label': t('close') } })
    },
  })
}
