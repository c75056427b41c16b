/** The time of day for sessions, codes and lock-outs: never the node's business clock, which tests and demonstrations move. */

/** ms since the Unix epoch. */
export type WallClock = () => number
/** Provider token of the WallClock. */
export const WALL_CLOCK = Symbol('wall clock')
