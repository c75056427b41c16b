// Where witnesses meet on a log that grows faster than they hear of it: a certificate needs a quorum's word on the very same
// record, and each of them sees other heads. So besides its head each attests a place that all of them come by.

/**
 * The roundest length above `after` and up to `upTo`: the one with the most factors of two. Witnesses whose steps are shorter
 * than 2^k all come by every multiple of 2^k. Throws unless 0 ≤ after < upTo.
 */
export function waypoint(after: number, upTo: number): number {
  if (!(after >= 0 && after < upTo)) throw new RangeError(`no length above ${after} and up to ${upTo}`)
  for (let step = 2 ** Math.floor(Math.log2(upTo)); ; step /= 2) {
    const at = Math.floor(upTo / step) * step
    if (at > after) return at
  }
}
