/** How a payment is spread over what is owed: an ordered list over {past due, due, in advance} × {penalty, fee, interest, principal}. */
import type { PlainDate } from './calendar.js'

/** What something owed or paid is made of, in the order that is usual. */
export type Component = 'penalty' | 'fee' | 'interest' | 'principal'

/** Amounts by component, minor units. */
export type Parts = Record<Component, bigint>

/** Due before the payment's date, on it, or after it. */
export type DueGroup = 'pastDue' | 'due' | 'inAdvance'

export type AllocationStep = `${DueGroup}.${Component}`

export const COMPONENTS: readonly Component[] = ['penalty', 'fee', 'interest', 'principal']
export const DUE_GROUPS: readonly DueGroup[] = ['pastDue', 'due', 'inAdvance']

/** Oldest first; of each instalment penalty, fee, interest, principal. */
export const DEFAULT_ALLOCATION_ORDER: readonly AllocationStep[] = DUE_GROUPS.flatMap((group) =>
  COMPONENTS.map((component): AllocationStep => `${group}.${component}`),
)

/** What is still open of one instalment. */
export interface Claim {
  due: PlainDate
  open: Parts
}

export interface AllocationRule {
  order?: readonly AllocationStep[]
  /** True (the default): an instalment is paid, component by component, before the next; false: a component of all, before the next component. */
  perInstalment?: boolean
  /** In advance the instalments are paid from the next on, or from the last back. */
  inAdvance?: 'next' | 'last'
}

export interface Allocation {
  /** What each claim got, in the order of the claims. */
  parts: Parts[]
  total: Parts
  /** What no claim could take. */
  left: bigint
}

/**
 * Spreads `amount` (minor units, not negative) over claims sorted by due date. Steps of one group that follow each other in the order are
 * taken together: oldest claim first, in it the components in order. Σ parts + left = amount.
 */
export function allocate(
  amount: bigint,
  date: PlainDate,
  claims: readonly Claim[],
  rule: AllocationRule = {},
): Allocation {
  const parts = claims.map(() => noParts())
  let left = amount
  for (const { group, components } of runsOf(rule.order ?? DEFAULT_ALLOCATION_ORDER)) {
    const members = claims.flatMap((claim, index) => (groupOf(claim.due, date) === group ? [index] : []))
    if (group === 'inAdvance' && rule.inAdvance === 'last') members.reverse()
    const take = (index: number, component: Component) => {
      const open = claims[index]!.open[component] - parts[index]![component]
      const taken = open < left ? open : left
      if (taken <= 0n) return
      parts[index]![component] += taken
      left -= taken
    }
    if (rule.perInstalment ?? true)
      for (const index of members) for (const component of components) take(index, component)
    else for (const component of components) for (const index of members) take(index, component)
  }
  return { parts, total: addParts(...parts), left }
}

export function groupOf(due: PlainDate, date: PlainDate): DueGroup {
  return due < date ? 'pastDue' : due === date ? 'due' : 'inAdvance'
}

export function noParts(): Parts {
  return { penalty: 0n, fee: 0n, interest: 0n, principal: 0n }
}

export function addParts(...all: readonly Parts[]): Parts {
  const total = noParts()
  for (const parts of all) for (const component of COMPONENTS) total[component] += parts[component]
  return total
}

export function sumParts({ penalty, fee, interest, principal }: Parts): bigint {
  return penalty + fee + interest + principal
}

/** True for an order that names each of the twelve steps once. */
export function isAllocationOrder(order: readonly string[]): order is AllocationStep[] {
  return (
    order.length === DEFAULT_ALLOCATION_ORDER.length && DEFAULT_ALLOCATION_ORDER.every((step) => order.includes(step))
  )
}

/** Neighbouring steps of one group as one run. */
function runsOf(order: readonly AllocationStep[]): { group: DueGroup; components: Component[] }[] {
  const runs: { group: DueGroup; components: Component[] }[] = []
  for (const step of order) {
    const [group, component] = step.split('.') as [DueGroup, Component]
    const last = runs.at(-1)
    if (last?.group === group) last.components.push(component)
    else runs.push({ group, components: [component] })
  }
  return runs
}
