import { foldKey, foldWorld, Rules, type FoldRecord } from '#libs/fold'
import { DEFAULT_POLICY, type IdentityState, networkRules } from '#libs/network'
import { fromText } from '#libs/record'
import { LogWriter } from '../../offers/src/testing/log-writer.js'
import { profileRules } from './index.js'
import { standing } from './vouch.js'

const rules = new Rules([networkRules, profileRules])

describe('a vouch', () => {
  let olu: LogWriter
  let ada: LogWriter
  let genesis: FoldRecord
  beforeEach(() => {
    ;[olu, ada] = [new LogWriter('olu'), new LogWriter('ada')]
    genesis = olu.write('network.created', {
      body: {
        ...{ name: 'Village', steward: olu.key, witnesses: [olu.key], quorum: 1, rules: 1 },
        ...{ policy: { ...DEFAULT_POLICY }, next: new Uint8Array(32) },
      },
    })
  })
  const world = () => foldWorld([...olu.records, ...ada.records], rules)
  const vouches = () => (world().folded.get(foldKey(genesis.id, 'identity'))!.state as IdentityState).vouches
  const reason = (record: FoldRecord) => rules.checkAlone(record) ?? world().voids.get(record.id) ?? null
  const give = (by: LogWriter, text = 'ten years next door') =>
    by.write('vouch.given', { subj: genesis, body: text === '' ? {} : { text } })
  const withdraw = (by: LogWriter, vouch: FoldRecord) =>
    by.write('vouch.withdrawn', {
      subj: genesis,
      refs: by.author === vouch.author ? [] : [vouch],
      body: { vouch: fromText(vouch.id), reason: 'moved away' },
    })

  it('stands until its author takes it back, and may be given again then', () => {
    const first = give(ada)
    expect(vouches()).toEqual({ [first.id]: { by: ada.author, text: 'ten years next door', at: first.at } })
    const back = withdraw(ada, first)
    expect(vouches()![first.id]!.withdrawn).toEqual({ record: back.id, reason: 'moved away', at: back.at })
    expect(reason(give(ada, ''))).toBeNull()
  })

  it('is void for oneself, a second time, or taken back by another or twice', () => {
    expect(reason(give(olu))).toBe('own_identity')
    const first = give(ada)
    expect(reason(give(ada))).toBe('already_vouched')
    expect(reason(withdraw(olu, first))).toBe('not_your_vouch')
    expect(reason(withdraw(ada, genesis))).toBe('vouch_not_found')
    withdraw(ada, first)
    expect(reason(withdraw(ada, first))).toBe('vouch_withdrawn')
  })

  it('is shown while it stands, of members first, the oldest first', () => {
    const view = (id: string, isMember: boolean, sinceMs: number, withdrawnAtMs: number | null = null) => ({
      ...{ id, identity: 'olu', voucher: id, voucherAlias: null, isMember, text: '', sinceMs },
      ...{ withdrawnAtMs, withdrawnBecause: null },
    })
    const shown = standing([view('a', false, 1), view('b', true, 3), view('c', true, 2), view('d', true, 1, 9)])
    expect(shown.map(({ id }) => id)).toEqual(['c', 'b', 'a'])
  })
})
