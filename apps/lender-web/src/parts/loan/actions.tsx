/** What one may do with a loan now: what it waits for stands at the top, the rest below it. */
import { Group } from '@mantine/core'
import type { LoanView } from '#libs/messages'
import { useMayAct } from '../../shell/account'
import { Decline, Sign } from './agreement-actions'
import { ENDING_MESSAGES, Endings, Settlement } from './ending-actions'
import { Credit, Received, Refund, Send } from './money-actions'

/** What moves the loan on. */
export function LoanActions({ loan }: { loan: LoanView }) {
  const mayAct = useMayAct()
  if (!mayAct) return null
  const may = (message: string) => loan.may.includes(message)
  return (
    <Group>
      {may('loans.decline') && <Decline loan={loan} />}
      {may('loans.sign') && <Sign loan={loan} />}
      {may('payments.send') && <Send loan={loan} />}
      {may('payments.confirm') && <Received loan={loan} />}
    </Group>
  )
}

/** The messages behind the buttons below the figures. */
const SERVICING = ['loans.settlement', 'payments.refund', 'loans.grantCredit', ...ENDING_MESSAGES]

/** What changes how it ends. */
export function LoanServicing({ loan }: { loan: LoanView }) {
  const mayAct = useMayAct()
  if (!mayAct) return null
  const may = (message: string) => loan.may.includes(message)
  if (!SERVICING.some(may)) return null
  return (
    <Group gap="xs" className="no-print">
      {may('loans.settlement') && <Settlement loan={loan} />}
      {may('payments.refund') && <Refund loan={loan} />}
      {may('loans.grantCredit') && <Credit loan={loan} />}
      <Endings loan={loan} />
    </Group>
  )
}
