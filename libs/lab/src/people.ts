/** The people of a story, each with nothing but the face that such a person has: a page's routes, an app's API. */
import type {
  ApplicationView,
  LoanChange,
  LoanChangeView,
  LoanStatus,
  LoanView,
  Money,
  OfferTerms,
  OfferView,
  Page,
  PaymentView,
  Tranche,
} from '#libs/messages'
import { HttpFace } from './http-face.js'
import type { NodeProcess } from './node-process.js'
import type { Operator } from './operator.js'
import { until } from './until.js'

/** Long enough for a slow machine under load, short enough to end a story that is stuck. */
const patienceMs = 60_000

/** A lender at the node's web page: the routes that the page itself uses. */
export class Lender {
  readonly page: HttpFace

  constructor(readonly node: NodeProcess) {
    this.page = new HttpFace(`${node.addresses.web}/lender`)
  }

  /** Makes the node's first account with the token that the node printed, as the first-run wizard does. */
  async setUp(name: string, password: string): Promise<void> {
    await this.page.post('/session/setup', { setupToken: this.node.addresses.setupToken, name, password })
  }

  async logIn(name: string, password: string): Promise<void> {
    await this.page.post('/session/login', { name, password })
  }

  publish(terms: OfferTerms): Promise<OfferView> {
    return this.page.post('/offers', { terms })
  }

  propose(application: string, proposal: { startDate?: string; expiresInHours?: number } = {}): Promise<LoanView> {
    return this.page.post(`/applications/${application}/propose`, proposal)
  }

  loan(id: string): Promise<LoanView> {
    return this.page.get(`/loans/${id}`)
  }

  /** Waits until the page shows a loan so. */
  async sees(what: string, loan: string, holds: (view: LoanView) => boolean): Promise<LoanView> {
    return seen(`${what} at the lender`, () => this.loan(loan), holds)
  }

  /** Waits until an application has arrived. */
  async receives(application: string): Promise<ApplicationView> {
    return seen(
      'an application at the lender',
      () => this.page.get<ApplicationView>(`/applications/${application}`),
      () => true,
    )
  }

  /** Pays a concluded loan out, all or a part: says that the money was sent. */
  disburse(loan: string, amount: number): Promise<PaymentView> {
    return this.page.post('/payments', { loan, amount, rail: 'bank', reference: 'disbursement' })
  }

  /** Waits for a reported payment and says that it came. */
  async confirm(payment: string, amount: number): Promise<PaymentView> {
    await this.seesPayment(payment)
    return this.page.post(`/payments/${payment}/confirm`, { amount })
  }

  async refuse(payment: string, reason: string): Promise<PaymentView> {
    await this.seesPayment(payment)
    return this.page.post(`/payments/${payment}/refuse`, { reason })
  }

  private async seesPayment(payment: string): Promise<void> {
    await until('a payment at the lender', patienceMs, async () =>
      (await this.page.get<Page<PaymentView>>('/payments?limit=200')).items.some(({ id }) => id === payment),
    )
  }
}

/** What the stories read of a loan as the borrower API shows it. */
export interface AppLoan {
  id: string
  status: LoanStatus
  principal: Money
  outstanding: Money
  daysPastDue: number
  overpaid: Money
  disbursed: Money
  paid: { principal: Money; interest: Money; fees: Money; penalties: Money; total: Money }
  schedule: { dueDate: string; total: Money; outstanding: Money; state: LoanView['schedule'][number]['state'] }[]
  payouts: { date: string; arrives: Money }[]
  servicing: {
    charges: { id: string; name: string; amount: Money; waived: Money; outstanding: Money }[]
    reversals: { id: string; payment: string; acceptedAt: string | null }[]
    settlement: Money | null
    cancellation: { dueOn: string | null } | null
  }
  restructurings: AppChange[]
  may: string[]
}

/** What the stories read of a restructuring as the borrower API shows it. */
export interface AppChange {
  id: string
  status: LoanChangeView['status']
  withoutEffect: string | null
}

/** What the stories read of a payment as the borrower API shows it. */
export interface AppPayment {
  id: string
  status: PaymentView['status']
  amount: Money
  confirmedAmount: Money | null
}

/** A borrower with an app on a phone: the borrower API and a device token. */
export class Borrower {
  readonly app: HttpFace

  private constructor(
    readonly name: string,
    node: NodeProcess,
  ) {
    this.app = new HttpFace(node.addresses.borrowerApi)
  }

  /** Registers a device with a code from the node's operator, and gets an identity in the network. */
  static async register(name: string, node: NodeProcess, operator: Operator): Promise<Borrower> {
    const borrower = new Borrower(name, node)
    const { code } = await operator.json<{ code: string }>('user', 'add', name, '--role', 'borrower')
    const device = await borrower.app.post<{ token: string }>('/devices', { code, deviceName: `${name}'s phone` })
    borrower.app.useToken(device.token)
    await borrower.app.post('/identity')
    await borrower.app.put('/profile', { alias: name })
    return borrower
  }

  /** Waits until the offer has arrived, then applies. `amount` and `tranches` in minor units of the offer's currency. */
  async apply(
    offer: OfferView,
    amount: number,
    instalments: number,
    purpose: string,
    tranches?: readonly Tranche[],
  ): Promise<{ id: string }> {
    await seen(
      `an offer at ${this.name}`,
      () => this.app.get(`/offers/${offer.id}`),
      () => true,
    )
    const money = (minor: number): Money => ({ amount: minor, currency: offer.terms.currency })
    const parts = tranches?.map(([date, part]) => ({ date, amount: money(part) }))
    const asked = { offer: offer.id, amount: money(amount), instalments, purpose }
    return this.app.post('/applications', { ...asked, ...(parts && { tranches: parts }) })
  }

  loan(id: string): Promise<AppLoan> {
    return this.app.get(`/loans/${id}`)
  }

  async sees(what: string, loan: string, holds: (view: AppLoan) => boolean): Promise<AppLoan> {
    return seen(`${what} at ${this.name}`, () => this.loan(loan), holds)
  }

  /** Waits for the proposal, then signs it. */
  async sign(loan: string): Promise<AppLoan> {
    await this.sees('a proposal', loan, () => true)
    return this.app.post(`/loans/${loan}/sign`)
  }

  async decline(loan: string, reason: string): Promise<AppLoan> {
    await this.sees('a proposal', loan, () => true)
    return this.app.post(`/loans/${loan}/decline`, { reason })
  }

  /** Waits for the disbursement's announcement and says that the money came. */
  async confirm(loan: string, payment: string): Promise<AppPayment> {
    const announced = await this.seesPayment(loan, payment, () => true)
    return this.app.post(`/payments/${payment}/confirm`, { amount: announced.amount })
  }

  /** Reports a repayment. */
  pay(loan: string, amount: Money, reference = 'instalment'): Promise<AppPayment> {
    return this.app.post(`/loans/${loan}/payments`, { amount, rail: 'bank', reference })
  }

  /** Pays what settles the loan today. */
  async settle(loan: string): Promise<AppPayment> {
    const { amount } = await this.app.get<{ amount: Money }>(`/loans/${loan}/settlement`)
    return this.app.post(`/loans/${loan}/payments`, { amount, rail: 'bank', reference: 'settlement', settles: true })
  }

  /** Asks for a change of the table, and signs it by that. */
  askFor(loan: string, change: LoanChange, reason: string): Promise<AppChange> {
    return this.app.post(`/loans/${loan}/restructurings`, { change, reason })
  }

  /** Withdraws within the cooling-off days. */
  cancel(loan: string, reason: string): Promise<AppLoan> {
    return this.app.post(`/loans/${loan}/cancellation`, { reason })
  }

  acceptReversal(loan: string, reversal: string): Promise<AppPayment> {
    return this.app.post(`/loans/${loan}/reversals/${reversal}/accept`)
  }

  async seesPayment(loan: string, payment: string, holds: (view: AppPayment) => boolean): Promise<AppPayment> {
    const find = async () => (await this.app.get<Page<AppPayment>>(`/loans/${loan}/payments`)).items
    const among = (items: AppPayment[]) => items.find((item) => item.id === payment && holds(item))
    const items = await seen(`a payment at ${this.name}`, find, (found) => among(found) !== undefined)
    return among(items)!
  }
}

/** Asks again until an answer comes and fits. What is not found yet is on its way. */
async function seen<View>(what: string, ask: () => Promise<View>, fits: (view: View) => boolean): Promise<View> {
  let last: View | undefined
  await until(what, patienceMs, async () => {
    try {
      last = await ask()
    } catch (error) {
      if (error instanceof Error && 'status' in error && error.status === 404) return false
      throw error
    }
    return fits(last)
  })
  return last!
}
