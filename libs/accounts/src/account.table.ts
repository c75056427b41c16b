/** Rows of accounts. */
import type { AccountView, Role } from '#libs/messages'
import type { EntityManager } from 'typeorm'

export interface AccountRow {
  id: string
  name: string
  role: Role
  identity: string | null
}

/** Columns of `AccountRow`, of a table or alias `account`. */
export const ACCOUNT_COLUMNS = 'account.id, account.name, account.role, account.identity'

export const viewOf = ({ id, name, role, identity }: AccountRow): AccountView => ({ id, name, role, identity })

/** Names are one when they differ in case or in how a character is written only. */
export const nameKey = (name: string): string => name.trim().normalize('NFKC').toLowerCase()

export async function accountNamed(
  manager: EntityManager,
  name: string,
): Promise<(AccountRow & { password_hash: string | null }) | null> {
  const rows = (await manager.query(
    `select ${ACCOUNT_COLUMNS}, account.password_hash from account where name_key = $1`,
    [nameKey(name)],
  )) as (AccountRow & { password_hash: string | null })[]
  return rows[0] ?? null
}
