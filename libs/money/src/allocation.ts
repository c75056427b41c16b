/**
 * How a payment is spread over what is owed: an ordered list over {past due, due, in advance} × {penalty, fee,
 * interest, principal}.
 */
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
  /**
   * True (the default): an instalment is paid, component by component, before the next; false: a component of all,
   * before the next component.
   */
  perInstalment?: boolean
  /** In advance the instalments are paid from the next on, or from the last back. */
  inAdvance?: 'next' | 'last'
}

/** So much of a component of the claim at `index`. */
export interface Take {
  index: number
  component: Component
  amount: bigint
}

export interface Allocation {
  takes: Take[]
  total: Parts
  /** What no claim could take. */
  left: bigint
}

/**
 * Spreads `amount` (minor units, not negative) over claims sorted by due date. Steps of one group that follow each
 * other in the order are taken together: oldest claim first, in it the components in order. Σ takes + left = amount.
 */
export function allocate(
  amount: bigint,
  date: PlainDate,
  claims: readonly Claim[],
  rule: AllocationRule = {},
): Allocation {
  const takes: Take[] = []
  const total = noParts()
  let left = amount
  const take = (index: number, component: Component) => {
    const open = claims[index]!.open[component]
    if (open <= 0n || left === 0n) return
    const taken = open < left ? open : left
    takes.push({ index, component, amount: taken })
    total[component] += taken
    left -= taken
  }
  for (const { group, components } of runsOf(rule.order ?? DEFAULT_ALLOCATION_ORDER)) {
    const members = membersOf(group, date, claims)
    if (group === 'inAdvance' && rule.inAdvance === 'last') members.reverse()
    if (rule.perInstalment === false)
      for (const component of components) for (const index of members) take(index, component)
    else for (const index of members) for (const component of components) take(index, component)
    if (left === 0n) break
  }
  return { takes, total, left }
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

interface Run {
  group: DueGroup
  components: Component[]
}

const RUNS = new WeakMap<readonly AllocationStep[], Run[]>()

/** Neighbouring steps of one group as one run; worked out once for each order. */
function runsOf(order: readonly AllocationStep[]): Run[] {
  const known = RUNS.get(order)
  if (known) return known
  const runs: Run[] = []
  for (const step of order) {
    const [group, component] = step.split('.') as [DueGroup, Component]
    const last = runs.at(-1)
    if (last?.group === group) last.components.push(component)
    else runs.push({ group, components: [component] })
  }
  RUNS.set(order, runs)
  return runs
}

/** The claims of a group that are open at all, oldest first. */
function membersOf(group: DueGroup, date: PlainDate, claims: readonly Claim[]): number[] {
  const members: number[] = []
  for (let index = 0; index < claims.length; index++) {
    const { due, open } = claims[index]!
    if (group === 'pastDue' ? due >= date : group === 'due' ? due > date : false) break
    if (groupOf(due, date) !== group) continue
    if (open.principal > 0n || open.interest > 0n || open.fee > 0n || open.penalty > 0n) members.push(index)
  }
  return members
}
