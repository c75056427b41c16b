/** Several people answer for one debt, each up to a cap: what each may be asked for, and what falls on each if all pay. */

/** One who answers for a debt. Minor units. */
export interface Liable {
  who: string
  /** The most that may still be asked of this one. */
  most: number
}

/** What may be asked of one, and what is fair. Minor units. */
export interface Liability {
  who: string
  /** Each answers for the whole, up to the own cap: the creditor may turn to any of them. */
  callable: number
  /** Equal parts, of those whose cap allows it; who has less left to give gives that, and the others share the rest. */
  fairShare: number
}

/**
 * Joint and several liability with caps. Fair shares sum to what is owed, or to all caps where those are less; a minor unit that does not
 * divide falls on the first ones. Order in, order out.
 */
export function jointLiability(owed: number, members: readonly Liable[]): Liability[] {
  const shares = new Map<Liable, number>()
  const ascending = [...members].sort((a, b) => a.most - b.most)
  let left = Math.min(
    Math.max(0, owed),
    members.reduce((all, { most }) => all + most, 0),
  )
  ascending.forEach((member, index) => {
    const others = ascending.length - index
    const share = Math.min(member.most, Math.ceil(left / others))
    shares.set(member, share)
    left -= share
  })
  return members.map((member) => ({
    who: member.who,
    callable: Math.min(member.most, Math.max(0, owed)),
    fairShare: shares.get(member)!,
  }))
}
