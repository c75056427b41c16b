/** A small community: three nodes, a network made by one and joined by two, a lender, two borrowers, a witness. */
import type { MemberView, NetworkView } from '#libs/messages'
import type { Lab } from './lab.js'
import type { Narrator } from './narrator.js'
import type { NodeProcess } from './node-process.js'
import { Operator } from './operator.js'
import { Borrower, Lender } from './people.js'
import { until } from './until.js'

/** What the lender signs in with on its page. */
export const martasLogin = { name: 'marta', password: 'demo-demo-demo' }

export interface Community {
  readonly nodes: readonly NodeProcess[]
  readonly operators: readonly Operator[]
  readonly lender: Lender
  readonly amara: Borrower
  readonly jonas: Borrower
}

/** Starts the nodes, makes the network, joins it twice by invite and hands the witnessing to the third node. */
export async function found(lab: Lab, narrator: Narrator): Promise<Community> {
  const nodes = await Promise.all(
    ['lender', 'borrower', 'witness'].map(async (name) => {
      const node = await lab.startNode(name)
      narrator.tell(`node "${name}" started`)
      return node
    }),
  )
  const operators = nodes.map((node) => new Operator(node.options.dataDir))
  const [lenderNode, borrowerNode] = nodes as [NodeProcess, NodeProcess]
  const [atLender, atBorrower, atWitness] = operators as [Operator, Operator, Operator]

  const lender = new Lender(lenderNode)
  await lender.setUp(martasLogin.name, martasLogin.password)
  const network = await lender.page.post<NetworkView>('/network', { name: 'Demo valley', alias: 'Marta' })
  narrator.tell(`network "${network.name}" made by the lender's node`)

  for (const [operator, alias] of [
    [atBorrower, 'Village office'],
    [atWitness, 'Witness'],
  ] as const) {
    const { invite } = await lender.page.post<{ invite: string }>('/network/invites', { validHours: 48 })
    await operator.json('network', 'join', invite, '--alias', alias)
    await until(`${alias} to be admitted`, 60_000, async () => (await networkAt(operator)).self.admitted)
    narrator.tell(`"${alias}" joined by invite`)
  }

  const witness = (await networkAt(atWitness)).self.identity!
  await until('the lender to know the witness', 60_000, async () =>
    (await atLender.json<{ items: MemberView[] }>('members')).items.some((member) => member.identity === witness),
  )
  await atLender.json('network', 'amend', '--witness', witness, '--quorum', '1')
  await until('the new witness to be in force', 60_000, async () => {
    const views = await Promise.all(operators.map(networkAt))
    return views.every((view) => view.witnesses.length === 1 && view.witnesses[0] === witness)
  })
  narrator.tell('the third node witnesses from now on: what it has countersigned is final')

  const amara = await Borrower.register('Amara', borrowerNode, atBorrower)
  const jonas = await Borrower.register('Jonas', borrowerNode, atBorrower)
  narrator.tell("Amara and Jonas registered their phones at the borrower's node")
  return { nodes, operators, lender, amara, jonas }
}

const networkAt = (operator: Operator): Promise<NetworkView> => operator.json<NetworkView>('network', 'show')
