import { createContext, use } from 'react'
import type { AccountView } from '#libs/messages'

export const AccountContext = createContext<AccountView | null>(null)

/** Who is signed in. Throws outside of the screens. */
export function useAccount(): AccountView {
  const account = use(AccountContext)
  if (account === null) throw new Error('no account outside of the screens')
  return account
}

/** Whether the one who is signed in may change anything: an auditor only reads. */
export function useMayAct(): boolean {
  return useAccount().role !== 'auditor'
}
