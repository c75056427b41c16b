/** Ways to pay somebody, and what is wrong with one that nobody could pay by. */
import type { PayeeWay } from '#libs/messages'

/** The most ways that one person names. */
export const MOST_WAYS = 8

const line = (maxLength: number) => ({
  type: 'string',
  minLength: 1,
  maxLength,
  pattern: '^[^\\p{Cc}]*\\S[^\\p{Cc}]*$',
})

/** JSON Schema of a list of ways. What a checksum shows is `wayFault`'s. */
export const WAYS_SCHEMA = {
  type: 'array',
  minItems: 1,
  maxItems: MOST_WAYS,
  items: {
    oneOf: [
      way(
        'iban',
        { iban: { type: 'string', pattern: '^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$' }, name: line(70) },
        {
          bic: { type: 'string', pattern: '^[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?$' },
        },
      ),
      way('mobileMoney', {
        provider: line(40),
        number: { type: 'string', pattern: '^\\+[1-9][0-9]{6,14}$' },
        name: line(70),
      }),
      way('bitcoin', {
        address: {
          type: 'string',
          pattern: '^(bc1[02-9ac-hj-np-z]{11,71}|[13][1-9A-HJ-NP-Za-km-z]{25,34})$',
        },
      }),
      way('text', { text: { type: 'string', minLength: 1, maxLength: 500, pattern: '\\S' } }),
    ],
  },
} as const

function way(type: PayeeWay['type'], fields: object, optional: object = {}) {
  return {
    type: 'object',
    properties: { type: { const: type }, ...fields, ...optional },
    required: ['type', ...Object.keys(fields)],
    additionalProperties: false,
  }
}

/** What is wrong with a way that has the right form: `iban_checksum`. Null when nothing. */
export function wayFault(way: PayeeWay): string | null {
  return way.type === 'iban' && !isIban(way.iban) ? 'iban_checksum' : null
}

/**
 * Whether the check digits of an IBAN without blanks are right (ISO 13616, by ISO 7064 MOD 97-10): its first four characters
 * moved to the end, letters read as 10 to 35, the number leaves 1 when it is divided by 97.
 */
export function isIban(iban: string): boolean {
  if (!/^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$/.test(iban)) return false
  let rest = 0
  for (const character of iban.slice(4) + iban.slice(0, 4)) {
    const value = parseInt(character, 36)
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97
  }
  return rest === 1
}
