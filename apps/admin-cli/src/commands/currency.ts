/** The currency that amounts of a command are in: the node knows it. */
import type { NodeConnection } from '../node-connection.js'

export async function currencyOfLoan(node: NodeConnection, loan: string): Promise<string> {
  return (await node.ask('loans.show', { loan })).principal.currency
}

/** The record that a payment is named by belongs to its loan. */
export async function currencyOfPayment(node: NodeConnection, payment: string): Promise<string> {
  return currencyOfLoan(node, (await node.ask('records.show', { id: payment })).subject)
}
