import { recordKind, type RecordKind } from '#libs/fold'

/**
 * A kind of lending. Offers, applications and loans are public in this version of the rules: whether a private record has an effect
 * on a public subject would depend on who holds its body, and nodes would disagree. So a private one is void.
 */
export function lendingKind<B>(kind: Parameters<typeof recordKind<B>>[0]): RecordKind {
  return recordKind<B>({
    ...kind,
    check: (record) => (record.vis === 1 ? 'private_not_supported' : (kind.check?.(record) ?? null)),
  })
}
