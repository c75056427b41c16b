/** What stands before the screens: first run, signing in, a network to be in. */
import { Center, Container, Loader } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { lazy, type ReactNode, Suspense } from 'react'
import { networkQuery, sessionQuery, statusQuery } from '../api/queries'
import { Problem } from '../parts/states'
import { useWords } from '../words/words'

const Inside = lazy(() => import('./inside'))
const Setup = lazy(() => import('./setup').then(({ Setup }) => ({ default: Setup })))
const Login = lazy(() => import('./login').then(({ Login }) => ({ default: Login })))
const FirstNetwork = lazy(() => import('./first-network').then(({ FirstNetwork }) => ({ default: FirstNetwork })))
const Waiting = lazy(() => import('./first-network').then(({ Waiting }) => ({ default: Waiting })))

export function Gate() {
  const session = useQuery(sessionQuery)
  const signedIn = session.data?.account !== null && session.data !== undefined
  const network = useQuery({ ...networkQuery, enabled: signedIn })
  const status = useQuery({ ...statusQuery, enabled: signedIn })

  if (session.data === undefined) return <Pause error={session.error} retry={() => void session.refetch()} />
  if (!session.data.initialised) return <Opening>{<Setup />}</Opening>
  if (session.data.account === null) return <Opening>{<Login />}</Opening>
  if (network.data === undefined) return <Pause error={network.error} retry={() => void network.refetch()} />
  if (network.data === null) return <Opening>{<FirstNetwork />}</Opening>
  if (!network.data.self.admitted) return <Opening>{<Waiting network={network.data} />}</Opening>
  if (status.data === undefined) return <Pause error={status.error} retry={() => void status.refetch()} />
  // In whole seconds, so that the length of an answer's way is no change.
  const aheadMs = Math.round((status.data.nowMs - status.dataUpdatedAt) / 1_000) * 1_000
  return <Opening>{<Inside account={session.data.account} aheadMs={aheadMs} />}</Opening>
}

function Opening({ children }: { children: ReactNode }) {
  return <Suspense fallback={<Pause />}>{children}</Suspense>
}

function Pause({ error, retry }: { error?: unknown; retry?: () => void }) {
  const { t } = useWords()
  if (error) {
    return (
      <Container size="xs" pt={120} component="main">
        <Problem error={error} retry={retry} />
      </Container>
    )
  }
  return (
    <Center h="100vh" component="main">
      <Loader aria-label={t('loading')} role="status" />
    </Center>
  )
}
