/** People, as the network knows them: a key, and perhaps an alias that they chose. */
import { ActionIcon, Avatar, CopyButton, Group, Text, Tooltip } from '@mantine/core'
import { useWords } from '../words/words'
import { Icon } from './icons'

/** The two ends of a key or an id: enough to tell a few apart at a glance, never to trust one. */
export function shortId(id: string): string {
  return id.length <= 14 ? id : `${id.slice(0, 6)}…${id.slice(-4)}`
}

/** Colours on which white letters are readable. */
const COLOURS = ['#175646', '#1d5c87', '#6a4a8c', '#8a4b2a', '#8c2f4b', '#4d5c1f', '#3a4f9e', '#75501a']

function colourOf(key: string): string {
  let sum = 0
  for (const letter of key) sum = (sum * 31 + letter.charCodeAt(0)) % 65_536
  return COLOURS[sum % COLOURS.length] ?? '#175646'
}

/** Who: alias if any, else the key's ends; the whole key on hover or focus. */
export function Person({
  identity,
  alias,
  me,
  heldBy = null,
}: {
  identity: string
  alias?: string | null
  me?: boolean
  /** The operator who signs for someone without a phone. */
  heldBy?: string | null
}) {
  const { t } = useWords()
  const name = alias ?? shortId(identity)
  return (
    <Group gap={8} wrap="nowrap" component="span" display="inline-flex">
      <Avatar
        size={26}
        radius="xl"
        color="#fff"
        aria-hidden="true"
        styles={{ placeholder: { background: colourOf(identity), fontSize: 11 } }}
      >
        {name.slice(0, 2).toUpperCase()}
      </Avatar>
      <Tooltip label={<span className="key">{identity}</span>} multiline maw={320}>
        <Text component="span" inherit fw={500} className={alias ? undefined : 'key'}>
          {me ? t('you') : name}
        </Text>
      </Tooltip>
      {heldBy !== null && (
        <Text component="span" size="sm" c="dimmed">
          {t('person.heldBy', { who: shortId(heldBy) })}
        </Text>
      )}
    </Group>
  )
}

/** Copies a text, and says so. */
export function Copy({ text, label }: { text: string; label: string }) {
  const { t } = useWords()
  return (
    <CopyButton value={text} timeout={1_500}>
      {({ copied, copy }) => (
        <Tooltip label={copied ? t('copied') : label}>
          <ActionIcon variant="subtle" color="gray" onClick={copy} aria-label={copied ? t('copied') : label}>
            <Icon name={copied ? 'check' : 'copy'} size={18} />
          </ActionIcon>
        </Tooltip>
      )}
    </CopyButton>
  )
}
