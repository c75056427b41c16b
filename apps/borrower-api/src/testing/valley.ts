/** One real node on which Marta lends and Tom and Ana borrow by phone, with a clock that a test moves. */
import { Lab, Lender, martasLogin, Operator, until } from '#libs/lab'
import type { LoanView, OfferTerms, OfferView } from '#libs/messages'
import type { components } from '../client/schema.js'
import { euros, type Heard, keyed, listen, Phone } from './phone.js'

export type AppLoan = components['schemas']['LoanResource']
type AppMoney = components['schemas']['MoneyResource']

export class Valley {
  private constructor(
    private readonly lab: Lab,
    readonly desk: Operator,
    readonly lender: Lender,
    readonly tom: Phone,
    readonly ana: Phone,
    /** What Tom's app hears. */
    readonly heard: Heard,
  ) {}

  /** Opens it at noon of a day; both borrowers have an identity. */
  static async open(day: string): Promise<Valley> {
    const lab = await Lab.open()
    lab.clock.startAt(day)
    const node = await lab.startNode('valley')
    const desk = new Operator(node.options.dataDir)
    const lender = new Lender(node)
    await lender.setUp(martasLogin.name, martasLogin.password)
    await lender.page.post('/network', { name: 'Valley', alias: 'Marta' })
    const tom = await Phone.register(node, desk, 'tom')
    const ana = await Phone.register(node, desk, 'ana')
    for (const phone of [tom, ana]) await phone.client.POST('/borrower/v1/identity', { params: keyed() })
    return new Valley(lab, desk, lender, tom, ana, await listen(tom))
  }

  async close(): Promise<void> {
    this.heard.stop()
    await this.lab.close()
  }

  /** Today and some days on, `YYYY-MM-DD`. */
  day(later = 0): string {
    return new Date(this.lab.clock.now() + later * 86_400_000).toISOString().slice(0, 10)
  }

  /** Lets days pass; Marta's session ends meanwhile. */
  async pass(days: number): Promise<void> {
    this.lab.clock.moveDays(days)
    await this.lender.logIn(martasLogin.name, martasLogin.password)
  }

  async publish(terms: OfferTerms): Promise<string> {
    return (await this.lender.page.post<OfferView>('/offers', { terms })).id
  }

  /** Marta at the command line: `mutuo loan …`. */
  atLender(...args: string[]): Promise<LoanView> {
    return this.desk.json<LoanView>('loan', ...args)
  }

  async loan(loan: string): Promise<AppLoan> {
    return (await this.tom.client.GET('/borrower/v1/loans/{loan}', { params: { path: { loan } } })).data!
  }

  async sees(what: string, loan: string, holds: (view: AppLoan) => boolean): Promise<AppLoan> {
    let last!: AppLoan
    await until(what, 20_000, async () => holds((last = await this.loan(loan))))
    return last
  }

  /** Waits until Tom's app is told of such a record. */
  told(kind: string): Promise<void> {
    const isTold = () => this.heard.notifications.some((notification) => notification.kind === kind)
    return until(`a notification of ${kind}`, 10_000, isTold)
  }

  /** Tom's loan from his application to its conclusion. */
  async borrow(offer: string, amount: number, instalments: number): Promise<string> {
    const body = { offer, amount: euros(amount), instalments, purpose: 'a boat' }
    const applied = await this.tom.client.POST('/borrower/v1/applications', { params: keyed(), body })
    const { id } = await this.lender.propose(applied.data!.id)
    await this.sign(id)
    return id
  }

  async sign(loan: string): Promise<AppLoan> {
    await this.tom.client.POST('/borrower/v1/loans/{loan}/sign', { params: { path: { loan }, ...keyed() } })
    return this.sees('the conclusion to be final', loan, ({ conclusion }) => conclusion?.final === true)
  }

  /** Marta pays out what is to arrive, and Tom confirms it. */
  async payOut(loan: string): Promise<void> {
    for (const { arrives } of (await this.loan(loan)).payouts) {
      const { id } = await this.lender.disburse(loan, arrives.amount)
      const params = { path: { payment: id }, ...keyed() }
      await this.tom.client.POST('/borrower/v1/payments/{payment}/confirm', { params, body: { amount: arrives } })
    }
    await this.sees('the money', loan, ({ status }) => status === 'active')
  }

  /** Tom reports a payment, and Marta confirms it. */
  async repay(loan: string, amount: AppMoney): Promise<string> {
    const params = { path: { loan }, ...keyed() }
    const body = { amount, rail: 'bank' } as const
    const sent = await this.tom.client.POST('/borrower/v1/loans/{loan}/payments', { params, body })
    await this.lender.confirm(sent.data!.id, amount.amount)
    return sent.data!.id
  }
}
