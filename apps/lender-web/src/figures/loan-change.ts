/** A change of a loan's table as it is being written, and what the form of each kind asks for. */
import type { LoanChange, LoanView } from '#libs/messages'

export const CHANGE_TYPES: readonly LoanChange['type'][] = ['reschedule', 'reamortise', 'reage', 'interestPause']

/** Every field of every kind; those of the chosen kind count. */
export interface ChangeDraft {
  type: LoanChange['type']
  from: string
  newDueDate: string
  principalGraceInstalments: number | null
  extraInstalments: number | null
  annualRatePpm: number | null
  firstDue: string
  everyCount: number | null
  everyUnit: 'day' | 'week' | 'month'
  instalments: number | null
  to: string
}

/** Begins with the next instalment that is not paid. */
export function draftFor(loan: Pick<LoanView, 'schedule' | 'terms'>, today: string): ChangeDraft {
  const open = loan.schedule.filter(({ outstanding }) => outstanding > 0)
  const next = open.find(({ dueDate }) => dueDate >= today) ?? open.at(-1)
  const { count, unit } = loan.terms.loan.every
  return {
    type: 'reschedule',
    from: next?.dueDate ?? '',
    newDueDate: '',
    principalGraceInstalments: null,
    extraInstalments: null,
    annualRatePpm: null,
    firstDue: next?.dueDate ?? today,
    everyCount: count,
    everyUnit: unit,
    instalments: Math.max(open.length, 1),
    to: '',
  }
}

/** The change that the draft says, or null while something is missing. What makes no sense is the node's to refuse. */
export function changeOf(draft: ChangeDraft): LoanChange | null {
  switch (draft.type) {
    case 'reamortise':
      return { type: 'reamortise' }
    case 'interestPause':
      return draft.from === '' || draft.to === '' ? null : { type: 'interestPause', from: draft.from, to: draft.to }
    case 'reage': {
      const { firstDue, everyCount: count, everyUnit: unit, instalments } = draft
      if (firstDue === '' || count === null || instalments === null) return null
      return { type: 'reage', firstDue, every: { count, unit }, instalments }
    }
    case 'reschedule': {
      const { from, newDueDate, principalGraceInstalments, extraInstalments, annualRatePpm } = draft
      if (from === '') return null
      const asked = {
        ...(newDueDate === '' ? {} : { newDueDate }),
        ...(principalGraceInstalments === null ? {} : { principalGraceInstalments }),
        ...(extraInstalments === null ? {} : { extraInstalments }),
        ...(annualRatePpm === null ? {} : { annualRatePpm }),
      }
      return Object.keys(asked).length === 0 ? null : { type: 'reschedule', from, ...asked }
    }
  }
}
