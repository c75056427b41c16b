import { Button, Paper } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { Screen } from '../parts/screen'
import { Empty, Problem } from '../parts/states'
import { useWords } from '../words/words'

/** An address that leads nowhere. */
export function NotFound() {
  const { t } = useWords()
  return (
    <Screen title={t('notFound.title')}>
      <Paper>
        <Empty
          icon="warning"
          title={t('notFound.text')}
          action={
            <Button component={Link} to="/">
              {t('notFound.home')}
            </Button>
          }
        />
      </Paper>
    </Screen>
  )
}

/** A screen that broke: says so, and offers to load it again. */
export function ScreenFailed({ error }: { error: unknown }) {
  return <Problem error={error} retry={() => location.reload()} />
}
