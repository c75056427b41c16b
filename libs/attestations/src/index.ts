/** What verifiers attest of people, and whether it meets what somebody asks for. */
import { attestationProjection } from './attestation.table.js'
import { Attestations1790000001700 } from './migrations/1790000001700-attestations.js'

export { FACTS, HIGHEST_LEVEL, unmet, type ValidAttestation } from './attestation.js'
export { attestationsBy, validAttestations } from './attestation.table.js'
export { judgeAttestations } from './requirement.shell.js'
export { AttestationsController } from './attestations.controller.js'
export { AttestationsModule } from './attestations.module.js'
export { attestationRules } from './rules.js'
export const attestationProjections = [attestationProjection]
export const attestationMigrations = [Attestations1790000001700]
