/** What state a thing is in, by a word and a colour; the word alone suffices. */
import { Badge, Group, Tooltip } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type {
  ApplicationView,
  BidStatus,
  Finality,
  InviteView,
  LoanChangeView,
  LoanInstalmentView,
  LoanStatus,
  NoteListingStatus,
  NoteOrderStatus,
  OfferView,
  PaymentView,
  RequestStatus,
} from '#libs/messages'
import { networkQuery } from '../api/queries'
import { useWords, type WordKey } from '../words/words'
import { Icon } from './icons'

type State =
  | LoanStatus
  | ApplicationView['status']
  | OfferView['status']
  | RequestStatus
  | BidStatus
  | PaymentView['status']
  | LoanInstalmentView['state']
  | InviteView['state']
  | LoanChangeView['status']
  | NoteListingStatus
  | NoteOrderStatus

/** What is over or not yet its turn has none. */
const COLOURS: Partial<Record<State, string>> = {
  active: 'pine',
  agreed: 'pine',
  open: 'pine',
  confirmed: 'pine',
  paid: 'pine',
  used: 'pine',
  established: 'pine',
  concluded: 'pine',
  recovering: 'blue',
  defaulted: 'red',
  reversed: 'red',
  proposed: 'blue',
  submitted: 'blue',
  taken: 'blue',
  sent: 'blue',
  due: 'blue',
  partly_paid: 'blue',
  in_arrears: 'red',
  overdue: 'red',
  refused: 'red',
  stale: 'orange',
  sold: 'blue',
}

export function StateBadge({ state }: { state: State }) {
  const { t } = useWords()
  const colour = COLOURS[state]
  return (
    <Badge {...(colour === undefined ? { variant: 'default' } : { variant: 'filled', color: colour })}>
      {t(`state.${state}` satisfies WordKey)}
    </Badge>
  )
}

/** How sure a record is: stored here, or final by the network's witnesses. Under one witness that is its own word only. */
export function FinalityBadge({ finality }: { finality: Finality }) {
  const { t } = useWords()
  const { data: network } = useQuery(networkQuery)
  const alone = network?.witnesses.length === 1
  const [label, hint]: [WordKey, WordKey] =
    finality === 'stored'
      ? ['finality.stored', 'finality.stored.hint']
      : alone
        ? ['finality.alone', 'finality.alone.hint']
        : ['finality.final', 'finality.final.hint']
  return (
    <Tooltip label={t(hint)} multiline maw={300}>
      <Badge variant="default" tabIndex={0} style={{ cursor: 'help' }}>
        <Group gap={4} wrap="nowrap" component="span">
          <Icon name={finality === 'stored' ? 'clock' : 'seal'} size={15} />
          {t(label)}
        </Group>
      </Badge>
    </Tooltip>
  )
}
