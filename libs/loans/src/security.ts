/**
 * What secures a loan beside the borrower's word: guarantees of others, and collateral. What an agreement asks of both, and
 * what was said of them; who may say it is for the features that declare these kinds.
 */
import type { GuarantorView } from '#libs/messages'
import type { PlainDate } from '#libs/money'
import { areAscending, compareBytes, equalBytes, fromText } from '#libs/record'

/** What may be owed for what is pledged: shares of its worth, ppm, ascending. Identities are named as `Key` says. */
export interface CollateralTerms<Key> {
  /** When money is paid out, and what a margin call asks to get back to. */
  initialPpm: number
  /** Beyond it more is to be pledged. */
  maintenancePpm: number
  /** Beyond it what is pledged may be turned into money. */
  liquidationPpm: number
  /** Who says what it is worth; not the borrower. */
  valuer: Key
}

/** What an agreement asks for. In a body keys are 32 bytes, in a state text. */
export interface Security<Key> {
  /** Whose guarantee the conclusion waits for, and for how much at least, minor units; ascending by key. */
  guarantors?: [guarantor: Key, cap: number][]
  /** The borrower and the guarantors are a group, whose members guarantee each other's loans. */
  group?: true
  collateral?: CollateralTerms<Key>
}

/** The same with its identities named otherwise: bodies have bytes, states have text. */
export function securityNamed<From, To>(
  { guarantors, group, collateral }: Security<From>,
  name: (key: From) => To,
): Security<To> {
  return {
    ...(guarantors ? { guarantors: guarantors.map(([key, cap]): [To, number] => [name(key), cap]) } : {}),
    ...(group ? { group } : {}),
    ...(collateral ? { collateral: { ...collateral, valuer: name(collateral.valuer) } } : {}),
  }
}

/** As a body has what was wished in messages: guarantors ascending by key. */
export function securityBody(wished: Security<string>): Security<Uint8Array> {
  const body = securityNamed(wished, fromText)
  body.guarantors?.sort(([a], [b]) => compareBytes(a, b))
  return body
}

/** What it can break in itself; `signers`: of the agreement, the borrower first. A record names at most 64 others: all signatures and guarantees but the proposer's own. */
export function securityFault(
  { guarantors = [], group, collateral }: Security<Uint8Array>,
  signers: readonly Uint8Array[],
  arbiter: Uint8Array | undefined,
): string | null {
  const keys = guarantors.map(([key]) => key)
  const isOneOf = (key: Uint8Array, others: readonly Uint8Array[]) => others.some((other) => equalBytes(other, key))
  if (!areAscending(keys)) return 'guarantors_not_ascending'
  if (keys.some((key) => isOneOf(key, signers))) return 'guarantor_is_party'
  if (arbiter && isOneOf(arbiter, keys)) return 'arbiter_is_party'
  if (signers.length + keys.length > MOST_SIGNERS) return 'too_many_signers'
  if (group && keys.length === 0) return 'group_without_guarantors'
  if (!collateral) return null
  const { initialPpm, maintenancePpm, liquidationPpm, valuer } = collateral
  if (initialPpm > maintenancePpm || maintenancePpm > liquidationPpm) return 'margin_levels_not_ascending'
  return isOneOf(valuer, signers.slice(0, 1)) ? 'valuer_is_borrower' : null
}

const MOST_SIGNERS = 65

/** What was said of guarantees; keyed by record. Amounts in minor units, instants ms. */
export interface GuaranteesState {
  /** `guarantee.signed`. */
  signed: { [id: string]: SignedGuarantee }
  /** `guarantee.called`. */
  called: { [id: string]: CalledGuarantee }
}

export interface SignedGuarantee {
  guarantor: string
  /** The most that may be called. */
  cap: number
  covers: 'all' | 'principal'
  /** The last day on which it may be called; null: as long as something is owed. */
  until: PlainDate | null
  at: number
}

export interface CalledGuarantee {
  guarantee: string
  by: string
  /** Absent where all is one account. */
  note?: string
  amount: number
  reason: string
  at: number
}

/** What was said of collateral; keyed by record. */
export interface CollateralState {
  /** `collateral.pledged`. */
  pledged: { [id: string]: Pledge }
  /** `collateral.valued`. Minor units. */
  valued: { [id: string]: { pledge: string; amount: number; date: PlainDate; method: string; by: string; at: number } }
  /** `collateral.released`. */
  released: { [id: string]: { pledge: string; by: string; reason: string; at: number } }
}

export interface Pledge {
  owner: string
  /** What it is, in a line. */
  what: string
  /** What one has to know of it, or ''. */
  description: string
  /** SHA-256 of a document that describes it, text form; null without. */
  document: string | null
  at: number
}

/** A loan as far as its guarantees go. */
interface Guaranteed {
  agreement: Security<string> | null
  guarantees?: GuaranteesState
}

/** The guarantee that someone gave for a loan; null without. */
export function guaranteeBy(
  { guarantees }: Guaranteed,
  guarantor: string,
): { id: string; signed: SignedGuarantee } | null {
  const found = Object.entries(guarantees?.signed ?? {}).find(([, signed]) => signed.guarantor === guarantor)
  return found ? { id: found[0], signed: found[1] } : null
}

/** Whom the agreement waits for: each with its guarantee's record, null while there is none. */
export function guarantorsOf(loan: Guaranteed): { guarantor: string; cap: number; guarantee: string | null }[] {
  return (loan.agreement?.guarantors ?? []).map(([guarantor, cap]) => {
    const guarantee = guaranteeBy(loan, guarantor)?.id ?? null
    return { guarantor, cap, guarantee }
  })
}

/** Guarantors as faces show them. */
export function guarantorViews(loan: Guaranteed): GuarantorView[] {
  return guarantorsOf(loan).map(({ guarantor: identity, cap, guarantee }) => ({
    ...{ identity, cap, guarantee },
    signedAtMs: guarantee === null ? null : loan.guarantees!.signed[guarantee]!.at,
  }))
}
