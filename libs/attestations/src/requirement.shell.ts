import type { Refusal } from '#libs/fold'
import type { RequiredAttestation } from '#libs/messages'
import type { PlainDate } from '#libs/money'
import type { EntityManager } from 'typeorm'
import { unmet } from './attestation.js'
import { validAttestations } from './attestation.table.js'

/**
 * Whether somebody has what is asked for on a day, by what this node holds. Never a rule of a fold, which could not tell what was valid
 * at another's clock: each side's node checks it before it signs. Refuses: attestation_missing {missing}.
 */
export async function judgeAttestations(
  manager: EntityManager,
  net: string,
  identity: string,
  required: readonly RequiredAttestation[] = [],
  day: PlainDate,
): Promise<Refusal | null> {
  if (required.length === 0) return null
  const missing = unmet(required, await validAttestations(manager, net, identity, day))
  return missing.length === 0 ? null : { refused: 'attestation_missing', missing }
}
