/** An account of the books, `owner:class:detail:loan`, as words with a way to its statement. */
import { Text } from '@mantine/core'
import { shortId } from './identity'
import { TextLink } from './link'

export function AccountName({ account }: { account: string }) {
  const [owner = '', kind = '', ...rest] = account.split(':')
  const loan = rest.length > 1 ? rest.at(-1) : undefined
  const detail = rest.length > 1 ? rest.slice(0, -1) : rest
  return (
    <>
      <TextLink to="/ledger/$account" params={{ account }}>
        {[kind, ...detail].join(' › ').replaceAll(/[-_]/g, ' ')}
      </TextLink>
      <Text size="xs" c="dimmed" className="key">
        {[owner, loan].flatMap((id) => (id === undefined ? [] : [shortId(id)])).join(' · ')}
      </Text>
    </>
  )
}
