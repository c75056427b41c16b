// Whose place a newcomer takes when all are taken, after Bitcoin Core's AttemptToEvictConnection: connections that are hard
// for an attacker to have many of are protected, each in a way that it can't cheat in at the same time, and what is left
// of the largest crowd gives way.

/** What a connection is judged by. Times are ms of one clock. */
export interface Occupant {
  /** The peer has said an acceptable hello. */
  readonly proven: boolean
  /** The address group; null: this machine. */
  readonly group: string | null
  /** Keyed hash of the group: nobody outside can tell which groups come first. */
  readonly groupRank: number
  readonly connectedAtMs: number
  /** Null: not measured yet. */
  readonly roundTripMs: number | null
  /** When it last gave a record that was new and valid; null: never. */
  readonly gaveAtMs: number | null
}

/** How many each protection covers. */
export const PROTECTED = { groups: 4, fastest: 8, givers: 8 }

/**
 * The connection that gives way to a new one, or null when all are protected. Protected are, one after the other: one (the
 * longest-lived) of each of 4 address groups, the 8 with the lowest latency, the 8 that gave new valid records most recently,
 * and of the rest the longer-lived half. Of what is then left the youngest of the largest group goes. Who has not proved
 * itself is protected by its age alone.
 */
export function evict<O extends Occupant>(occupants: readonly O[]): O | null {
  const left = new Set(occupants)
  const protect = (some: readonly O[]) => some.forEach((occupant) => left.delete(occupant))
  const proven = () => [...left].filter((occupant) => occupant.proven)
  protect(onePerGroup(proven()).slice(0, PROTECTED.groups))
  protect(lowest(proven(), PROTECTED.fastest, ({ roundTripMs }) => roundTripMs))
  protect(lowest(proven(), PROTECTED.givers, ({ gaveAtMs }) => (gaveAtMs === null ? null : -gaveAtMs)))
  protect(oldestFirst([...left]).slice(0, Math.ceil(left.size / 2)))
  return youngestOfLargestGroup([...left])
}

/** The longest-lived of each group, in the order of the groups' ranks. */
function onePerGroup<O extends Occupant>(occupants: readonly O[]): O[] {
  const oldest = new Map<string | null, O>()
  for (const occupant of oldestFirst(occupants)) {
    if (!oldest.has(occupant.group)) oldest.set(occupant.group, occupant)
  }
  return [...oldest.values()].sort((a, b) => a.groupRank - b.groupRank)
}

/** The `most` with the lowest figure; those without one are left out. */
function lowest<O>(occupants: readonly O[], most: number, figure: (occupant: O) => number | null): O[] {
  const measured = occupants.flatMap((occupant) => {
    const of = figure(occupant)
    return of === null ? [] : [{ occupant, of }]
  })
  return measured
    .sort((a, b) => a.of - b.of)
    .slice(0, most)
    .map(({ occupant }) => occupant)
}

function oldestFirst<O extends Occupant>(occupants: readonly O[]): O[] {
  return [...occupants].sort((a, b) => a.connectedAtMs - b.connectedAtMs)
}

/** Of groups of one size the one with the youngest connection. */
function youngestOfLargestGroup<O extends Occupant>(occupants: readonly O[]): O | null {
  const groups = new Map<string | null, O[]>()
  for (const occupant of oldestFirst(occupants)) {
    groups.set(occupant.group, [...(groups.get(occupant.group) ?? []), occupant])
  }
  const youngestOf = (group: readonly O[]) => group.at(-1)!
  const byCrowd = [...groups.values()].sort(
    (a, b) => b.length - a.length || youngestOf(b).connectedAtMs - youngestOf(a).connectedAtMs,
  )
  return byCrowd[0] ? youngestOf(byCrowd[0]) : null
}
