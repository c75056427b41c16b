/**
 * The community has a past: Jonas owes Marta for a cow since before there was a network, and her notebook says how much. They take that loan over.
 * And it looks ahead: whoever has repaid nothing yet may borrow only so much at once.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Community, type MovableClock, type Narrator, type Operator, until } from '#libs/lab'
import type { LoanView, MemberView, NetworkView } from '#libs/messages'

const dayMs = 86_400_000

/** Plays it; what the notebook says is written to `folder`. Returns the id of the loan, which is in arrears at the end. */
export async function takeOver(
  { lender, jonas, operators }: Community,
  clock: MovableClock,
  folder: string,
  narrator: Narrator,
): Promise<string> {
  const [desk] = operators as [Operator]
  const dayIn = (days: number): string => new Date(clock.now() + days * dayMs).toISOString().slice(0, 10)
  const rows = [
    [dayIn(-12), '150.00', '9.00', '2.00'],
    [dayIn(18), '150.00', '6.00', '0'],
    [dayIn(49), '150.00', '3.00', '0'],
  ]
  const notebook = join(folder, 'notebook.csv')
  writeFileSync(notebook, ['day,principal,interest,fees', ...rows.map((row) => row.join(','))].join('\n'))
  const { items } = await desk.json<{ items: MemberView[] }>('members')
  const { id } = await desk.json<LoanView>(
    ...['loan', 'adopt', notebook, '--side', 'lender', '--currency', 'EUR', '--rate', '24', '--purpose', 'Cow'],
    ...['--counterparty', items.find(({ alias }) => alias === 'Jonas')!.identity, '--paper', 'Notebook, page 14'],
    ...['--start-date', dayIn(-43), '--balance-on', dayIn(0)],
    ...['--principal', '450.00', '--interest', '9.00', '--fees', '2.00'],
  )
  await jonas.sign(id)
  await lender.sees('a loan that ran before', id, ({ status }) => status === 'in_arrears')
  narrator.tell("a loan from Marta's notebook goes on here: Jonas signed what he owes, twelve days late as it was")

  await desk.json('network', 'policy', '--newcomer', 'EUR=5000.00', '--until-repaid-loans', '1')
  await until('the policy to be in force', 60_000, async () => {
    const views = await Promise.all(operators.map((at) => at.json<NetworkView>('network', 'show')))
    return views.every(({ policy }) => policy?.newcomer)
  })
  narrator.tell('whoever has not repaid a loan yet may borrow 5,000.00 € at once, and not more')
  return id
}
