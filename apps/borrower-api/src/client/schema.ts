/** Types of a client, made from the API's document by the spec beside this file. Not to be edited. */
export interface paths {
  '/borrower/v1/applications': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Own applications, newest first */
    get: operations['listApplications']
    put?: never
    /**
     * Apply for a loan under an offer
     * @description Not binding: the lender answers with an agreement to sign, or declines.
     */
    post: operations['apply']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/borrower/v1/applications/{application}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** One own application */
    get: operations['getApplication']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/borrower/v1/applications/{application}/withdraw': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Withdraw an application */
    post: operations['withdrawApplication']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/borrower/v1/devices': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Register a device
     * @description Trades the enrolment code that the operator gave for the token of this device. Shown once: keep it in the keystore. Takes no `Idempotency-Key`, because a code works once; when the answer is lost, ask for a new code.
     */
    post: operations['registerDevice']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/borrower/v1/events': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * What changes, as it changes
     * @description Server-sent events. `change` names the subjects (loans, offers, applications, …) whose state changed: fetch those that matter again, with `If-None-Match`. `ping` every 20 seconds shows that the connection lives. Nothing is replayed after a reconnection: fetch once, then listen.
     */
    get: operations['watchEvents']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/borrower/v1/identity': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Make an identity
     * @description A key pair that signs for this account, kept by the node, and its admission to the network.
     */
    post: operations['createIdentity']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/borrower/v1/loans': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Own loans and proposals, newest first */
    get: operations['listLoans']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/borrower/v1/loans/{loan}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** One own loan: terms, schedule and standing */
    get: operations['getLoan']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/borrower/v1/loans/{loan}/confirm-disbursement': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Confirm money of the lender that came without a word
     * @description When the lender reported it, use `confirmPayment` instead.
     */
    post: operations['confirmDisbursement']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/borrower/v1/loans/{loan}/decline': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Decline the agreement */
    post: operations['declineLoan']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/borrower/v1/loans/{loan}/instructions': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** What to pay next, to whom, with which reference */
    get: operations['getPaymentInstructions']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/borrower/v1/loans/{loan}/payments': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Payments of a loan, newest first */
    get: operations['listPayments']
    put?: never
    /**
     * Say that a repayment was sent
     * @description It counts once the lender confirms it.
     */
    post: operations['reportPayment']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/borrower/v1/loans/{loan}/records': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** The signed records of a loan, with validity and finality */
    get: operations['listLoanRecords']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/borrower/v1/loans/{loan}/sign': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Sign the agreement
     * @description Binding. Read the terms and every instalment of `getLoan` first: what is signed is what is owed.
     */
    post: operations['signLoan']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/borrower/v1/me': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** The account of this device */
    get: operations['getMe']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/borrower/v1/network': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** The network */
    get: operations['getNetwork']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/borrower/v1/offers': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Offers of lenders, newest first */
    get: operations['listOffers']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/borrower/v1/offers/{offer}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** One offer */
    get: operations['getOffer']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/borrower/v1/offers/{offer}/quote': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Schedule and cost of a loan under an offer
     * @description Every instalment to the minor unit, APR, APRC and the total cost, before anyone commits to anything.
     */
    post: operations['quoteOffer']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/borrower/v1/payments/{payment}/confirm': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Confirm that a payment arrived
     * @description A disbursement that the lender reported. The currency is that of the loan.
     */
    post: operations['confirmPayment']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/borrower/v1/payments/{payment}/refuse': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Say that a payment did not arrive */
    post: operations['refusePayment']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/borrower/v1/profile': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** The own profile */
    get: operations['getProfile']
    /**
     * Publish the own profile
     * @description Replaces the public facts. They are signed and copied to every node of the network.
     */
    put: operations['publishProfile']
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
}
export type webhooks = Record<string, never>
export interface components {
  schemas: {
    AccountResource: {
      /** @description Id of the account */
      id: string
      /** @description The identity that it acts for; null before one is made */
      identity: string | null
      /** @description Its name on the node; not published */
      name: string
      /**
       * @description What it may do
       * @enum {string}
       */
      role: 'operator' | 'lender' | 'borrower' | 'auditor'
    }
    AllocationResource: {
      /** @description To fees */
      fees: components['schemas']['MoneyResource']
      /** @description To interest */
      interest: components['schemas']['MoneyResource']
      /** @description More than was owed */
      overpaid: components['schemas']['MoneyResource']
      /** @description To principal */
      principal: components['schemas']['MoneyResource']
    }
    ApplicationPage: {
      /** @description The items, in order */
      items: components['schemas']['ApplicationResource'][]
      /** @description Cursor of the page after; absent on the last */
      next?: string
    }
    ApplicationResource: {
      /** @description How much */
      amount: components['schemas']['MoneyResource']
      /** @description What the lender said */
      declinedBecause: string | null
      /** @description Its id */
      id: string
      /** @description How many instalments */
      instalments: number
      /** @description Identity of the lender */
      lender: string
      /** @description The loan that was proposed for it */
      loan: string | null
      /** @description The offer */
      offer: string
      /** @description What for */
      purpose: string
      /**
       * @description How far it is
       * @enum {string}
       */
      status: 'submitted' | 'withdrawn' | 'declined' | 'proposed' | 'agreed'
      /**
       * Format: date-time
       * @description When it was submitted
       */
      submittedAt: string
    }
    ApplyRequest: {
      /** @description How much, in the currency of the offer */
      amount: components['schemas']['PositiveMoney']
      /** @description How many instalments */
      instalments: number
      /** @description Id of the offer */
      offer: string
      /** @description What for. Public: no names, no contacts */
      purpose: string
    }
    ConclusionResource: {
      /**
       * Format: date-time
       * @description When
       */
      at: string
      /** @description Certified by a quorum of witnesses: only then should money be sent */
      final: boolean
      /** @description Id of the record */
      id: string
    }
    ConfirmDisbursementRequest: {
      /** @description What arrived, in the currency of the loan */
      amount: components['schemas']['PositiveMoney']
      /**
       * @description By what way
       * @enum {string}
       */
      rail?: 'bank' | 'mobile-money' | 'cash' | 'bitcoin' | 'other'
      /**
       * Format: date
       * @description When it arrived; today when not given
       * @example 2026-03-31
       */
      receivedOn?: string
    }
    ConfirmPaymentRequest: {
      /** @description What arrived; may differ from what was said */
      amount: components['schemas']['PositiveMoney']
      /**
       * Format: date
       * @description When it arrived; today when not given
       * @example 2026-03-31
       */
      receivedOn?: string
    }
    CostResource: {
      /** @description APRC (Directive 2008/48/EC Annex I), parts per million */
      aprcPpm: number
      /** @description APR, actuarial (12 CFR 1026 Appendix J), parts per million */
      aprPpm: number
      /** @description All fees */
      totalFees: components['schemas']['MoneyResource']
      /** @description All interest */
      totalInterest: components['schemas']['MoneyResource']
      /** @description All that is to be paid */
      totalOfPayments: components['schemas']['MoneyResource']
    }
    DeclineRequest: {
      /** @description Why; the lender reads it */
      reason: string
    }
    DeviceResource: {
      /** @description The account that it belongs to */
      account: components['schemas']['AccountResource']
      /** @description Id of the device */
      device: string
      /** @description Bearer token of the device; shown once */
      token: string
    }
    EnrolDevice: {
      /** @description The one-time code, as the operator gave it */
      code: string
      /** @description What the person calls the device */
      deviceName: string
    }
    InstalmentResource: {
      /** @description Principal that is left after it */
      balanceAfter: components['schemas']['MoneyResource']
      /**
       * Format: date
       * @description When it is due
       * @example 2026-03-31
       */
      dueDate: string
      /** @description Fees */
      fees: components['schemas']['MoneyResource']
      /** @description Interest */
      interest: components['schemas']['MoneyResource']
      /** @description 1, 2, 3 … */
      number: number
      /** @description Principal repaid */
      principal: components['schemas']['MoneyResource']
      /** @description Sum of the three */
      total: components['schemas']['MoneyResource']
    }
    InstructionsResource: {
      /** @description What is due */
      amount: components['schemas']['MoneyResource']
      /**
       * Format: date
       * @description Until when; null when nothing is to be paid any more
       * @example 2026-03-31
       */
      dueDate: string | null
      /** @description The loan */
      loan: string
      /** @description Whom to pay */
      payee: string
      /** @description ISO 11649 creditor reference to put on the transfer */
      reference: string
    }
    LoanInstalmentResource: {
      /**
       * Format: date
       * @description When it is due
       * @example 2026-03-31
       */
      dueDate: string
      /** @description Fees */
      fees: components['schemas']['MoneyResource']
      /** @description Interest */
      interest: components['schemas']['MoneyResource']
      /** @description 1, 2, 3 … */
      number: number
      /** @description Of it not paid */
      outstanding: components['schemas']['MoneyResource']
      /** @description Of it paid */
      paid: components['schemas']['MoneyResource']
      /**
       * Format: date
       * @description When the last of it was paid
       * @example 2026-03-31
       */
      paidOn: string | null
      /** @description Principal */
      principal: components['schemas']['MoneyResource']
      /**
       * @description How far it is paid
       * @enum {string}
       */
      state: 'paid' | 'partly_paid' | 'due' | 'overdue' | 'upcoming'
      /** @description Sum of the three */
      total: components['schemas']['MoneyResource']
    }
    LoanResource: {
      /** @description Interest since the last due date */
      accruedInterest: components['schemas']['MoneyResource']
      /** @description Interest a year, parts per million */
      annualRatePpm: number
      /** @description The application that it answers */
      application: string | null
      /**
       * Format: date
       * @description The day that the figures are for
       * @example 2026-03-31
       */
      asOf: string
      /** @description Null until all have signed */
      conclusion: components['schemas']['ConclusionResource'] | null
      /** @description What it costs */
      cost: components['schemas']['CostResource']
      /** @description Day count of interest */
      dayCount: string
      /** @description Since the oldest unpaid due date */
      daysPastDue: number
      /** @description Principal that the borrower confirmed to have received */
      disbursed: components['schemas']['MoneyResource']
      /**
       * Format: date-time
       * @description Until when a proposal can be signed
       */
      expiresAt: string
      /** @description Whether all its records are certified by a quorum of witnesses */
      final: boolean
      /** @description Days after a due date on which nothing counts as late yet */
      graceDays: number
      /** @description Its id */
      id: string
      /** @description How many */
      instalments: number
      /** @description Identity of the lender */
      lender: string
      /** @description Pseudonym of the lender */
      lenderAlias: string | null
      /** @description What can be done now: ids of operations of this API */
      may: string[]
      /** @description How the principal is repaid */
      method: string
      /** @description The next instalment that is not paid */
      nextDue: components['schemas']['NextDueResource'] | null
      /** @description The offer that it is under */
      offer: string | null
      /** @description Principal, interest and fees that are still to be paid */
      outstanding: components['schemas']['MoneyResource']
      /** @description What is still to be paid */
      outstandingParts: components['schemas']['PartsResource']
      /** @description Due and not paid */
      overdue: components['schemas']['MoneyResource']
      /** @description Paid and not owed */
      overpaid: components['schemas']['MoneyResource']
      /** @description What was paid */
      paid: components['schemas']['PartsResource']
      /** @description What is lent */
      principal: components['schemas']['MoneyResource']
      /**
       * Format: date-time
       * @description When the lender proposed it
       */
      proposedAt: string
      /** @description What for */
      purpose: string
      /** @description Every instalment, as signed */
      schedule: components['schemas']['LoanInstalmentResource'][]
      /** @description Who must sign, and who did */
      signatures: components['schemas']['SignatureResource'][]
      /**
       * Format: date
       * @description When interest begins
       * @example 2026-03-31
       */
      startDate: string
      /**
       * @description Where it stands
       * @enum {string}
       */
      status: 'proposed' | 'declined' | 'lapsed' | 'agreed' | 'active' | 'in_arrears' | 'closed'
    }
    LoanSummaryPage: {
      /** @description The items, in order */
      items: components['schemas']['LoanSummaryResource'][]
      /** @description Cursor of the page after; absent on the last */
      next?: string
    }
    LoanSummaryResource: {
      /** @description Interest a year, parts per million */
      annualRatePpm: number
      /** @description Since the oldest unpaid due date */
      daysPastDue: number
      /**
       * Format: date-time
       * @description Until when a proposal can be signed
       */
      expiresAt: string
      /** @description Whether all its records are certified by a quorum of witnesses */
      final: boolean
      /** @description Its id */
      id: string
      /** @description How many */
      instalments: number
      /** @description Identity of the lender */
      lender: string
      /** @description Pseudonym of the lender */
      lenderAlias: string | null
      /** @description The next instalment that is not paid */
      nextDue: components['schemas']['NextDueResource'] | null
      /** @description Principal, interest and fees that are still to be paid */
      outstanding: components['schemas']['MoneyResource']
      /** @description What is lent */
      principal: components['schemas']['MoneyResource']
      /**
       * Format: date-time
       * @description When the lender proposed it
       */
      proposedAt: string
      /**
       * @description Where it stands
       * @enum {string}
       */
      status: 'proposed' | 'declined' | 'lapsed' | 'agreed' | 'active' | 'in_arrears' | 'closed'
    }
    MoneyResource: {
      /** @description Minor units of the currency */
      amount: number
      /**
       * @description ISO 4217 code
       * @example EUR
       */
      currency: string
    }
    NetworkResource: {
      /** @description Whether the node is in already; joining when not */
      admitted: boolean
      /**
       * Format: date-time
       * @description When it was made
       */
      createdAt: string
      /** @description Its id */
      id: string
      /** @description How many were admitted */
      members: number
      /** @description What people call it */
      name: string
      /** @description How many of them make a record final */
      quorum: number
      /** @description Keys of the members who certify logs */
      witnesses: string[]
    }
    NextDueResource: {
      /** @description How much */
      amount: components['schemas']['MoneyResource']
      /**
       * Format: date
       * @description When
       * @example 2026-03-31
       */
      date: string
    }
    OfferPage: {
      /** @description The items, in order */
      items: components['schemas']['OfferResource'][]
      /** @description Cursor of the page after; absent on the last */
      next?: string
    }
    OfferResource: {
      /**
       * Format: date-time
       * @description When its terms changed last; null when they never did
       */
      amendedAt: string | null
      /** @description Interest a year, parts per million */
      annualRatePpm: number
      /** @description What is left to lend under it */
      available: components['schemas']['MoneyResource']
      /** @description Day count of interest */
      dayCount: string
      /** @description From one instalment to the next */
      every: components['schemas']['PeriodResource']
      /** @description Certified by a quorum of witnesses */
      final: boolean
      /** @description Days after a due date on which nothing counts as late yet */
      graceDays: number
      /** @description Its id */
      id: string
      /** @description Identity of the lender */
      lender: string
      /** @description Pseudonym of the lender */
      lenderAlias: string | null
      /** @description The largest loan */
      maxAmount: components['schemas']['MoneyResource']
      /** @description Most instalments */
      maxInstalments: number
      /**
       * @description How the principal is repaid
       * @enum {string}
       */
      method: 'annuity' | 'equalPrincipal' | 'bullet'
      /** @description The smallest loan */
      minAmount: components['schemas']['MoneyResource']
      /** @description Fewest instalments */
      minInstalments: number
      /** @description What the lender adds */
      note: string | null
      /** @description Charged once with the first instalment, of the principal, parts per million */
      originationFeePpm: number
      /**
       * Format: date-time
       * @description When it was published
       */
      publishedAt: string
      /**
       * @description Whether one can apply
       * @enum {string}
       */
      status: 'open' | 'withdrawn'
    }
    PartsResource: {
      /** @description Fees */
      fees: components['schemas']['MoneyResource']
      /** @description Interest */
      interest: components['schemas']['MoneyResource']
      /** @description Principal */
      principal: components['schemas']['MoneyResource']
    }
    PaymentPage: {
      /** @description The items, in order */
      items: components['schemas']['PaymentResource'][]
      /** @description Cursor of the page after; absent on the last */
      next?: string
    }
    PaymentResource: {
      /** @description How a confirmed repayment was divided */
      allocation: components['schemas']['AllocationResource'] | null
      /** @description What the payer said */
      amount: components['schemas']['MoneyResource']
      /**
       * Format: date-time
       * @description When it became known
       */
      at: string
      /** @description What the payee confirmed */
      confirmedAmount: components['schemas']['MoneyResource'] | null
      /** @description Its id */
      id: string
      /** @description The loan */
      loan: string
      /** @description What can be done now: ids of operations of this API */
      may: string[]
      /** @description Who is paid */
      payee: string
      /** @description Who pays */
      payer: string
      /**
       * @description The lender pays out, the borrower pays back
       * @enum {string}
       */
      purpose: 'disbursement' | 'repayment'
      /**
       * @description By what way
       * @enum {string}
       */
      rail: 'bank' | 'mobile-money' | 'cash' | 'bitcoin' | 'other'
      /** @description Ids of its signed records */
      records: string[]
      /** @description Reference of the transfer */
      reference: string
      /** @description What the payee said */
      refusedBecause: string | null
      /**
       * @description Only what the payee confirmed counts
       * @enum {string}
       */
      status: 'sent' | 'confirmed' | 'refused'
      /**
       * Format: date
       * @description The day that counts
       * @example 2026-03-31
       */
      valueDate: string
    }
    PeriodResource: {
      /** @description How many */
      count: number
      /**
       * @description Of what
       * @enum {string}
       */
      unit: 'day' | 'week' | 'month'
    }
    PositiveMoney: {
      /** @description Minor units of the currency */
      amount: number
      /**
       * @description ISO 4217 code
       * @example EUR
       */
      currency: string
    }
    Problem: {
      /** @description With `request_malformed`: each field and what is wrong with it */
      problems?: string[]
      /**
       * @description The HTTP status again
       * @example 409
       */
      status: number
      /**
       * @description The name in words, for people who read logs
       * @example Offer capacity exceeded
       */
      title: string
      /**
       * @description Stable: what a program decides by. `urn:mutuo:problem:` and the name of the refusal
       * @example urn:mutuo:problem:offer_capacity_exceeded
       */
      type: string
    }
    ProfileFactsFields: {
      /** @description What lenders may want to know */
      about?: string
      /** @description A pseudonym */
      alias?: string
      /**
       * @description ISO 3166-1 alpha-2 code
       * @example PT
       */
      country?: string
      /**
       * @description Yearly income, as the person states it
       * @enum {string}
       */
      incomeBand?: 'under-10k' | '10k-25k' | '25k-50k' | '50k-100k' | 'over-100k'
      /** @description What the person does */
      occupation?: string
    }
    ProfileResource: {
      /** @description Whether the network admitted it */
      admitted: boolean
      /**
       * Format: date-time
       * @description When the identity was made
       */
      createdAt: string
      /** @description What is public */
      facts: components['schemas']['ProfileFactsFields']
      /** @description The identity */
      identity: string
      /**
       * Format: date-time
       * @description When the facts were published; null before
       */
      publishedAt: string | null
    }
    QuoteRequest: {
      /** @description How much, in the currency of the offer */
      amount: components['schemas']['PositiveMoney']
      /** @description How many instalments */
      instalments: number
      /**
       * Format: date
       * @description When the money would come; today when not given
       * @example 2026-03-31
       */
      startDate?: string
    }
    QuoteResource: {
      /** @description What it would cost */
      cost: components['schemas']['CostResource']
      /** @description Every instalment */
      instalments: components['schemas']['InstalmentResource'][]
      /** @description What would be lent */
      principal: components['schemas']['MoneyResource']
    }
    RecordResource: {
      /**
       * Format: date-time
       * @description By the clock of the author
       */
      at: string
      /** @description Who signed it */
      author: string
      /** @description Pseudonym of the author */
      authorAlias: string | null
      /** @description The body; null when it is not held here */
      body: {
        [key: string]: unknown
      } | null
      /**
       * @description `final`: certified by a quorum of witnesses, and so is all that it rests on
       * @enum {string}
       */
      finality: 'stored' | 'final'
      /** @description Its id: SHA-256 of its header */
      id: string
      /** @description What it says, as `payment.confirmed` */
      kind: string
      /** @description Ids of records of others that it rests on */
      refs: string[]
      /** @description Its place in the log of the author */
      seq: number
      /** @description Why it has no effect; null when it has one */
      void: string | null
    }
    RefusePaymentRequest: {
      /** @description Why: it did not come, or is not for this */
      reason: string
    }
    ReportPaymentRequest: {
      /** @description How much, in the currency of the loan */
      amount: components['schemas']['PositiveMoney']
      /**
       * @description By what way
       * @enum {string}
       */
      rail: 'bank' | 'mobile-money' | 'cash' | 'bitcoin' | 'other'
      /** @description The reference of the transfer */
      reference?: string
      /**
       * Format: date
       * @description The day of the transfer; today when not given
       * @example 2026-03-31
       */
      valueDate?: string
    }
    SignatureResource: {
      /** @description The party */
      identity: string
      /**
       * Format: date-time
       * @description When it signed; null before
       */
      signedAt: string | null
    }
    TimelineResource: {
      /** @description The records */
      items: components['schemas']['RecordResource'][]
    }
  }
  responses: never
  parameters: never
  requestBodies: never
  headers: never
  pathItems: never
}
export type $defs = Record<string, never>
export interface operations {
  listApplications: {
    parameters: {
      query?: {
        /** @description `next` of the page before */
        cursor?: string
        /** @description Most items in the answer; 50 when not given */
        limit?: number
        /** @description Only those for this offer */
        offer?: string
        /** @description Only those that are so */
        status?: 'submitted' | 'withdrawn' | 'declined' | 'proposed' | 'agreed'
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Own applications, newest first */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApplicationPage']
        }
      }
      /** @description `request_malformed` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `not_authenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `not_allowed` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `no_identity` */
      422: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `too_many_requests` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `node_unreachable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  apply: {
    parameters: {
      query?: never
      header: {
        /** @description Names this change: 8 to 128 visible ASCII characters, for example a random UUID. A repeated request under the same key gets the first answer, with `Idempotency-Replayed: true`. */
        'Idempotency-Key': string
      }
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['ApplyRequest']
      }
    }
    responses: {
      /** @description Apply for a loan under an offer */
      201: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApplicationResource']
        }
      }
      /** @description `request_malformed` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `not_authenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `not_allowed` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `offer_not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `offer_withdrawn`, `offer_capacity_exceeded`, `request_in_progress` */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `no_identity`, `amount_out_of_range`, `instalments_out_of_range`, `own_offer`, `currency_differs`, `idempotency_key_reused` */
      422: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `too_many_requests` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `node_unreachable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  getApplication: {
    parameters: {
      query?: never
      header?: never
      path: {
        /** @description Id of the application */
        application: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description One own application */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApplicationResource']
        }
      }
      /** @description `request_malformed` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `not_authenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `not_allowed` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `application_not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `no_identity` */
      422: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `too_many_requests` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `node_unreachable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  withdrawApplication: {
    parameters: {
      query?: never
      header: {
        /** @description Names this change: 8 to 128 visible ASCII characters, for example a random UUID. A repeated request under the same key gets the first answer, with `Idempotency-Replayed: true`. */
        'Idempotency-Key': string
      }
      path: {
        /** @description Id of the application */
        application: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Withdraw an application */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApplicationResource']
        }
      }
      /** @description `request_malformed` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `not_authenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `not_allowed` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `application_not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `application_closed`, `request_in_progress` */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `no_identity`, `idempotency_key_reused` */
      422: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `too_many_requests` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `node_unreachable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  registerDevice: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['EnrolDevice']
      }
    }
    responses: {
      /** @description Register a device */
      201: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['DeviceResource']
        }
      }
      /** @description `request_malformed` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `enrolment_code_wrong`, `enrolment_code_expired` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `too_many_attempts`, `too_many_requests` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  watchEvents: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description What changes, as it changes */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'text/event-stream': string
        }
      }
      /** @description `not_authenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `not_allowed` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `too_many_requests` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `node_unreachable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  createIdentity: {
    parameters: {
      query?: never
      header: {
        /** @description Names this change: 8 to 128 visible ASCII characters, for example a random UUID. A repeated request under the same key gets the first answer, with `Idempotency-Replayed: true`. */
        'Idempotency-Key': string
      }
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Make an identity */
      201: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProfileResource']
        }
      }
      /** @description `request_malformed` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `not_authenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `not_admitted`, `not_allowed` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `identity_exists`, `no_network`, `request_in_progress` */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `idempotency_key_reused` */
      422: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `too_many_requests` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `node_unreachable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  listLoans: {
    parameters: {
      query?: {
        /** @description `next` of the page before */
        cursor?: string
        /** @description Most items in the answer; 50 when not given */
        limit?: number
        /** @description Only those that are so */
        status?: 'proposed' | 'declined' | 'lapsed' | 'agreed' | 'active' | 'in_arrears' | 'closed'
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Own loans and proposals, newest first */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['LoanSummaryPage']
        }
      }
      /** @description `request_malformed` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `not_authenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `not_allowed` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `no_identity` */
      422: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `too_many_requests` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `node_unreachable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  getLoan: {
    parameters: {
      query?: {
        /** @description As it stands at the end of this day; today when not given */
        asOf?: string
      }
      header?: never
      path: {
        /** @description Id of the loan */
        loan: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description One own loan: terms, schedule and standing */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['LoanResource']
        }
      }
      /** @description `request_malformed` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `not_authenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `not_allowed` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `loan_not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `no_identity` */
      422: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `too_many_requests` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `node_unreachable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  confirmDisbursement: {
    parameters: {
      query?: never
      header: {
        /** @description Names this change: 8 to 128 visible ASCII characters, for example a random UUID. A repeated request under the same key gets the first answer, with `Idempotency-Replayed: true`. */
        'Idempotency-Key': string
      }
      path: {
        /** @description Id of the loan */
        loan: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['ConfirmDisbursementRequest']
      }
    }
    responses: {
      /** @description Confirm money of the lender that came without a word */
      201: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['PaymentResource']
        }
      }
      /** @description `request_malformed` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `not_authenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `not_allowed` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `loan_not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `loan_not_agreed`, `already_disbursed`, `request_in_progress` */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `no_identity`, `amount_out_of_range`, `currency_differs`, `idempotency_key_reused` */
      422: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `too_many_requests` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `node_unreachable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  declineLoan: {
    parameters: {
      query?: never
      header: {
        /** @description Names this change: 8 to 128 visible ASCII characters, for example a random UUID. A repeated request under the same key gets the first answer, with `Idempotency-Replayed: true`. */
        'Idempotency-Key': string
      }
      path: {
        /** @description Id of the loan */
        loan: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['DeclineRequest']
      }
    }
    responses: {
      /** @description Decline the agreement */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['LoanResource']
        }
      }
      /** @description `request_malformed` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `not_authenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `not_allowed` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `loan_not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `already_signed`, `proposal_closed`, `request_in_progress` */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `no_identity`, `idempotency_key_reused` */
      422: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `too_many_requests` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `node_unreachable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  getPaymentInstructions: {
    parameters: {
      query?: {
        /** @description As it stands at the end of this day; today when not given */
        asOf?: string
      }
      header?: never
      path: {
        /** @description Id of the loan */
        loan: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description What to pay next, to whom, with which reference */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['InstructionsResource']
        }
      }
      /** @description `request_malformed` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `not_authenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `not_allowed` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `loan_not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `no_identity` */
      422: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `too_many_requests` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `node_unreachable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  listPayments: {
    parameters: {
      query?: {
        /** @description `next` of the page before */
        cursor?: string
        /** @description Most items in the answer; 50 when not given */
        limit?: number
        /** @description Only those that are so */
        status?: 'sent' | 'confirmed' | 'refused'
      }
      header?: never
      path: {
        /** @description Id of the loan */
        loan: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Payments of a loan, newest first */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['PaymentPage']
        }
      }
      /** @description `request_malformed` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `not_authenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `not_allowed` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `loan_not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `no_identity` */
      422: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `too_many_requests` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `node_unreachable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  reportPayment: {
    parameters: {
      query?: never
      header: {
        /** @description Names this change: 8 to 128 visible ASCII characters, for example a random UUID. A repeated request under the same key gets the first answer, with `Idempotency-Replayed: true`. */
        'Idempotency-Key': string
      }
      path: {
        /** @description Id of the loan */
        loan: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['ReportPaymentRequest']
      }
    }
    responses: {
      /** @description Say that a repayment was sent */
      201: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['PaymentResource']
        }
      }
      /** @description `request_malformed` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `not_authenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `not_allowed` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `loan_not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `loan_not_agreed`, `request_in_progress` */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `no_identity`, `amount_out_of_range`, `value_date_out_of_range`, `currency_differs`, `idempotency_key_reused` */
      422: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `too_many_requests` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `node_unreachable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  listLoanRecords: {
    parameters: {
      query?: never
      header?: never
      path: {
        /** @description Id of the loan */
        loan: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The signed records of a loan, with validity and finality */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['TimelineResource']
        }
      }
      /** @description `request_malformed` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `not_authenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `not_allowed` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `loan_not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `no_identity` */
      422: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `too_many_requests` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `node_unreachable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  signLoan: {
    parameters: {
      query?: never
      header: {
        /** @description Names this change: 8 to 128 visible ASCII characters, for example a random UUID. A repeated request under the same key gets the first answer, with `Idempotency-Replayed: true`. */
        'Idempotency-Key': string
      }
      path: {
        /** @description Id of the loan */
        loan: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Sign the agreement */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['LoanResource']
        }
      }
      /** @description `request_malformed` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `not_authenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `not_allowed` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `loan_not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `already_signed`, `proposal_expired`, `proposal_closed`, `request_in_progress` */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `no_identity`, `idempotency_key_reused` */
      422: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `too_many_requests` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `node_unreachable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  getMe: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The account of this device */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['AccountResource']
        }
      }
      /** @description `request_malformed` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `not_authenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `not_allowed` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `too_many_requests` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `node_unreachable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  getNetwork: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The network */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['NetworkResource']
        }
      }
      /** @description `request_malformed` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `not_authenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `not_allowed` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `no_network` */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `too_many_requests` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `node_unreachable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  listOffers: {
    parameters: {
      query?: {
        /** @description Only offers in this currency */
        currency?: string
        /** @description `next` of the page before */
        cursor?: string
        /** @description Most items in the answer; 50 when not given */
        limit?: number
        /** @description Only offers that are so; open ones when not given */
        status?: 'open' | 'withdrawn'
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Offers of lenders, newest first */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['OfferPage']
        }
      }
      /** @description `request_malformed` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `not_authenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `not_allowed` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `too_many_requests` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `node_unreachable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  getOffer: {
    parameters: {
      query?: never
      header?: never
      path: {
        /** @description Id of the offer */
        offer: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description One offer */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['OfferResource']
        }
      }
      /** @description `request_malformed` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `not_authenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `not_allowed` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `offer_not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `too_many_requests` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `node_unreachable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  quoteOffer: {
    parameters: {
      query?: never
      header?: never
      path: {
        /** @description Id of the offer */
        offer: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['QuoteRequest']
      }
    }
    responses: {
      /** @description Schedule and cost of a loan under an offer */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['QuoteResource']
        }
      }
      /** @description `request_malformed` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `not_authenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `not_allowed` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `offer_not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `amount_out_of_range`, `instalments_out_of_range`, `currency_differs` */
      422: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `too_many_requests` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `node_unreachable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  confirmPayment: {
    parameters: {
      query?: never
      header: {
        /** @description Names this change: 8 to 128 visible ASCII characters, for example a random UUID. A repeated request under the same key gets the first answer, with `Idempotency-Replayed: true`. */
        'Idempotency-Key': string
      }
      path: {
        /** @description Id of the payment */
        payment: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['ConfirmPaymentRequest']
      }
    }
    responses: {
      /** @description Confirm that a payment arrived */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['PaymentResource']
        }
      }
      /** @description `request_malformed` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `not_authenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `not_the_payee`, `not_allowed` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `payment_not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `payment_already_answered`, `request_in_progress` */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `no_identity`, `currency_differs`, `idempotency_key_reused` */
      422: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `too_many_requests` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `node_unreachable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  refusePayment: {
    parameters: {
      query?: never
      header: {
        /** @description Names this change: 8 to 128 visible ASCII characters, for example a random UUID. A repeated request under the same key gets the first answer, with `Idempotency-Replayed: true`. */
        'Idempotency-Key': string
      }
      path: {
        /** @description Id of the payment */
        payment: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['RefusePaymentRequest']
      }
    }
    responses: {
      /** @description Say that a payment did not arrive */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['PaymentResource']
        }
      }
      /** @description `request_malformed` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `not_authenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `not_the_payee`, `not_allowed` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `payment_not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `payment_already_answered`, `request_in_progress` */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `no_identity`, `idempotency_key_reused` */
      422: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `too_many_requests` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `node_unreachable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  getProfile: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The own profile */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProfileResource']
        }
      }
      /** @description `request_malformed` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `not_authenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `not_allowed` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `identity_not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `no_identity` */
      422: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `too_many_requests` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `node_unreachable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  publishProfile: {
    parameters: {
      query?: never
      header: {
        /** @description Names this change: 8 to 128 visible ASCII characters, for example a random UUID. A repeated request under the same key gets the first answer, with `Idempotency-Replayed: true`. */
        'Idempotency-Key': string
      }
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['ProfileFactsFields']
      }
    }
    responses: {
      /** @description Publish the own profile */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProfileResource']
        }
      }
      /** @description `request_malformed` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `not_authenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `not_allowed` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `request_in_progress` */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `no_identity`, `idempotency_key_reused` */
      422: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `too_many_requests` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `node_unreachable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
}
