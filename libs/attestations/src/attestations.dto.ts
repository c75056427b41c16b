/** What `attestations.*` messages take. */
import { IsIn, IsInt, IsOptional, IsString, Max, Min } from 'class-validator'
import { ActorPageRequest, ActorRequest, IsTextId } from '#libs/access'
import { IsPlainDate } from '#libs/ledger'
import type { AttestationView, AttestedFact, RequestOf } from '#libs/messages'
import { FACTS, HIGHEST_LEVEL } from './attestation.js'

export class IssueAttestationRequest extends ActorRequest implements RequestOf<'attestations.issue'> {
  @IsTextId()
  identity!: string

  @IsIn(FACTS)
  what!: AttestedFact

  @IsInt()
  @Min(1)
  @Max(HIGHEST_LEVEL)
  level!: number

  @IsPlainDate()
  until!: string

  @IsOptional()
  @IsString()
  value?: string
}

export class RevokeAttestationRequest extends ActorRequest implements RequestOf<'attestations.revoke'> {
  @IsTextId()
  attestation!: string

  @IsOptional()
  @IsString()
  reason?: string
}

export class ShowAttestationRequest implements RequestOf<'attestations.show'> {
  @IsTextId()
  attestation!: string
}

export class ListAttestationsRequest extends ActorPageRequest implements RequestOf<'attestations.list'> {
  @IsOptional()
  @IsTextId()
  identity?: string

  @IsOptional()
  @IsTextId()
  verifier?: string

  @IsOptional()
  @IsIn(['valid', 'expired', 'revoked'])
  status?: AttestationView['status']
}
