/** The kinds and the subject of attestations. */
import type { FeatureRules, SubjectType } from '#libs/fold'
import { attestationType } from './attestation.js'
import { attestationIssued } from './records/attestation-issued.js'
import { attestationRevoked } from './records/attestation-revoked.js'

export const attestationRules: FeatureRules = {
  kinds: [attestationIssued, attestationRevoked],
  types: [attestationType as SubjectType<unknown>],
}
