import { Paper, Textarea } from '@mantine/core'
import { useWords } from '../../words/words'
import { useOffer } from './offer-form-state'

export function Note() {
  const { t } = useWords()
  const { draft, set, errorOf } = useOffer()
  return (
    <Paper>
      <Textarea
        label={t('offer.note')}
        description={t('offer.note.hint')}
        autosize
        minRows={2}
        maxRows={6}
        maxLength={500}
        value={draft.note ?? ''}
        onChange={(event) => set({ note: event.currentTarget.value })}
        error={errorOf('note')}
      />
    </Paper>
  )
}
