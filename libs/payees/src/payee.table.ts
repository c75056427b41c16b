/** The rows of payees, one for each of their private subjects. */
import { replaceRows } from '#libs/offers'
import type { Projection } from '#libs/store'
import type { EntityManager } from 'typeorm'
import type { PayeeDetails, PayeeState } from './payee.js'

interface PayeeRow extends PayeeDetails {
  subject: string
  payee: string
}

export const payeeProjection: Projection = {
  type: 'payee',
  tables: ['payee_details'],
  async project(manager, subjects) {
    const rows = subjects.flatMap(({ subject, state, records, applied }): PayeeRow[] => {
      if (!applied.includes(subject)) return []
      const { payee, ways, since, first, changes } = state as PayeeState
      const withheld = records.filter(({ subj, id, body }) => (subj ?? id) === subject && (body as unknown) === null)
      return [{ subject, payee: payee!, ways, since, first, changes, withheld: withheld.length }]
    })
    const ids = subjects.map(({ subject }) => subject)
    await replaceRows(manager, 'payee_details', 'subject', ids, rows)
  },
}

/** What is held of a payee: one for each of its subjects, the oldest first. */
export async function detailsOf(
  manager: EntityManager,
  payee: string,
): Promise<(PayeeDetails & { subject: string })[]> {
  return manager.query(
    `select subject, ways, since, first, changes, withheld from payee_details where payee = $1 order by first, subject`,
    [payee],
  )
}
