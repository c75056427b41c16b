/**
 * A share of a loan changes hands: the money of the loan that Marta and the witness share is paid out, and the witness sells its note to Tomas,
 * who has no phone: the office holds his identity, has verified who he is, and signs for him. Then Marta looks at what Jonas has done so far.
 */
import type { Community, Narrator, Operator } from '#libs/lab'
import type {
  AttestationView,
  NoteListingView,
  NoteView,
  Page,
  PaymentView,
  ProfileView,
  TrackRecordView,
} from '#libs/messages'

/** Plays it, on the loan of both lenders. Returns the key of the note's new owner. */
export async function sellNote(community: Community, narrator: Narrator, shared: string): Promise<string> {
  const { operators, jonas } = community
  const [desk, office, witness] = operators as [Operator, Operator, Operator]
  const { identity: tomas } = await office.json<ProfileView>('identity', 'hold', 'Tomas')
  await office.json<AttestationView>(
    ...['attestation', 'issue', tomas, '--what', 'identity', '--level', '2', '--until', inTwoYears()],
  )
  narrator.tell('Tomas has no phone: the office holds his identity, every record says so; it attests who he is')

  for (const lender of [desk, witness]) await paidOut(community, lender, shared)
  await jonas.sees('his money', shared, ({ status }) => status === 'active')
  const { items } = await witness.json<Page<NoteView>>('note', 'list')
  const { note, principal } = items.find(({ loan }) => loan === shared)!
  const price = (Math.floor(principal * 0.98) / 100).toFixed(2)
  const listed = await witness.json<NoteListingView>('note', 'sell', shared, note, price, '--reason', 'needs the cash')
  const isFinal = ({ items: listings }: Page<NoteListingView>): boolean => listings.some(({ final }) => final)
  const asTomas = ['--as', tomas]
  await office.sees('a final title', ['note', 'market', '--loan', shared, ...asTomas], isFinal)
  const { orders } = await office.json<NoteListingView>(...asTomas, 'note', 'buy', listed.id)
  const sent = await office.json<PaymentView>(...asTomas, 'note', 'pay', orders[0]!.id)
  const isThere = ({ items: payments }: Page<PaymentView>): boolean => payments.some(({ id }) => id === sent.id)
  await witness.sees('the price', ['payment', 'list', '--loan', shared], isThere)
  await witness.json<NoteView>('note', 'transfer', orders[0]!.id)
  await desk.sees('the sale', ['note', 'title', shared, note], ({ owner }: NoteView) => owner === tomas)
  narrator.tell(`the witness sold its note to Tomas for ${price} EUR and what has accrued; all nodes know the owner`)

  const { borrower } = items.find(({ loan }) => loan === shared)!
  const { punctuality, sums } = await desk.json<TrackRecordView>('track-record', borrower)
  const { onTime, due } = punctuality
  narrator.tell(
    `the track record of Jonas, from records alone: ${onTime} of ${due} instalments in time, ${sums.length} figures`,
  )
  return tomas
}

/** A lender sends what is its share, and Jonas says that it came. */
async function paidOut({ jonas }: Community, lender: Operator, loan: string): Promise<void> {
  const { identity } = await lender.json<{ identity: string }>('status')
  const { lenders } = await lender.json<{ lenders: { identity: string; share: number }[] }>('loan', 'show', loan)
  const { share } = lenders.find((of) => of.identity === identity)!
  const sent = await lender.json<PaymentView>('payment', 'send', loan, (share / 100).toFixed(2))
  await jonas.confirm(loan, sent.id)
}

const inTwoYears = (): string => new Date(Date.now() + 730 * 86_400_000).toISOString().slice(0, 10)
