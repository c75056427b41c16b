/** How often a note was changed: who buys one relies on nothing having happened in between. */
import type { LoanState } from '../loan.js'
import { isServiced } from './title.js'

/**
 * The number of records that say something of what a note is worth: money, charges, credits, changes of the table, default,
 * write-off, withdrawal, sales of it. Of two states of which one rests on the other, equal numbers mean that nothing came between.
 */
export function touchesOf(loan: LoanState, name: string): number {
  const all = isServiced(loan)
  const isOf = ({ note = '0' }: { note?: string }) => all || related(note, name)
  const moved = ({ purpose, ...of }: { purpose: string; note?: string }) =>
    purpose !== 'purchase' && purpose !== 'passOn' && isOf(of)
  const count = <T>(said: { [id: string]: T }, counts: (of: T) => boolean = () => true) =>
    Object.values(said).filter(counts).length
  return (
    count(loan.sent, moved) +
    count(loan.confirmed, moved) +
    Object.keys(loan.refused).filter((sent) => moved(loan.sent[sent]!)).length +
    [loan.refunds, loan.credits, loan.charges].reduce((sum, said) => sum + count<{ note?: string }>(said, isOf), 0) +
    count(loan.writeOffs, isOf) +
    count(loan.waivers, ({ charge }) => isOf(loan.charges[charge]!)) +
    count(loan.adjustments, ({ charge }) => isOf(loan.charges[charge]!)) +
    count(loan.reversals, ({ confirmation }) => moved(loan.confirmed[confirmation]!)) +
    count(loan.reversalsAccepted, ({ reversal }) => moved(loan.confirmed[loan.reversals[reversal]!.confirmation]!)) +
    count(loan.changesSettled, ({ stage }) => stage === 'concluded') +
    count(loan.defaults) +
    count(loan.cancellations) +
    count(loan.sales, ({ note }) => related(note, name))
  )
}

/** Whether one note came of the other. */
const related = (a: string, b: string): boolean => a === b || a.startsWith(`${b}.`) || b.startsWith(`${a}.`)
