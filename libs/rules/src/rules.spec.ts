import type { FoldRecord } from '#libs/fold'
import { rules } from './index.js'

const recordOf = (kind: string, starts: boolean): FoldRecord => ({
  ...{ id: 'r', net: 'n', author: 'a', seq: 1, at: 0, vis: 0, refs: [] },
  ...{ kind, subj: starts ? null : 's', body: { 'no kind has this member': 1 } },
})

describe('the rules of a network', () => {
  it.each(rules.allKinds().map((kind) => [kind.name, kind] as const))(
    '%s refuses members that it does not know',
    (name, kind) => {
      expect(rules.checkAlone(recordOf(name, kind.starts.length > 0))).toBe('body_malformed')
    },
  )
})
