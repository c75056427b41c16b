/**
 * Newcomers whose admission is on a branch that is not, or not yet, its author's log. Who saw that branch first has let them in,
 * and what they wrote may be named by others: everybody keeps their logs, though they are no members by it.
 */
import { decodeHeader, toText } from '#libs/record'
import type { EntityManager } from 'typeorm'
import { ADMISSION, admits } from './admission.js'

/** A suspended admission. */
export interface AdmissionAside {
  id: Uint8Array
  /** The first record of a log that it lets in. */
  first: Uint8Array
}

/** The suspended admissions that let in logs which begin with these records. */
export async function admissionsAside(
  manager: EntityManager,
  net: Uint8Array,
  firsts: readonly Uint8Array[],
): Promise<AdmissionAside[]> {
  if (firsts.length === 0) return []
  // The kind stands in a header as it is: most of what is beside a log is not even read.
  const rows: { id: Uint8Array; header: Uint8Array }[] = await manager.query(
    `select id, header from suspended where net = $1 and position(convert_to($2, 'UTF8') in header) > 0`,
    [net, ADMISSION],
  )
  const byText = new Map(firsts.map((first) => [toText(first), first]))
  return rows.flatMap(({ id, header: bytes }) => {
    const header = decodeHeader(bytes)
    const named = header.refs.flatMap((ref) => byText.get(toText(ref)) ?? [])
    return named.filter((first) => admits(header, first)).map((first) => ({ id, first }))
  })
}
