import { foldWorld, Rules, type Body, type FoldRecord, type SubjectType } from '#libs/fold'
import type { OfferTerms } from '#libs/messages'
import { fromText } from '#libs/record'
import { applicationStatus, type ApplicationState } from './application.js'
import { available, judgePledge, judgeSettlement, offerType, pledged, type OfferState } from './offer.js'
import { offerBody } from './offer-body.js'
import { offerRules } from './rules.js'
import { LogWriter } from './testing/log-writer.js'

const rules = new Rules([offerRules])
const terms: OfferTerms = {
  currency: 'EUR',
  capacity: 1_000_000,
  minAmount: 10_000,
  maxAmount: 500_000,
  minInstalments: 3,
  maxInstalments: 36,
  every: { count: 1, unit: 'month' },
  annualRatePpm: 72_500,
  method: 'annuity',
  dayCount: 'ACT/365F',
}

/** A body as someone might write it, sound or not. */
const termsBody = (said: object): Body => ({ terms: { ...said } as Body })

describe('an offer', () => {
  let lender: LogWriter
  let borrower: LogWriter
  let offer: FoldRecord
  beforeEach(() => {
    lender = new LogWriter('lena')
    borrower = new LogWriter('bob')
    offer = lender.write('offer.published', { body: termsBody(terms) })
  })
  const amend = (changes: Partial<OfferTerms>, by = lender) =>
    by.write('offer.amended', {
      subj: offer,
      body: termsBody({ ...terms, ...changes }),
    })
  const apply = (changes: object = {}, refs = [offer]) =>
    borrower.write('application.submitted', {
      refs,
      body: {
        offer: fromText(offer.id),
        lender: lender.key,
        currency: 'EUR',
        amount: 100_000,
        instalments: 12,
        purpose: 'a bicycle',
        ...changes,
      },
    })
  const world = () => foldWorld([...lender.records, ...borrower.records], rules)
  const offerState = () => world().folded.get(`${offer.id} offer`)!.state as OfferState
  const applicationState = (id: string) => world().folded.get(`${id} application`)!.state as ApplicationState
  const reason = (record: FoldRecord) => rules.checkAlone(record) ?? world().voids.get(record.id) ?? null

  it('is published with its terms, all of its capacity available', () => {
    const state = offerState()
    expect(state).toMatchObject({ id: offer.id, lender: lender.author, terms, withdrawnAt: null })
    expect(available(state)).toBe(1_000_000)
  })

  it.each([
    ['currency_unknown', { currency: 'EUX' }],
    ['amount_range_empty', { minAmount: 500_001 }],
    ['instalments_range_empty', { minInstalments: 37 }],
    ['max_amount_above_capacity', { capacity: 499_999 }],
    ['terms_contradictory', { fixedInstalment: 10_000, method: 'bullet' }],
    ['grace_out_of_range', { grace: { principalInstalments: 3 } }],
    ['charge_out_of_range', { charges: [{ name: 'all', when: 'atStart', amount: 10_000, deducted: true }] }],
    ['body_malformed', { allocation: { order: Array(12).fill('due.fee') } }],
    [
      'event_charges_repeated',
      {
        eventCharges: [
          { name: 'reminder', amount: 1 },
          { name: 'reminder', ppm: 1, of: 'outstanding' },
        ],
      },
    ],
    ['arbiter_is_party', { arbiter: new LogWriter('lena').key }],
    ['body_malformed', { arbiter: new LogWriter('anna').author }],
    ['body_malformed', { annualRatePpm: -1 }],
    ['body_malformed', { more: 1 }],
  ])('is void with terms that break themselves: %s', (why, changes) => {
    const broken = lender.write('offer.published', {
      body: termsBody({ ...terms, ...changes }),
    })
    expect(reason(broken)).toBe(why)
  })

  it('names an arbiter, who can’t be the borrower', () => {
    const anna = new LogWriter('anna')
    offer = lender.write('offer.published', { body: offerBody({ ...terms, arbiter: anna.author }) })
    expect(offerState().terms).toEqual({ ...terms, arbiter: anna.author })
    const { body } = apply()
    const { id } = anna.write('application.submitted', { refs: [offer], body })
    const { voids } = foldWorld([...lender.records, ...anna.records], rules)
    expect(voids.get(id)).toBe('arbiter_is_party')
  })

  it('takes new terms from its lender, and from nobody else', () => {
    const amended = amend({ annualRatePpm: 60_000 })
    const foreign = amend({ annualRatePpm: 1 }, borrower)
    expect(offerState()).toMatchObject({
      terms: { annualRatePpm: 60_000 },
      termsRecord: amended.id,
      amendedAt: amended.at,
    })
    expect(reason(foreign)).toBe('not_your_offer')
  })

  it('keeps its currency', () => {
    expect(reason(amend({ currency: 'CHF' }))).toBe('currency_fixed')
  })

  it('takes no amendment and no second withdrawal once withdrawn', () => {
    const withdrawn = lender.write('offer.withdrawn', { subj: offer })
    const late = amend({ annualRatePpm: 1 })
    const again = lender.write('offer.withdrawn', { subj: offer })
    expect(reason(withdrawn)).toBeNull()
    expect([reason(late), reason(again)]).toEqual(['offer_withdrawn', 'offer_withdrawn'])
  })

  it('receives applications within its terms', () => {
    const application = apply()
    expect(reason(application)).toBeNull()
    expect(applicationState(application.id)).toMatchObject({
      offer: offer.id,
      lender: lender.author,
      borrower: borrower.author,
      amount: 100_000,
    })
  })

  it.each([
    ['amount_out_of_range', { amount: 9_999 }],
    ['amount_out_of_range', { amount: 500_001 }],
    ['instalments_out_of_range', { instalments: 2 }],
    ['currency_differs', { currency: 'CHF' }],
    ['lender_misnamed', { lender: new LogWriter('someone else').key }],
    ['offer_not_referenced', { offer: new LogWriter('no offer').key }],
  ])('makes an application void: %s', (why, changes) => {
    const application = apply(changes)
    expect(reason(application)).toBe(why)
  })

  it('receives what a borrower wishes beside amount and count', () => {
    const wishes = {
      firstDueDate: '2026-03-01',
      tranches: [
        ['2026-01-15', 60_000],
        ['2026-02-15', 40_000],
      ],
    }
    expect(applicationState(apply(wishes).id)).toMatchObject(wishes)
    expect(applicationState(apply().id)).toMatchObject({ firstDueDate: null, tranches: null })
  })

  it.each([
    ['first_due_date_out_of_range', { firstDueDate: '2026-02-30' }],
    [
      'tranches_invalid',
      {
        tranches: [
          ['2026-01-15', 60_000],
          ['2026-02-15', 40_001],
        ],
      },
    ],
    [
      'tranches_invalid',
      {
        tranches: [
          ['2026-02-15', 60_000],
          ['2026-01-15', 40_000],
        ],
      },
    ],
    [
      'tranches_invalid',
      {
        tranches: [
          ['2026-02-15', 60_000],
          ['2026-02-30', 40_000],
        ],
      },
    ],
    ['body_malformed', { tranches: [['2026-02-15', 100_000]] }],
  ])('makes an application void whose wishes make no sense: %s', (why, wishes) => {
    expect(reason(apply(wishes))).toBe(why)
  })

  it('is not for its own lender', () => {
    const { body } = apply()
    expect(reason(lender.write('application.submitted', { refs: [offer], body }))).toBe('own_offer')
  })

  it('judges an application by the terms that the borrower saw', () => {
    const amended = amend({ maxAmount: 50_000 })
    expect(reason(apply())).toBeNull()
    expect(reason(apply({}, [offer, amended]))).toBe('amount_out_of_range')
    const withdrawn = lender.write('offer.withdrawn', { subj: offer })
    expect(reason(apply({}, [offer, withdrawn]))).toBe('offer_withdrawn')
  })

  it('never has less than nothing available: a pledge beyond it is refused, a lapse frees it', () => {
    const state = offerState()
    const ask = { offer: offer.id, proposer: lender.author, currency: 'EUR', amount: 600_000 }
    expect(judgePledge(state, ask)).toBeNull()
    state.pledges['loan one'] = { amount: 600_000, stage: 'open' }
    expect(judgePledge(state, ask)).toEqual({ refused: 'offer_capacity_exceeded', available: 400_000 })
    expect(judgePledge(state, { ...ask, amount: 400_000 })).toBeNull()
    state.pledges['loan one'].stage = 'lapsed'
    expect([pledged(state), available(state)]).toEqual([0, 1_000_000])
    expect(judgePledge(state, { ...ask, proposer: borrower.author })?.refused).toBe('not_your_offer')
    expect(judgePledge(state, { ...ask, offer: 'another' })?.refused).toBe('offer_misnamed')
    expect(judgePledge(state, { ...ask, currency: 'CHF' })?.refused).toBe('currency_differs')
    expect(judgePledge((offerType as SubjectType<OfferState>).initial(), ask)?.refused).toBe('offer_not_found')
  })

  it('lets the first of conclusion and lapse count', () => {
    const settle = (stage: 'open' | 'concluded' | 'lapsed' | undefined, to: 'concluded' | 'lapsed') =>
      judgeSettlement(stage, 'lena', 'lena', to)
    expect(settle('open', 'concluded')).toBeNull()
    expect(settle('open', 'lapsed')).toBeNull()
    expect(settle('concluded', 'lapsed')).toBe('proposal_closed')
    expect(settle('lapsed', 'concluded')).toBe('proposal_closed')
    expect(settle('lapsed', 'lapsed')).toBe('proposal_closed')
    expect(settle(undefined, 'lapsed')).toBe('proposal_void')
    expect(judgeSettlement('open', 'lena', 'bob', 'lapsed')).toBe('not_the_proposer')
  })

  describe('an application', () => {
    it('is withdrawn by its borrower alone', () => {
      const application = apply()
      const foreign = lender.write('application.withdrawn', { subj: application })
      const own = borrower.write('application.withdrawn', { subj: application })
      const twice = borrower.write('application.withdrawn', { subj: application })
      expect([reason(foreign), reason(own), reason(twice)]).toEqual([
        'not_your_application',
        null,
        'application_closed',
      ])
      expect(applicationStatus(applicationState(application.id))).toBe('withdrawn')
    })

    it('is declined by its lender alone, with the reason', () => {
      const application = apply()
      const body = { reason: 'no income' }
      const foreign = borrower.write('application.declined', { subj: application, body })
      const own = lender.write('application.declined', { subj: application, body })
      const twice = lender.write('application.declined', { subj: application, body })
      expect([reason(foreign), reason(own), reason(twice)]).toEqual(['not_your_offer', null, 'application_closed'])
      expect(applicationState(application.id).declined).toEqual({ at: own.at, reason: 'no income' })
    })

    it('counts as withdrawn when it was declined at the same moment', () => {
      const application = apply()
      lender.write('application.declined', { subj: application, body: { reason: 'no' } })
      borrower.write('application.withdrawn', { subj: application })
      expect(applicationStatus(applicationState(application.id))).toBe('withdrawn')
    })
  })
})
