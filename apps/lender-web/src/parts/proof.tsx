/** A record behind a figure: what it is, whose, whether it is signed, and whether anything could still undo it. */
import { Badge, Group, Text } from '@mantine/core'
import type { RecordProof } from '#libs/messages'
import { useWords } from '../words/words'
import { FinalityBadge } from './badges'
import { shortId } from './identity'
import { TextLink } from './link'
import { useKindName } from './timeline'

export function Proof({ record }: { record: RecordProof }) {
  const { t } = useWords()
  const kindName = useKindName()
  return (
    <Group gap={6}>
      <TextLink to="/records/$record" params={{ record: record.id }}>
        {kindName(record.kind)}
      </TextLink>
      <Text size="sm" c="dimmed" component="span">
        {t('proof.by', { who: record.authorAlias ?? shortId(record.author), seq: record.seq })}
      </Text>
      <Badge variant="default">{t(`signed.${record.signed}`)}</Badge>
      <FinalityBadge finality={record.finality} />
    </Group>
  )
}
