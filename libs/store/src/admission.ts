import { equalBytes, type Header } from '#libs/record'

/** Records of this kind let the logs in whose seq 0 is among their `refs`. */
export const ADMISSION = 'member.admitted'
/** The kind at seq 0 that begins a network. */
export const FOUNDING = 'network.created'
/** The kind at seq 0 that needs to be let in. */
export const NEWCOMER = 'identity.created'

/** Whether a record lets in the log that begins with this one: on whichever branch of its own log it stands. */
export function admits({ kind, refs }: Pick<Header, 'kind' | 'refs'>, first: Uint8Array): boolean {
  return kind === ADMISSION && refs.some((ref) => equalBytes(ref, first))
}
