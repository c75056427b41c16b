import { Button, Group } from '@mantine/core'
import { useWords } from '../words/words'

interface Pages {
  hasNextPage: boolean
  isFetchingNextPage: boolean
  fetchNextPage: () => unknown
}

/** Reads a list on, when there is more. */
export function More({ of: query }: { of: Pages }) {
  const { t } = useWords()
  if (!query.hasNextPage) return null
  return (
    <Group justify="center" p="md">
      <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
        {t('more')}
      </Button>
    </Group>
  )
}
