import { foldWorld, Rules, type FoldRecord } from '#libs/fold'
import type { Tranche } from '#libs/messages'
import { checkLoanTerms, type InstalmentRow, type LoanTerms } from '#libs/money'
import {
  applicationStatus,
  available,
  offerRules,
  quoteOf,
  type ApplicationState,
  type OfferState,
  type Quote,
} from '#libs/offers'
import { fromText } from '#libs/record'
import { requestRules } from '#libs/requests'
import { followsFromTerms, termsInForce, type AgreementBody } from './agreement.js'
import type { LoanState } from './loan.js'
import { proposerDuty } from './signing.js'
import { loanRules } from './rules.js'
import { LoanStory } from './testing/loan-story.js'
import { LogWriter } from '../../offers/src/testing/log-writer.js'

const rules = new Rules([offerRules, requestRules, loanRules])
const HOUR_MS = 3_600_000

describe('an agreement', () => {
  let story: LoanStory
  const stranger = new LogWriter('mallory')
  beforeEach(() => {
    story = new LoanStory()
    stranger.records.length = 0
    stranger.now = story.lender.now
  })
  const world = () => foldWorld([...story.records, ...stranger.records], rules)
  const state = <S>(id: string, type: string) => world().folded.get(`${id} ${type}`)!.state as S
  const loan = () => state<LoanState>(story.proposal.id, 'loan')
  const offer = () => state<OfferState>(story.offer.id, 'offer')
  const application = () => state<ApplicationState>(story.application.id, 'application')
  const reason = (record: FoldRecord) => rules.checkAlone(record) ?? world().voids.get(record.id) ?? null

  it('is a loan once the proposer concluded with every signature', () => {
    story.agreed()
    expect(loan()).toMatchObject({ id: story.proposal.id, outcome: { stage: 'concluded', id: story.concluded.id } })
    expect(Object.keys(loan().signatures).sort()).toEqual([story.lender.author, story.borrower.author].sort())
    expect(applicationStatus(application())).toBe('agreed')
    expect(available(offer())).toBe(1_000_000 - 120_000)
    expect(world().voids.size).toBe(0)
  })

  it('uses capacity of the offer when it is proposed, and frees it when it lapses', () => {
    story.propose()
    expect([available(offer()), applicationStatus(application())]).toEqual([880_000, 'proposed'])
    story.lapse()
    expect([available(offer()), applicationStatus(application())]).toEqual([1_000_000, 'submitted'])
    expect(loan().outcome?.stage).toBe('lapsed')
  })

  describe('is void', () => {
    const table = (rows: AgreementBody['instalments']) => ({ instalments: rows })
    it.each<[string, Partial<AgreementBody>]>([
      ['table_empty', table([])],
      [
        'table_dates_not_ascending',
        table([
          ['2026-02-15', 60_000, 0, 0],
          ['2026-02-15', 60_000, 0, 0],
        ]),
      ],
      ['table_principal_does_not_sum', table([['2026-02-15', 119_999, 0, 0]])],
      ['table_row_malformed', table([['2026-02-30', 120_000, 0, 0]])],
      ['body_malformed', table([['2026-02-15', 120_000, -1, 0]])],
      ['table_starts_too_early', table([['2026-01-15', 120_000, 0, 0]])],
      ['table_ends_too_late', table([['9001-01-01', 120_000, 0, 0]])],
      ['amount_too_large', table([['2026-02-15', 120_000, Number.MAX_SAFE_INTEGER, 0]])],
      ['shares_do_not_sum', { lenders: [[new LogWriter('lena').key, 119_999]] }],
      ['borrower_lends', { borrower: new LogWriter('lena').key }],
      ['proposer_not_lender', { lenders: [[new LogWriter('mallory').key, 120_000]] }],
      ['expiry_in_the_past', { expiresAt: 1 }],
      ['application_not_referenced', { application: new LogWriter('nothing').key }],
      ['not_the_applicant', { borrower: new LogWriter('mallory').key }],
      ['not_your_offer', { offer: new LogWriter('no offer').key }],
    ])('when it is broken in itself or answers wrongly: %s', (why, changes) => {
      expect(reason(story.propose(changes))).toBe(why === 'table_empty' ? 'body_malformed' : why)
    })

    it.each<[string, Partial<LoanTerms>]>([
      ['start_date_invalid', { startDate: '2026-02-30' }],
      ['currency_unknown', { currency: 'EUX' }],
      ['terms_contradictory', { method: 'bullet', fixedInstalment: 10_000 }],
      ['grace_out_of_range', { grace: { principalInstalments: 12 } }],
      ['charge_out_of_range', { lateFee: { amount: 1, ppm: 1 } }],
      ['own_table_missing', { method: 'ownTable' }],
      [
        'nothing_arrives',
        { downPaymentPpm: 500_000, charges: [{ name: 'all', when: 'atStart', ppm: 500_000, deducted: true }] },
      ],
      ['body_malformed', { annualRatePpm: 10_000_001 }],
    ])('when its terms are none that a loan could be kept by: %s', (why, changes) => {
      const { terms } = story.agreement()
      expect(reason(story.propose({ terms: { ...terms, ...changes } }))).toBe(why)
    })

    it('when charges keep all of a payout back', () => {
      const terms: LoanTerms = {
        ...story.agreement().terms,
        charges: [{ name: 'fee', when: 'atStart', amount: 10_000, deducted: true }],
      }
      const inParts = (first: number): Partial<AgreementBody> => ({
        terms,
        tranches: [
          ['2026-01-15', first],
          ['2026-02-15', 120_000 - first],
        ],
      })
      expect(reason(story.propose(inParts(10_000)))).toBe('nothing_arrives')
      expect(reason(story.propose(inParts(10_001)))).toBeNull()
    })

    it.each<[string, Partial<AgreementBody>]>([
      ['arbiter_is_party', { arbiter: new LogWriter('bob').key }],
      [
        'tranches_invalid',
        {
          tranches: [
            ['2026-01-15', 60_000],
            ['2026-02-15', 60_001],
          ],
        },
      ],
      [
        'tranches_invalid',
        {
          tranches: [
            ['2026-01-16', 60_000],
            ['2026-02-15', 60_000],
          ],
        },
      ],
      [
        'event_charges_repeated',
        {
          eventCharges: [
            { name: 'reminder', amount: 1 },
            { name: 'reminder', amount: 2 },
          ],
        },
      ],
      ['body_malformed', { coolingOffDays: 61 }],
      ['body_malformed', { defaultAfterDays: 0 }],
    ])('with what goes with the terms and makes no sense: %s', (why, changes) => {
      expect(reason(story.propose(changes))).toBe(why)
    })

    it('beyond the capacity of the offer, by the log of its author alone', () => {
      const second = story.borrower.write('application.submitted', {
        refs: [story.offer],
        body: story.ask({ amount: 500_000 }),
      })
      const third = story.borrower.write('application.submitted', {
        refs: [story.offer],
        body: story.ask({ amount: 500_000 }),
      })
      const propose = (application: FoldRecord) => {
        const { terms } = story.agreement()
        return story.propose(
          {
            application: fromText(application.id),
            lenders: [[story.lender.key, 500_000]],
            terms: { ...terms, principal: 500_000 },
            instalments: [['2026-02-15', 500_000, 1, 0]],
          },
          [application],
        )
      }
      expect(reason(story.propose())).toBeNull()
      expect(reason(propose(second))).toBeNull()
      expect(reason(propose(third))).toBe('offer_capacity_exceeded')
      expect(available(offer())).toBe(380_000)
    })

    it('under a withdrawn offer, and for an application that is closed or answered', () => {
      story.propose()
      expect(reason(story.propose())).toBe('application_closed')
      const other = story.borrower.write('application.submitted', { refs: [story.offer], body: story.ask() })
      const gone = story.borrower.write('application.withdrawn', { subj: other })
      const again = { application: fromText(other.id) }
      expect(reason(story.propose(again, [other, gone]))).toBe('application_not_referenced')
      story.lender.write('offer.withdrawn', { subj: story.offer })
      expect(reason(story.propose(again, [other]))).toBe('offer_withdrawn')
    })

    it('when its application is void', () => {
      const tooMuch = story.borrower.write('application.submitted', {
        refs: [story.offer],
        body: story.ask({ amount: 500_001 }),
      })
      expect(reason(story.propose({ application: fromText(tooMuch.id) }, [tooMuch]))).toBe('application_not_found')
    })
  })

  it('with a table that does not follow from the terms is no void one, and shows', () => {
    const instalments = story.agreement().instalments
    const [first, ...rest] = instalments
    story.propose({ instalments: [[first![0], first![1], first![2] + 1, first![3]], ...rest] })
    expect(reason(story.proposal)).toBeNull()
    expect(followsFromTerms(loan().agreement!)).toBe(false)
    expect(followsFromTerms(story.agreement())).toBe(true)
  })

  describe('in force', () => {
    const signed = (changes: Partial<AgreementBody>) => {
      story.propose(changes)
      return termsInForce(loan().agreement!)
    }

    it('is folded by its terms where they make what was signed, with what is charged at the start', () => {
      const { terms } = story.agreement()
      expect(signed({})).toEqual({
        follows: true,
        terms,
        payouts: [{ date: '2026-01-15', amount: 120_000, deducted: 0, downPayment: 0, arrives: 120_000 }],
        startCharge: 1_200n,
      })
    })

    it('is folded by the signed rows where they are others, and then what is charged at the start is in them', () => {
      const { terms, instalments } = story.agreement()
      const table: InstalmentRow[] = [
        ...instalments.slice(0, -1),
        ['2027-01-20', ...instalments.at(-1)!.slice(1)] as InstalmentRow,
      ]
      expect(signed({ terms: { ...terms, recalculation: { rest: 'day' } }, instalments: table })).toMatchObject({
        terms: { method: 'ownTable', table, instalments: 12, principal: 120_000 },
        startCharge: 0n,
      })
      expect(checkLoanTerms(termsInForce(loan().agreement!).terms)).toBeNull()
    })

    it('is paid out in parts where the terms make the table in parts', () => {
      const tranches: Tranche[] = [
        ['2026-01-15', 50_000],
        ['2026-04-01', 70_000],
      ]
      const { terms, instalments, cost } = quoteOf(story.agreement().terms, tranches) as Quote
      expect(signed({ terms, tranches, instalments, cost }).payouts.map(({ date, amount }) => [date, amount])).toEqual(
        tranches,
      )
      story = new LoanStory()
      expect(signed({ tranches }).payouts).toHaveLength(1)
    })
  })

  it('carries a down payment due on the first day', () => {
    const { terms, instalments, cost } = quoteOf({ ...story.agreement().terms, downPaymentPpm: 100_000 }) as Quote
    expect(reason(story.propose({ terms, instalments, cost }))).toBeNull()
    expect(loan().agreement!.instalments[0]).toEqual(['2026-01-15', 12_000, 0, 0])
  })

  describe('a signature', () => {
    beforeEach(() => story.propose())
    it('is by a party, once', () => {
      expect(reason(story.sign(stranger))).toBe('not_a_party')
      expect(reason(story.sign(story.borrower))).toBeNull()
      expect(reason(story.sign(story.borrower))).toBe('already_signed')
    })
    it('comes in time by its own clock', () => {
      const { expiresAt } = loan().agreement!
      expect(reason(story.sign(story.lender, expiresAt))).toBeNull()
      expect(reason(story.sign(story.borrower, expiresAt + 1))).toBe('proposal_expired')
    })
    it('does not follow its author’s own refusal', () => {
      story.borrower.write('agreement.declined', { subj: story.proposal, body: { reason: 'no' } })
      expect(reason(story.sign(story.borrower))).toBe('already_declined')
    })
    it('comes to nothing after a lapse that its author knew', () => {
      const lapse = story.lapse()
      const late = story.borrower.write('agreement.signed', { subj: story.proposal, refs: [lapse] })
      expect(reason(late)).toBe('proposal_closed')
    })
  })

  describe('a conclusion', () => {
    beforeEach(() => story.propose())
    it('names every signature of the others, and has its own', () => {
      const signed = story.sign(story.borrower)
      expect(reason(story.conclude([signed]))).toBe('signature_missing')
      story.sign(story.lender)
      expect(reason(story.conclude([]))).toBe('signature_missing')
      expect(reason(story.conclude([signed, story.offer]))).toBe('reference_unexpected')
      expect(reason(story.conclude([signed]))).toBeNull()
      expect(reason(story.conclude([signed]))).toBe('proposal_closed')
    })
    it('is the proposer’s alone', () => {
      const signatures = [story.sign(story.lender), story.sign(story.borrower)]
      expect(reason(story.conclude(signatures, stranger))).toBe('not_the_proposer')
    })
    it('does not follow a lapse, nor a lapse a conclusion', () => {
      const signed = story.sign(story.borrower)
      story.sign(story.lender)
      story.lapse()
      expect(reason(story.conclude([signed]))).toBe('proposal_closed')
      const other = new LoanStory().agreed()
      story = other
      expect(reason(story.lapse())).toBe('proposal_closed')
      expect(available(offer())).toBe(880_000)
    })
    it('does not override a refusal that the proposer knew', () => {
      story.sign(story.lender)
      const signed = story.sign(story.borrower)
      const declined = story.borrower.write('agreement.declined', {
        subj: story.proposal,
        body: { reason: 'too dear' },
      })
      const rests = story.lender.write('agreement.signed', { subj: story.proposal, refs: [declined] })
      expect(reason(rests)).toBe('already_signed')
      expect(reason(story.conclude([signed]))).toBe('proposal_declined')
    })
    it('made before the refusal was known stands', () => {
      story.sign(story.lender)
      const signed = story.sign(story.borrower)
      story.borrower.write('agreement.declined', { subj: story.proposal, body: { reason: 'too dear' } })
      expect(reason(story.conclude([signed]))).toBeNull()
    })
  })

  it('is declined by a party other than the proposer, once', () => {
    story.propose()
    const decline = (by: LogWriter) => by.write('agreement.declined', { subj: story.proposal, body: { reason: 'no' } })
    expect(reason(decline(stranger))).toBe('not_a_party')
    expect(reason(decline(story.lender))).toBe('own_proposal')
    expect(reason(decline(story.borrower))).toBeNull()
    expect(reason(decline(story.borrower))).toBe('already_declined')
  })

  it('lapses by its proposer alone, once', () => {
    story.propose()
    expect(reason(story.lapse(stranger))).toBe('not_the_proposer')
    expect(reason(story.lapse())).toBeNull()
    expect(reason(story.lapse())).toBe('proposal_closed')
    expect(available(offer())).toBe(1_000_000)
  })

  it('takes no private record: whether it had an effect would depend on who holds its body', () => {
    story.propose()
    const lapse = story.lapse()
    story.lender.records.splice(story.lender.records.indexOf(lapse), 1, { ...lapse, vis: 1 })
    expect(reason(story.lender.records.at(-1)!)).toBe('private_not_supported')
    expect(available(offer())).toBe(880_000)
  })

  it('owes its proposer’s node a conclusion once all have signed, a lapse once it is declined or expired', () => {
    story.propose()
    const now = story.lender.now
    expect(proposerDuty(loan(), now)).toBeNull()
    expect(proposerDuty(loan(), now + 100 * HOUR_MS)).toBe('lapse')
    story.sign(story.lender)
    expect(proposerDuty(loan(), now)).toBeNull()
    const signed = story.sign(story.borrower)
    expect(proposerDuty(loan(), now)).toBe('conclude')
    expect(proposerDuty(loan(), now + 100 * HOUR_MS)).toBe('conclude')
    story.conclude([signed])
    expect(proposerDuty(loan(), now)).toBeNull()
  })
})
