import fc from 'fast-check'
import { foldSubject, type FoldRecord, Rules } from '#libs/fold'
import type { PayeeWay } from '#libs/messages'
import { type PayeeState, payeeView, sameWays } from './payee.js'
import { payeeRules } from './rules.js'
import { isIban } from './way.js'

const DAY = 86_400_000
const rules = new Rules([payeeRules])
const bank = (iban = 'DE89370400440532013000'): PayeeWay => ({ type: 'iban', iban, name: 'Marta Meier' })
const words: PayeeWay = { type: 'text', text: 'cash, at the market on Mondays' }

function record(seq: number, at: number, ways: unknown[], also: Partial<FoldRecord> = {}): FoldRecord {
  return {
    id: `r${seq}`,
    net: 'net',
    author: 'marta',
    seq,
    at,
    kind: 'payee.details',
    vis: 1,
    subj: seq === 1 ? null : 'r1',
    refs: [],
    body: { ways } as FoldRecord['body'],
    ...also,
  }
}

const fold = (...records: FoldRecord[]) => foldSubject<PayeeState>('r1', 'payee', records, rules)

describe('an IBAN', () => {
  it('is right when its check digits are', () => {
    for (const iban of ['DE89370400440532013000', 'GB82WEST12345698765432', 'FR1420041010050500013M02606'])
      expect(isIban(iban)).toBe(true)
    for (const iban of ['DE88370400440532013000', 'DE8937040044053201300', 'de89370400440532013000', 'DE89 3704', ''])
      expect(isIban(iban)).toBe(false)
  })

  it('is wrong with any one digit changed, or two neighbours swapped', () => {
    const iban = 'GB82WEST12345698765432'
    const digits = [...iban].flatMap((character, place) => (/\d/.test(character) ? [place] : []))
    fc.assert(
      fc.property(fc.constantFrom(...digits), fc.integer({ min: 1, max: 9 }), (place, by) => {
        const changed = String((Number(iban[place]) + by) % 10)
        expect(isIban(iban.slice(0, place) + changed + iban.slice(place + 1))).toBe(false)
      }),
      { numRuns: 300 },
    )
    for (let place = 8; place < iban.length - 1; place++) {
      const swapped = iban.slice(0, place) + iban[place + 1]! + iban[place]! + iban.slice(place + 2)
      expect(isIban(swapped)).toBe(swapped === iban)
    }
  })
})

describe('where to pay someone', () => {
  it('is what was said last, by the payee alone', () => {
    const { state, voids } = fold(
      record(1, 100, [bank()]),
      record(2, 200, [words]),
      record(3, 300, [bank()], { author: 'thief', refs: ['r2'] }),
    )
    expect(state).toEqual({ payee: 'marta', ways: [words], since: 200, first: 100, changes: 1 })
    expect(voids).toEqual(new Map([['r3', 'not_the_payee']]))
  })

  it('does not change when the same is said again', () => {
    const { state } = fold(record(1, 100, [bank()]), record(2, 200, [bank()]))
    expect(state).toMatchObject({ since: 100, changes: 0 })
    const reordered = { name: 'Marta Meier', iban: 'DE89370400440532013000', type: 'iban' } as PayeeWay
    expect(sameWays([bank()], [reordered])).toBe(true)
    expect(sameWays([bank(), words], [words, bank()])).toBe(false)
  })

  it.each([
    ['in public', [bank()], 'must_be_private', { vis: 0 as const }],
    ['with a mistyped IBAN', [bank('DE88370400440532013000')], 'iban_checksum', {}],
    ['without any way', [], 'body_malformed', {}],
    ['with more than eight', Array.from({ length: 9 }, () => words), 'body_malformed', {}],
    ['with a name of blanks', [{ ...bank(), name: '  ' }], 'body_malformed', {}],
    ['with a field of another way', [{ ...words, iban: 'DE89370400440532013000' }], 'body_malformed', {}],
    [
      'with a number that is none',
      [{ type: 'mobileMoney', provider: 'P', number: '0700', name: 'A' }],
      'body_malformed',
      {},
    ],
    ['with an address that is none', [{ type: 'bitcoin', address: 'bc1O0' }], 'body_malformed', {}],
  ])('is not said %s', (_how, ways, reason, also) => {
    const broken = record(1, 100, ways, also)
    expect(rules.checkAlone(broken)).toBe(reason)
    expect(fold(broken).applied).toEqual([])
  })

  it('takes every kind of way', () => {
    const ways: PayeeWay[] = [
      { type: 'iban', iban: 'DE89370400440532013000', name: 'Marta Meier', bic: 'COBADEFFXXX' },
      { type: 'mobileMoney', provider: 'M-Pesa', number: '+254700000000', name: 'Amara' },
      { type: 'bitcoin', address: 'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4' },
      { type: 'bitcoin', address: '1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2' },
      words,
    ]
    expect(fold(record(1, 100, ways)).state.ways).toEqual(ways)
  })
})

describe('a change of where to pay', () => {
  const details = { ways: [words], since: 10 * DAY, first: 0, changes: 1, withheld: 0 }
  const at = (day: number, also: Partial<typeof details> = {}) =>
    payeeView('marta', [{ ...details, ...also }], day * DAY)

  it('is said in words for 30 days', () => {
    expect(at(10.5)).toMatchObject({ isFlagged: true, notice: 'changed today; confirm by another way before paying' })
    expect(at(11.5).notice).toBe('changed yesterday; confirm by another way before paying')
    expect(at(12).notice).toBe('changed 2 days ago; confirm by another way before paying')
    expect(at(39.9).notice).toBe('changed 29 days ago; confirm by another way before paying')
    expect(at(40)).toMatchObject({ isFlagged: false, notice: null, changes: 1 })
  })

  it('is none when they were never others', () => {
    expect(at(11, { changes: 0 })).toMatchObject({ isFlagged: false, changes: 0 })
  })

  it('is one, too, when the payee begins anew under another subject', () => {
    const again = { ...details, ways: [bank()], since: 20 * DAY, first: 20 * DAY, changes: 0 }
    expect(payeeView('marta', [again, { ...details, changes: 0 }], 21 * DAY)).toEqual({
      payee: 'marta',
      ways: [bank()],
      sinceMs: 20 * DAY,
      firstMs: 0,
      changes: 1,
      isFlagged: true,
      notice: 'changed yesterday; confirm by another way before paying',
    })
  })

  it('warns of details that are not here yet', () => {
    expect(at(90, { withheld: 1 })).toMatchObject({ isFlagged: true, notice: expect.stringContaining('not here yet') })
  })
})
