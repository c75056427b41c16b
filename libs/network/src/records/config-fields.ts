/** What a genesis and an amendment have in common: the configuration that they put in force. */
import type { FoldRecord, VoidReason } from '#libs/fold'
import { areAscending, toText } from '#libs/record'
import { isQuorumSafe, MAX_WITNESSES, type NetworkConfig, type NetworkPolicy } from '../network.js'

/** Keys are 32 bytes, `witnesses` ascending by bytes. */
export interface ConfigBody {
  steward: Uint8Array
  witnesses: Uint8Array[]
  quorum: number
  rules: number
  policy: NetworkPolicy
}

const count = { type: 'integer', minimum: 1, maximum: Number.MAX_SAFE_INTEGER }

/** JSON Schema of the fields of `ConfigBody`. */
export const configFields = {
  steward: { bytes: 32 },
  witnesses: { type: 'array', items: { bytes: 32 }, minItems: 1, maxItems: MAX_WITNESSES },
  quorum: { type: 'integer', minimum: 1, maximum: MAX_WITNESSES },
  rules: count,
  policy: {
    type: 'object',
    properties: {
      arrearsFromDays: {
        type: 'array',
        items: { type: 'integer', minimum: 1, maximum: 36_500 },
        minItems: 1,
        maxItems: 12,
      },
      recordsPerDay: count,
      bytesPerAuthor: count,
    },
    required: ['arrearsFromDays', 'recordsPerDay', 'bytesPerAuthor'],
    additionalProperties: false,
  },
}

/**
 * One line of 1 to `length` characters that neither starts nor ends with a space, without control characters, line breaks
 * or bidirectional controls. The ranges are written out because named classes change with the Unicode version, and a body
 * must be valid on all nodes or on none.
 */
export function lineOfText(length: number): { type: 'string'; maxLength: number; pattern: string } {
  const control = '\\u0000-\\u001f\\u007f-\\u009f\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069\\ufeff'
  const inner = `[^${control}]`
  const outer = `[^${control}\\u0020]`
  return { type: 'string', maxLength: length, pattern: `^${outer}(${inner}*${outer})?$` }
}

/** What a configuration breaks in itself; the steward is always its author. */
export function configProblem(record: FoldRecord<ConfigBody>): VoidReason | null {
  const { steward, witnesses, quorum, policy } = record.body
  if (toText(steward) !== record.author) return 'steward_not_author'
  if (!areAscending(witnesses)) return 'witnesses_not_ascending'
  if (!isQuorumSafe(witnesses.length, quorum)) return 'quorum_unsafe'
  const days = policy.arrearsFromDays
  return days.every((day, index) => index === 0 || day > days[index - 1]!) ? null : 'buckets_not_ascending'
}

/** The configuration that a record puts in force. */
export function configOf(id: string, { witnesses, quorum, rules, policy }: ConfigBody): NetworkConfig {
  return { id, witnesses: witnesses.map(toText), quorum, rules, policy }
}
