// Whether a key was ever used, as a node has to know that came back from a backup: by what witnesses recall of it.

import { equalBytes } from '#libs/record'
import type { Recollection } from './protocol/messages.js'

/** The witnesses of one configuration, by their identities in text form, and how many of them decide. */
export interface AskedSet {
  witnesses: readonly string[]
  quorum: number
}

/**
 * Whether nothing was signed with a key that is to continue a log, by what witnesses answered, by their identities: a quorum of
 * each configuration since the backup knows neither a record of that key nor a freeze for it, all of them under the
 * configuration `cfg`, the last one that is in force here.
 *
 * Whoever continues a log signs with the next key after a quorum has frozen the old log, and no sooner. Of any two quorums one
 * honest witness is in both, and what it froze it recalls.
 */
export function isUnused(
  answers: ReadonlyMap<string, Pick<Recollection, 'cfg' | 'isKnown'>>,
  cfg: Uint8Array,
  sets: readonly AskedSet[],
): boolean {
  const isClean = (witness: string): boolean => {
    const answer = answers.get(witness)
    return answer !== undefined && !answer.isKnown && equalBytes(answer.cfg, cfg)
  }
  return sets.length > 0 && sets.every(({ witnesses, quorum }) => witnesses.filter(isClean).length >= quorum)
}
