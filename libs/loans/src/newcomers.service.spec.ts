/** A network that limits newcomers, on a real store: what the borrower's node refuses, and what the lender's refuses besides. */
import { isRefusal, type Body } from '#libs/fold'
import type { NewcomerPolicy } from '#libs/messages'
import { fromText } from '#libs/record'
import { requestBody } from '#libs/requests'
import { askedTerms } from './testing/request-story.js'
import { STORY_TERMS } from './testing/loan-story.js'
import { LendingNode, ok } from '../../reports/src/testing/lending-node.js'

const DAY_MS = 86_400_000
const newcomer: NewcomerPolicy = { maxPrincipal: [['EUR', 50_000]], untilRepaidLoans: 1 }

describe('lending to newcomers', () => {
  let node: LendingNode
  let offer: string
  beforeAll(async () => {
    node = await LendingNode.start({ newcomer })
    offer = (await ok(node.offers.publish(node.lender, STORY_TERMS))).id
  })
  afterAll(() => node.close())

  const limited = (open: number) => ({
    ...{ refused: 'newcomer_limit', currency: 'EUR', maxPrincipal: 50_000, open, left: 50_000 - open },
    ...{ repaidLoans: 0, untilRepaidLoans: 1, missing: 1 },
  })
  const submit = (amount: number) =>
    node.applications.submit({ actor: node.borrower, offer, amount, instalments: 3, purpose: 'a bicycle' })
  const propose = (application: string) => node.loans.propose({ actor: node.lender, application })
  /** What a borrower's node that does not look would write. */
  const write = async (kind: string, refs: string[], body: Body) => {
    const drafts = [{ kind, subj: null, refs, body }]
    const { records } = await ok(node.store.records.append(node.net, node.borrower.identity!, () => drafts))
    return records[0]!.id
  }

  it('is refused beyond the limit at the borrower, and at the lender what comes all the same', async () => {
    expect(await submit(50_001)).toEqual(limited(0))
    const named = { offer: fromText(offer), lender: fromText(node.lender.identity!), currency: 'EUR' }
    const asked = { ...named, amount: 60_000, instalments: 3, purpose: 'a car' }
    const application = await write('application.submitted', [offer], asked)
    expect(await node.loans.preview({ actor: node.lender, application })).toEqual(limited(0))
    expect(await propose(application)).toEqual(limited(0))
  })

  it('counts each loan that the borrower signed, before it signs the next', async () => {
    const [first, second] = [await ok(submit(40_000)), await ok(submit(20_000))]
    const [one, two] = [await ok(propose(first.id)), await ok(propose(second.id))]
    await ok(node.loans.sign(node.borrower, one.id))
    expect(await node.loans.sign(node.borrower, two.id)).toEqual(limited(40_000))
    expect(await submit(10_001)).toEqual(limited(40_000))
    await ok(node.loans.decline(node.borrower, one.id, 'too dear'))
    await node.duty.look()
    expect(await ok(node.loans.sign(node.borrower, two.id))).toMatchObject({ status: 'proposed' })
    await ok(node.loans.decline(node.borrower, two.id, 'never mind'))
  })

  it('lets a borrower who signs two at once have but one of them', async () => {
    const asked = [await ok(submit(30_000)), await ok(submit(30_000))]
    const proposed = [await ok(propose(asked[0]!.id)), await ok(propose(asked[1]!.id))]
    const answers = await Promise.all(proposed.map(({ id }) => node.loans.sign(node.borrower, id)))
    expect(answers.filter(isRefusal)).toEqual([limited(30_000)])
    for (const { id } of proposed) await ok(node.loans.decline(node.borrower, id, 'never mind'))
    await node.duty.look()
  })

  it('holds for requests and for bids on them', async () => {
    const terms = askedTerms(node.store.clock.now(), { amount: 60_000, leastAmount: 10_000 })
    expect(await node.requests.publish(node.borrower, terms)).toMatchObject({ refused: 'newcomer_limit' })
    const request = await write('request.published', [], requestBody(terms))
    const bid = { actor: node.lender, request, ratePpm: 50_000, validUntilMs: node.store.clock.now() + 10 * DAY_MS }
    expect(await node.bids.place({ ...bid, amount: 50_001, leastAmount: 1 })).toMatchObject({
      refused: 'newcomer_limit',
    })
  })

  it('is not asked of loans that ran before: they are owed anyway, and count against what may be borrowed', async () => {
    const adopted = await ok(
      node.adopting.adopt({
        ...{ actor: node.lender, side: 'lender', counterparty: node.borrower.identity!, currency: 'EUR' },
        ...{ annualRatePpm: 90_000, startDate: node.dayIn(-30), table: [[node.today, 70_000, 500, 0]] },
        ...{ paper: 'page 3', purpose: '', balance: { on: node.today, principal: 70_000, interest: 500, fees: 0 } },
      }),
    )
    await ok(node.loans.sign(node.borrower, adopted.id))
    await node.duty.look()
    expect(await submit(10_000)).toMatchObject({ refused: 'newcomer_limit', open: expect.any(Number), left: 0 })
    await node.repay(adopted.id, 70_500)
    expect(await ok(node.loans.show(node.lender, adopted.id))).toMatchObject({ status: 'closed' })
  })

  it('is limited no more once enough was repaid', async () => {
    const { id } = await ok(submit(400_000))
    expect(await propose(id)).toMatchObject({ status: 'proposed' })
    expect(await node.problems()).toEqual([])
  })
})
