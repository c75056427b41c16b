/** Records of this kind let the logs in whose seq 0 is among their `refs`. */
export const ADMISSION = 'member.admitted'
/** The kind at seq 0 that begins a network. */
export const FOUNDING = 'network.created'
/** The kind at seq 0 that needs to be let in. */
export const NEWCOMER = 'identity.created'
