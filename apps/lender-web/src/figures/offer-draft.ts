/**
 * An offer as it is being written: its terms, in which a number may still be missing. What is not asked for stays as it was,
 * so that an offer that was made elsewhere keeps what the form has no field for.
 */
import type { OfferTerms } from '#libs/messages'

/** The numbers that every offer has. */
const NUMBERS = ['capacity', 'minAmount', 'maxAmount', 'annualRatePpm', 'minInstalments', 'maxInstalments'] as const

type Numbers = (typeof NUMBERS)[number]

/** Every member that is left out means the plain case. */
export type OfferDraft = Omit<OfferTerms, Numbers | 'every'> &
  Record<Numbers, number | null> & { every: { count: number | null; unit: OfferTerms['every']['unit'] } }

/** Members to put in place of those that are there; undefined takes one away. */
export type DraftChange = { [Name in keyof OfferDraft]?: OfferDraft[Name] | undefined }

/** What is wrong with a member, by its name. */
export type DraftFaults = Partial<
  Record<Numbers | 'every', 'field.required' | 'field.positive' | 'offer.range' | 'offer.capacity.small'>
>

/** A plain offer, so that a lender has little more to do than to name a rate. */
export const PLAIN_OFFER: OfferDraft = {
  currency: 'EUR',
  capacity: 1_000_000,
  minAmount: 50_000,
  maxAmount: 500_000,
  minInstalments: 3,
  maxInstalments: 12,
  every: { count: 1, unit: 'month' },
  annualRatePpm: 50_000,
  method: 'annuity',
  dayCount: '30/360 BOND',
  arrears: { graceDays: 5 },
}

/** The draft with some members put in place or taken away. A number that is not there yet stays, as null. */
export function changed(draft: OfferDraft, change: DraftChange): OfferDraft {
  const members = Object.entries({ ...draft, ...change }).filter(([, value]) => value !== undefined)
  return Object.fromEntries(members) as OfferDraft
}

/** The members that are there; null and undefined are not. */
export function present<Thing extends object>(members: {
  [Name in keyof Thing]: Thing[Name] | null | undefined
}): Thing {
  return Object.fromEntries(
    Object.entries(members).filter(([, value]) => value !== undefined && value !== null),
  ) as Thing
}

/** As `present`; undefined when no member is there. */
export function presentOrNone<Thing extends object>(members: {
  [Name in keyof Thing]: Thing[Name] | null | undefined
}): Thing | undefined {
  const there = present<Thing>(members)
  return Object.keys(there).length === 0 ? undefined : there
}

/** What can be told without the node: numbers that are missing, ranges without anything in them. */
export function faultsOf(draft: OfferDraft): DraftFaults {
  const faults: DraftFaults = {}
  for (const name of NUMBERS) {
    const value: number | null | undefined = draft[name]
    if (value === null || value === undefined) faults[name] = 'field.required'
    else if (value < 1 && name !== 'annualRatePpm') faults[name] = 'field.positive'
  }
  if (draft.every.count === null) faults.every = 'field.required'
  else if (draft.every.count < 1) faults.every = 'field.positive'
  const { capacity, minAmount, maxAmount, minInstalments, maxInstalments } = draft
  const below = (most: number | null, least: number | null) => (most ?? 0) < (least ?? 0)
  if (below(maxAmount, minAmount)) faults.maxAmount ??= 'offer.range'
  if (below(capacity, maxAmount)) faults.capacity ??= 'offer.capacity.small'
  if (below(maxInstalments, minInstalments)) faults.maxInstalments ??= 'offer.range'
  return faults
}

/** The terms that the draft says, or null while something is missing or the ranges make no sense. */
export function termsOf(draft: OfferDraft): OfferTerms | null {
  if (Object.keys(faultsOf(draft)).length > 0) return null
  const note = draft.note?.trim()
  return present<OfferTerms>({ ...(draft as OfferTerms), note: note === '' ? undefined : note })
}

/** The draft that published terms make: all of them. */
export function draftOf(terms: OfferTerms): OfferDraft {
  return { ...terms }
}
