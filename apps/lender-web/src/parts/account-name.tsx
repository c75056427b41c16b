/** An account of the books, `owner:class:detail:loan`: in words, with the way to its statement and to its loan. */
import { Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { membersQuery } from '../api/queries'
import { useWords } from '../words/words'
import { shortId } from './identity'
import { TextLink } from './link'

/** What an account holds, in words; its own name where the page has none. */
export function useAccountTitle(): (account: string) => string {
  const { t, knows } = useWords()
  return (account) => {
    const [, kind = '', detail = ''] = account.split(':')
    const key = `account.${kind}:${detail}`
    return knows(key) ? t(key) : `${kind} ${detail}`.replaceAll('-', ' ')
  }
}

/** Whose account it is, and of which loan. */
export function AccountPlace({ account }: { account: string }) {
  const { t } = useWords()
  const { data: members } = useQuery(membersQuery)
  const [owner = '', , , loan] = account.split(':')
  const alias = members?.items.find(({ identity }) => identity === owner)?.alias
  return (
    <Text size="xs" c="dimmed" component="span" display="block">
      {alias ?? shortId(owner)}
      {loan !== undefined && (
        <>
          {' · '}
          <TextLink to="/loans/$loan" params={{ loan }} dimmed>
            {t('account.loan', { loan: shortId(loan) })}
          </TextLink>
        </>
      )}
    </Text>
  )
}

export function AccountName({ account }: { account: string }) {
  const title = useAccountTitle()
  return (
    <>
      <TextLink to="/ledger/$account" params={{ account }}>
        {title(account)}
      </TextLink>
      <AccountPlace account={account} />
    </>
  )
}
