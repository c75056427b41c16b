/** What a command's end means to a script. Stable. */
export const EXIT = {
  /** Done. */
  ok: 0,
  /** The node refused, a check found problems, or something failed. */
  failed: 1,
  /** Wrong arguments. */
  usage: 2,
  /** No node answers on the socket. */
  unreachable: 3,
} as const
