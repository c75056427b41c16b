/** The screens, for who is signed in and admitted. */
import { RouterProvider } from '@tanstack/react-router'
import type { AccountView } from '#libs/messages'
import { AccountContext } from './account'
import { router } from './router'

export default function Inside({ account }: { account: AccountView }) {
  return (
    <AccountContext value={account}>
      <RouterProvider router={router} />
    </AccountContext>
  )
}
