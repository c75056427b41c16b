// The grammar of kinds: an area, a dot, a past participle, as in `payment.confirmed`.

const GRAMMAR = /^[a-z][A-Za-z]*\.[a-z][A-Za-z]*$/
const MAX_KIND_BYTES = 64

/** The kind that every header with vis 1 carries; the real one is inside its body. */
export const PRIVATE_KIND = 'private'

/** The kinds that stand at seq 0, and nowhere else. */
export const FIRST_KINDS: ReadonlySet<string> = new Set(['network.created', 'identity.created', 'identity.continued'])

/** Whether `kind` is `[a-z][A-Za-z]*\.[a-z][A-Za-z]*`, at most 64 bytes. `private` is not: it has no dot. */
export function isKind(kind: string): boolean {
  return kind.length <= MAX_KIND_BYTES && GRAMMAR.test(kind)
}
