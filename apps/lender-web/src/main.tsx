import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import './page.css'
import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { ProblemError } from './api/http'
import { sessionQuery } from './api/queries'
import { Gate } from './shell/gate'
import { theme } from './theme'
import { LanguageProvider } from './words/language'

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      // What the node refuses it refuses again; what did not reach it may.
      retry: (failures, error) =>
        failures < 2 && !(error instanceof ProblemError && error.status >= 400 && error.status < 500),
    },
  },
})
queries.getQueryCache().subscribe(({ query, type }) => {
  const { error } = query.state
  const ended = type === 'updated' && error instanceof ProblemError && error.problem === 'not_authenticated'
  if (ended) void queries.invalidateQueries(sessionQuery)
})

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')
createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <QueryClientProvider client={queries}>
        <LanguageProvider>
          <Notifications position="bottom-right" />
          <Gate />
        </LanguageProvider>
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
)
