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

/** JSON Schema of what newcomers may borrow, in a body and in a message. */
export const newcomerPolicy = {
  type: 'object',
  properties: {
    maxPrincipal: {
      type: 'array',
      items: {
        type: 'array',
        prefixItems: [{ type: 'string', pattern: '^[A-Z]{3}$' }, count],
        items: false,
        minItems: 2,
      },
      minItems: 1,
      maxItems: 64,
    },
    untilRepaidLoans: { type: 'integer', minimum: 1, maximum: 1_000 },
  },
  required: ['maxPrincipal', 'untilRepaidLoans'],
  additionalProperties: false,
}

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
      newcomer: newcomerPolicy,
    },
    required: ['arrearsFromDays', 'recordsPerDay', 'bytesPerAuthor'],
    additionalProperties: false,
  },
}

/** What a configuration breaks in itself; the steward is always its author. */
export function configProblem(record: FoldRecord<ConfigBody>): VoidReason | null {
  const { steward, witnesses, quorum, policy } = record.body
  if (toText(steward) !== record.author) return 'steward_not_author'
  if (!areAscending(witnesses)) return 'witnesses_not_ascending'
  if (!isQuorumSafe(witnesses.length, quorum)) return 'quorum_unsafe'
  if (!isAscending(policy.arrearsFromDays)) return 'buckets_not_ascending'
  const limited = policy.newcomer?.maxPrincipal ?? []
  return isAscending(limited.map(([currency]) => currency)) ? null : 'newcomer_limits_not_ascending'
}

/** The configuration that a record puts in force. */
export function configOf(id: string, { witnesses, quorum, rules, policy }: ConfigBody): NetworkConfig {
  return { id, witnesses: witnesses.map(toText), quorum, rules, policy }
}

function isAscending<T extends number | string>(items: readonly T[]): boolean {
  return items.every((item, index) => index === 0 || item > items[index - 1]!)
}
