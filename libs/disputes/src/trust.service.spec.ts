/**
 * Trust over messages, on a real database: a guarantor, collateral and an arbiter stand behind one loan, and people vouch for each other.
 */
import 'reflect-metadata'
import { Module } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { ClientProxyFactory, Transport } from '@nestjs/microservices'
import { Collateral, CollateralController } from '#libs/collateral'
import type { Refusal } from '#libs/fold'
import { Guarantees, GuaranteesController } from '#libs/guarantees'
import type { Actor, AnswerOf, MessageName, RequestOf } from '#libs/messages'
import { LocalNetworks } from '#libs/network'
import { Vouches, VouchesController } from '#libs/profiles'
import { firstValueFrom } from 'rxjs'
import { DisputesController } from './disputes.controller.js'
import { Disputes } from './disputes.service.js'
import { STORY_TERMS } from '../../loans/src/testing/loan-story.js'
import { LendingNode, ok } from '../../reports/src/testing/lending-node.js'

@Module({})
class TrustModule {}

describe('people who answer for each other, over messages', () => {
  const port = `/tmp/mutuo-trust-${process.pid}.sock` as unknown as number
  const connect = { transport: Transport.TCP as const, options: { port } }
  const client = ClientProxyFactory.create(connect)
  let node: LendingNode
  let stop: () => Promise<void>
  let [gina, dora]: Actor[] = []
  let loan: string

  beforeAll(async () => {
    node = await LendingNode.start()
    gina = await node.join(3, 'lender')
    dora = await node.join(4, 'lender')
    const { records, database, clock } = node.store
    const locals = new LocalNetworks(database)
    await locals.add({
      ...{
        net: node.net,
        name: 'Friends',
        topicSecret: new Uint8Array(32),
        self: node.lender.identity!,
        cfg: node.net,
      },
      ...{ invite: null, addresses: [], peers: [], alias: null },
    })
    const module = {
      module: TrustModule,
      controllers: [GuaranteesController, CollateralController, DisputesController, VouchesController],
      providers: [
        { provide: Guarantees, useValue: new Guarantees(records, database, clock) },
        { provide: Collateral, useValue: new Collateral(records, database, clock) },
        { provide: Disputes, useValue: new Disputes(records, database) },
        { provide: Vouches, useValue: new Vouches(records, database, locals) },
      ],
    }
    const service = await NestFactory.createMicroservice(module, { ...connect, logger: false })
    await service.listen()
    stop = () => service.close()
  })
  afterAll(async () => {
    client.close()
    await stop()
    await node.close()
  })

  const send = <P extends MessageName>(pattern: P, request: RequestOf<P>): Promise<AnswerOf<P>> =>
    firstValueFrom(client.send<AnswerOf<P>>(pattern, request))
  const ask = <P extends MessageName>(pattern: P, request: RequestOf<P>) =>
    ok(send(pattern, request) as Promise<Exclude<AnswerOf<P>, Refusal> | Refusal>)

  it('a loan waits for its guarantor, who signs for as much as was asked', async () => {
    const { lender, borrower } = node
    const terms = {
      ...{ ...STORY_TERMS, arbiter: dora!.identity!, defaultAfterDays: 60 },
      eventCharges: [{ name: 'reminder', amount: 500 }],
    }
    const { id: offer } = await ok(node.offers.publish(lender, terms))
    const asked = { actor: borrower, offer, amount: 100_000, instalments: 4, purpose: 'a van' }
    const { id: application } = await ok(node.applications.submit(asked))
    const collateral = { initialPpm: 500_000, maintenancePpm: 700_000, liquidationPpm: 900_000 }
    const proposed = await ok(
      node.loans.propose({
        ...{ actor: lender, application, guarantors: [[gina!.identity!, 60_000]] },
        collateral: { ...collateral, valuer: lender.identity! },
      }),
    )
    loan = proposed.id
    await ok(node.loans.sign(borrower, loan))
    await node.duty.look()
    expect((await ok(node.loans.show(lender, loan))).status).toBe('proposed')
    const { items } = await ask('guarantees.list', { actor: gina!, side: 'guarantor' })
    expect(items).toMatchObject([{ id: null, loan, asked: 60_000, status: 'asked', may: ['guarantees.sign'] }])
    expect(await send('guarantees.sign', { actor: dora!, loan })).toEqual({ refused: 'guarantee_without_cap' })
    expect(await send('guarantees.sign', { actor: gina!, loan, cap: 59_999 })).toMatchObject({
      refused: 'guarantee_below_asked',
    })
    expect(await ask('guarantees.sign', { actor: gina!, loan })).toMatchObject({ cap: 60_000, status: 'signed' })
    await node.duty.look()
    expect((await ok(node.loans.show(lender, loan))).status).toBe('agreed')
  })

  it('money goes out once enough is pledged, as its valuer says', async () => {
    const { lender, borrower } = node
    const paying = { actor: lender, loan, amount: 100_000, rail: 'bank', acceptNotFinal: true } as const
    expect(await node.payments.send(paying)).toMatchObject({ refused: 'collateral_below_initial' })
    const pledged = await ask('collateral.pledge', { actor: borrower, loan, what: 'Delivery van' })
    const pledge = pledged.pledges[0]!.id
    const valuation = { loan, pledge, amount: 250_000, method: 'two dealers' }
    expect(await send('collateral.value', { actor: borrower, ...valuation })).toMatchObject({
      refused: 'not_the_valuer',
    })
    expect(await ask('collateral.value', { actor: lender, ...valuation })).toMatchObject({
      ...{ status: 'covered', worth: { amount: 250_000, currency: 'EUR' }, shortfall: 0 },
    })
    const sent = await ok(node.payments.send(paying))
    await ok(node.payments.confirm({ actor: borrower, payment: sent.id, amount: 100_000 }))
    const early = { actor: borrower, loan, pledge, reason: 'I sell it' }
    expect(await send('collateral.release', early)).toEqual({ refused: 'not_allowed' })
    const freed = await ask('collateral.release', { ...early, actor: lender })
    expect(freed).toMatchObject({ status: 'liquidation', worth: { amount: 0 } })
  })

  it('a disputed charge is waived by the arbiter alone', async () => {
    const { lender, borrower } = node
    const levying = { actor: lender, loan, charge: 'event', name: 'reminder', reason: 'a letter' } as const
    const { charges } = await ok(node.servicing.levyCharge(levying))
    const charge = charges[0]!.id
    const opening = { actor: borrower, loan, about: charge, text: 'no letter came' }
    const opened = await ask('disputes.open', opening)
    expect(opened).toMatchObject({ aboutKind: 'charge.levied', status: 'open', arbiter: dora!.identity! })
    expect(await send('disputes.open', opening)).toMatchObject({ refused: 'already_disputed' })
    const dispute = opened.id
    expect(await ask('disputes.answer', { actor: lender, dispute, text: 'it did' })).toMatchObject({
      answers: [{ by: lender.identity!, text: 'it did' }],
    })
    const ruling = { dispute, outcome: { type: 'waiveCharge', record: charge }, reason: 'nobody saw it' } as const
    expect(await send('disputes.resolve', { actor: lender, ...ruling })).toMatchObject({ refused: 'not_the_arbiter' })
    expect(await ask('disputes.resolve', { actor: dora!, ...ruling })).toMatchObject({
      ...{ status: 'resolved', ruling: { reason: 'nobody saw it', withoutEffect: null }, may: [] },
    })
    expect((await ok(node.loans.show(borrower, loan))).charges[0]).toMatchObject({ waived: 500, outstanding: 0 })
  })

  it('the guarantor is called once the loan is in default, and for no more than the cap', async () => {
    const { lender, borrower } = node
    const { items } = await ask('guarantees.list', { actor: lender, loan })
    const guarantee = items[0]!.id!
    const calling = { actor: lender, guarantee, reason: 'nothing came' }
    expect(await send('guarantees.call', calling)).toHaveProperty('refused')
    node.pass(120)
    await ok(node.servicing.declareDefault({ actor: lender, loan, reason: 'nothing came' }))
    expect(await send('guarantees.call', { ...calling, actor: { ...borrower } })).toEqual({ refused: 'not_allowed' })
    expect(await send('guarantees.call', { ...calling, amount: 60_001 })).toMatchObject({
      refused: 'call_exceeds_guarantee',
    })
    const called = await ask('guarantees.call', { ...calling, amount: 50_000 })
    expect(called).toMatchObject({ status: 'called', called: 50_000, paid: 0, calls: [{ amount: 50_000, paid: 0 }] })
    const call = called.calls[0]!.id
    const sent = await ok(node.payments.send({ actor: gina!, loan, call, amount: 50_000, rail: 'bank' }))
    await ok(node.payments.confirm({ actor: lender, payment: sent.id, amount: 50_000 }))
    expect(await ask('guarantees.show', { actor: gina!, guarantee })).toMatchObject({ paid: 50_000, owed: 50_000 })
    expect(await node.problems()).toEqual([])
  })

  it('a word for somebody is given once, not for oneself, and can be taken back', async () => {
    const { lender, borrower } = node
    const identity = borrower.identity!
    expect(await send('vouches.give', { actor: borrower, identity })).toHaveProperty('refused')
    const given = await ask('vouches.give', { actor: lender, identity, text: 'has always paid' })
    expect(given).toMatchObject({ identity, voucher: lender.identity!, text: 'has always paid' })
    expect(await send('vouches.give', { actor: lender, identity })).toHaveProperty('refused')
    await ask('vouches.withdraw', { actor: lender, identity, reason: 'not this time' })
    const { items } = await ask('vouches.list', { identity })
    expect(items).toHaveLength(1)
    expect(await send('vouches.withdraw', { actor: lender, identity })).toMatchObject({ refused: 'vouch_not_found' })
  })
})
