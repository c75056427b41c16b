import type { LoanView } from '#libs/messages'
import { type ChangeDraft, changeOf, draftFor } from './loan-change'

const row = (dueDate: string, outstanding: number) => ({ dueDate, outstanding }) as LoanView['schedule'][number]
const loan = {
  schedule: [row('2030-02-01', 0), row('2030-03-01', 500), row('2030-04-01', 900), row('2030-05-01', 900)],
  terms: { loan: { every: { count: 2, unit: 'week' } } },
} as Pick<LoanView, 'schedule' | 'terms'>

describe('a change of the table being written', () => {
  const draft = draftFor(loan, '2030-03-20')
  const of = (part: Partial<ChangeDraft>) => changeOf({ ...draft, ...part })

  it('begins with the next instalment that is not paid', () => {
    expect(draft).toMatchObject({ from: '2030-04-01', firstDue: '2030-04-01', instalments: 3, everyCount: 2 })
    expect(draftFor(loan, '2031-01-01').from).toBe('2030-05-01')
    expect(draftFor({ ...loan, schedule: [] }, '2030-03-20')).toMatchObject({ from: '', firstDue: '2030-03-20' })
  })

  it('is nothing before something is asked for', () => {
    expect(of({})).toBeNull()
    expect(of({ type: 'reschedule', from: '', extraInstalments: 1 })).toBeNull()
    expect(of({ type: 'interestPause' })).toBeNull()
    expect(of({ type: 'reage', instalments: null })).toBeNull()
    expect(of({ type: 'reage', everyCount: null })).toBeNull()
  })

  it('has what its kind asks for, and nothing of the others', () => {
    expect(of({ newDueDate: '2030-04-15', extraInstalments: 2, to: '2030-06-01' })).toEqual({
      type: 'reschedule',
      from: '2030-04-01',
      newDueDate: '2030-04-15',
      extraInstalments: 2,
    })
    expect(of({ annualRatePpm: 0 })).toEqual({ type: 'reschedule', from: '2030-04-01', annualRatePpm: 0 })
    expect(of({ type: 'reamortise', extraInstalments: 2 })).toEqual({ type: 'reamortise' })
    expect(of({ type: 'reage' })).toEqual({
      type: 'reage',
      firstDue: '2030-04-01',
      every: { count: 2, unit: 'week' },
      instalments: 3,
    })
    expect(of({ type: 'interestPause', to: '2030-06-01' })).toEqual({
      type: 'interestPause',
      from: '2030-04-01',
      to: '2030-06-01',
    })
  })
})
