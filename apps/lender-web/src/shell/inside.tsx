/** The screens, for who is signed in and admitted, by the node's clock. */
import { RouterProvider } from '@tanstack/react-router'
import type { AccountView } from '#libs/messages'
import { AccountContext } from './account'
import { ClockContext } from './clock'
import { router } from './router'

export default function Inside({ account, aheadMs }: { account: AccountView; aheadMs: number }) {
  return (
    <AccountContext value={account}>
      <ClockContext value={aheadMs}>
        <RouterProvider router={router} />
      </ClockContext>
    </AccountContext>
  )
}
