/** What the offer's form knows: the draft, what the page finds wrong with it, and what the node does. */
import { createContext, use, useState } from 'react'
import type { OfferTerms } from '#libs/messages'
import { ProblemError } from '../../api/http'
import {
  changed,
  type DraftChange,
  draftOf,
  faultsOf,
  type OfferDraft,
  PLAIN_OFFER,
  termsOf,
} from '../../figures/offer-draft'
import { useWords } from '../../words/words'
import { useProblemText } from '../states'

export interface OfferForm {
  draft: OfferDraft
  set: (change: DraftChange) => void
  /** That a person has been at a field: from then on its faults are shown. */
  visit: (member: string) => void
  /** What is wrong with a member, in words: `lateFee`, or a part of one as `arrears.amount`. */
  errorOf: (path: string) => string | undefined
}

export const OfferFormContext = createContext<OfferForm | null>(null)

/** The form around a field. Throws outside of one. */
export function useOffer(): OfferForm {
  const form = use(OfferFormContext)
  if (form === null) throw new Error('no offer form here')
  return form
}

/** The form's state. `terms` is what it says, or null while it says nothing whole; `reveal` shows every fault. */
export function useOfferForm(given: OfferTerms | undefined) {
  const [draft, setDraft] = useState(() => (given ? draftOf(given) : PLAIN_OFFER))
  const [visited, setVisited] = useState<ReadonlySet<string> | 'all'>(new Set<string>())
  return {
    draft,
    terms: termsOf(draft),
    set: (change: DraftChange) => setDraft((before) => changed(before, change)),
    visit: (member: string) => setVisited((before) => (before === 'all' ? before : new Set(before).add(member))),
    visited,
    reveal: () => setVisited('all'),
  }
}

/** The form with what is wrong in it: the page's own faults where a person has been, and the node's refusal at its field. */
export function useFaults(form: ReturnType<typeof useOfferForm>, refusal: unknown): OfferForm {
  const { t } = useWords()
  const textOf = useProblemText()
  const { draft, visited, set, visit } = form
  const faults: Partial<Record<string, string>> = {}
  for (const [name, word] of Object.entries(faultsOf(draft)))
    if (visited === 'all' || visited.has(name)) faults[name] = t(word)
  const field = fieldOf(refusal)
  const errorOf = (path: string) => {
    if (faults[path] !== undefined) return faults[path]
    return field !== undefined && (field === path || field.startsWith(`${path}.`)) ? textOf(refusal) : undefined
  }
  return { draft, set, visit, errorOf }
}

/** One loan's members, as the offer's fields name their ranges. */
const RANGES: Readonly<Record<string, string>> = { principal: 'minAmount', instalments: 'maxInstalments' }

/** The member of the terms that a refusal names, if it does. */
function fieldOf(refusal: unknown): string | undefined {
  if (!(refusal instanceof ProblemError)) return undefined
  const { field, problems } = refusal.details
  if (typeof field === 'string') return RANGES[field] ?? field
  const named = Array.isArray(problems)
    ? problems.map(String).find((problem) => problem.startsWith('terms.'))
    : undefined
  return named?.slice('terms.'.length).split(':')[0]
}
