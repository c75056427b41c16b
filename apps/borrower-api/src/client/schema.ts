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
     * @description Server-sent events. `change` names the subjects (loans, offers, applications, …) whose state changed: fetch those that matter again, with `If-None-Match`. `notification` tells what happened to an own loan: its `loan`, and the members of an item of `getLoanHistory`, for example that a charge was levied or a restructuring proposed, and `by` whom. `ping` every 20 seconds shows that the connection lives. Nothing is replayed after a reconnection: fetch once, then listen.
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
  '/borrower/v1/loans/{loan}/cancellation': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Withdraw from the loan within its cooling-off days
     * @description Before the money came nothing is owed. After it, principal and interest to the day are to be given back within 30 days, and nothing else.
     */
    post: operations['cancelLoan']
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
  '/borrower/v1/loans/{loan}/history': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** What happened to a loan, in the order of its writing */
    get: operations['getLoanHistory']
    put?: never
    post?: never
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
     * @description It counts once the lender confirms it. With `settles` it closes the loan if it covers what is owed on its day.
     */
    post: operations['reportPayment']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/borrower/v1/loans/{loan}/payments/{payment}/receipt': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * A payment with the signed records that say so
     * @description The records come with the bytes that were signed, so that anybody can check them without this node.
     */
    get: operations['getReceipt']
    put?: never
    post?: never
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
  '/borrower/v1/loans/{loan}/restructurings': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Changes of the table that were asked for, and what became of them */
    get: operations['listRestructurings']
    put?: never
    /**
     * Ask the lender for a change of the table
     * @description Asking is signing: it is in force as soon as the lender signs as well. Look at `previewRestructuring` first.
     */
    post: operations['proposeRestructuring']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/borrower/v1/loans/{loan}/restructurings/{restructuring}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** One of them, with the table that is signed for */
    get: operations['getRestructuring']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/borrower/v1/loans/{loan}/restructurings/{restructuring}/decline': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Decline a change that the lender asked for */
    post: operations['declineRestructuring']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/borrower/v1/loans/{loan}/restructurings/{restructuring}/sign': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Sign a change that the lender asked for
     * @description Binding. Its table is what will be owed.
     */
    post: operations['signRestructuring']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/borrower/v1/loans/{loan}/restructurings/preview': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** The table that a change would make */
    post: operations['previewRestructuring']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/borrower/v1/loans/{loan}/reversals/{reversal}/accept': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Accept that a payment which the lender had confirmed did not come after all */
    post: operations['acceptReversal']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/borrower/v1/loans/{loan}/settlement': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * What settles the loan on a day, to the minor unit
     * @description Pay it with that value date, and report it with `reportPayment` and `settles`.
     */
    get: operations['getSettlement']
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
     * @description Binding. Read the terms, every instalment and the `warnings` of `getLoan` first: what is signed is what is owed.
     */
    post: operations['signLoan']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/borrower/v1/loans/{loan}/statement': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Every movement of a loan in the borrower's books, with the record behind it */
    get: operations['getLoanStatement']
    put?: never
    post?: never
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
     * @description Every instalment to the minor unit, what is paid out and kept back, APR, APRC and the total cost, before anyone commits to anything. A refusal of the terms names the member at fault in `field`.
     */
    post: operations['quoteOffer']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/borrower/v1/payee-details': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    /**
     * Say where to be paid
     * @description A private record: its content goes to the nodes of those with whom there is an agreement, and to no others. They see since when it holds, and are warned of every change.
     */
    put: operations['setPayeeDetails']
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/borrower/v1/payees/{payee}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Where to pay someone
     * @description The other side of a concluded agreement, or oneself.
     */
    get: operations['getPayee']
    put?: never
    post?: never
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
  '/borrower/v1/requests': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Own requests, newest first */
    get: operations['listRequests']
    put?: never
    /**
     * Ask lenders for a loan
     * @description Not binding: lenders bid, you take the bids that you choose, and all of you sign one agreement.
     */
    post: operations['publishRequest']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/borrower/v1/requests/{request}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** One own request */
    get: operations['getRequest']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/borrower/v1/requests/{request}/bids': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** What lenders bid on an own request, newest first */
    get: operations['listBids']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/borrower/v1/requests/{request}/choice': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * The cheapest set of bids, or one of your own, as one loan
     * @description With its blended rate, every instalment and what it costs, before anyone commits to anything.
     */
    post: operations['chooseBids']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/borrower/v1/requests/{request}/take': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Propose and sign the agreement of such a choice
     * @description Binding for you. It is a loan once every lender has signed; it lapses when one has not in time.
     */
    post: operations['takeBids']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/borrower/v1/requests/{request}/withdraw': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Withdraw a request */
    post: operations['withdrawRequest']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/borrower/v1/statements/{year}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Interest and fees that were paid in a calendar year */
    get: operations['getYearStatement']
    put?: never
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
    AdoptedResource: {
      /** @description Fees that had fallen due */
      fees: components['schemas']['MoneyResource']
      /** @description Interest that had fallen due */
      interest: components['schemas']['MoneyResource']
      /**
       * Format: date
       * @description When the oldest of what was late fell due; null when nothing was
       * @example 2026-03-31
       */
      lateSince: string | null
      /**
       * Format: date
       * @description The day of the balance; what falls due on it is owed
       * @example 2026-03-31
       */
      on: string
      /** @description What the loan is called where it was written down */
      paper: string
      /** @description All that was still to be paid back */
      principal: components['schemas']['MoneyResource']
    }
    AgreedTermsResource: {
      /** @description What a payment goes to */
      allocation: components['schemas']['AllocationTermResource']
      /** @description Interest a year, parts per million */
      annualRatePpm: number
      /** @description Days after which a payment that the lender does not answer no longer counts as late */
      answerDays: number
      /** @description Who may rule on payments and reversals */
      arbiter: string | null
      /** @description What does not count as late yet */
      arrears: components['schemas']['ToleranceResource']
      /** @description How due dates keep off weekends and holidays */
      businessDays: components['schemas']['BusinessDaysResource'] | null
      /** @description Charges at the start and with each instalment */
      charges: components['schemas']['ChargeTermResource'][]
      /** @description Days after the conclusion on which the borrower may withdraw */
      coolingOffDays: number
      /**
       * @description Interest by actual days; null when each period is the same part of a year
       * @enum {string|null}
       */
      dayCount:
        | 'ACT/365F'
        | 'ACT/360'
        | 'ACT/365.25'
        | 'ACT/ACT ISDA'
        | 'ACT/ACT ICMA'
        | 'ACT/ACT AFB'
        | '30/360 US'
        | '30/360 BOND'
        | '30E/360'
        | '30E/360 ISDA'
        | null
      /** @description Days past due from which the lender may declare default */
      defaultAfterDays: number
      /** @description Share of each payout that is kept back as a down payment, parts per million */
      downPaymentPpm: number
      /**
       * @description The day of the month that due dates are moved to
       * @enum {string}
       */
      dueOn: 'countedDay' | 'endOfMonth' | 'firstOfNextMonth'
      /** @description What settling early costs; a share is of principal not yet due */
      earlySettlementFee: components['schemas']['AmountOrShareResource'] | null
      /** @description What the lender may charge when something happens */
      eventCharges: components['schemas']['EventChargeResource'][]
      /** @description From one instalment to the next */
      every: components['schemas']['PeriodResource']
      /**
       * Format: date
       * @description The first due date where the first period is shorter or longer
       * @example 2026-03-31
       */
      firstDueDate: string | null
      /** @description A given instalment: how many there are follows */
      fixedInstalment: components['schemas']['MoneyResource'] | null
      /** @description First instalments in which less is to be paid */
      grace: components['schemas']['GraceResource']
      /** @description Of the instalment */
      instalmentRounding: components['schemas']['RoundingResource']
      /** @description How many instalments */
      instalments: number
      /**
       * @description What instalments are sized on when the money comes in parts
       * @enum {string}
       */
      instalmentSizedOn: 'disbursed' | 'agreedPrincipal'
      /** @description Days without interest */
      interestPauses: components['schemas']['InterestPauseResource'][]
      /** @description Of interest */
      interestRounding: components['schemas']['RoundingResource']
      /** @description What may be charged for a late instalment */
      lateFee: components['schemas']['LateFeeResource'] | null
      /**
       * @description How the principal is repaid
       * @enum {string}
       */
      method: 'annuity' | 'equalPrincipal' | 'interestOnly' | 'bullet' | 'flat' | 'ownTable'
      /** @description Interest a year on overdue principal, beside the other, parts per million */
      penaltyRatePpm: number
      /** @description That part of a year; null: months by 12, weeks by 52, days by 365 */
      periodYears: components['schemas']['FractionResource'] | null
      /** @description A payment counts from the day it was sent if it was received at most so many days later */
      railDays: number
      /** @description Null: the signed table stands whatever is paid when */
      recalculation: components['schemas']['RecalculationResource'] | null
      /** @description Interest is rounded once a period, also where the balance changes inside of it */
      roundsInterestOnce: boolean
      /** @description The part that instalments are sized by where it is another one */
      sizingPeriodYears: components['schemas']['FractionResource'] | null
      /**
       * Format: date
       * @description When interest begins
       * @example 2026-03-31
       */
      startDate: string
      /** @description The parts that the money comes in; empty: all at once */
      tranches: components['schemas']['TrancheResource'][]
    }
    AllocationResource: {
      /** @description To fees */
      fees: components['schemas']['MoneyResource']
      /** @description To interest */
      interest: components['schemas']['MoneyResource']
      /** @description More than was owed */
      overpaid: components['schemas']['MoneyResource']
      /** @description To penalties */
      penalties: components['schemas']['MoneyResource']
      /** @description To principal */
      principal: components['schemas']['MoneyResource']
    }
    AllocationTermResource: {
      /**
       * @description What money in advance does
       * @enum {string}
       */
      inAdvance: 'next' | 'last' | 'reduceInstalment' | 'reduceCount' | 'nextInstalments'
      /** @description Past due, due, in advance; of each penalty, fee, interest, principal */
      order: string[]
      /** @description One instalment after the other; otherwise one component after the other */
      perInstalment: boolean
    }
    AmountOrShareResource: {
      /** @description Fixed */
      amount: components['schemas']['MoneyResource'] | null
      /** @description A share, parts per million */
      ppm: number | null
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
      /**
       * Format: date
       * @description When the first instalment is wished to be due
       * @example 2026-03-31
       */
      firstDueDate: string | null
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
      /** @description The parts that the money is wished to come in; empty: all at once */
      tranches: components['schemas']['TrancheResource'][]
    }
    ApplyRequest: {
      /** @description How much, in the currency of the offer */
      amount: components['schemas']['PositiveMoney']
      /**
       * Format: date
       * @description When the first instalment is to be due: a shorter or longer first period
       * @example 2026-03-31
       */
      firstDueDate?: string
      /** @description How many instalments */
      instalments: number
      /** @description Id of the offer */
      offer: string
      /** @description What for. Public: no names, no contacts */
      purpose: string
      /** @description The money in 2 to 24 parts, days ascending, which sum to the amount */
      tranches?: components['schemas']['TrancheRequest'][]
    }
    BidPage: {
      /** @description The items, in order */
      items: components['schemas']['BidResource'][]
      /** @description Cursor of the page after; absent on the last */
      next?: string
    }
    BidResource: {
      /** @description How much */
      amount: components['schemas']['MoneyResource']
      /** @description Its id */
      id: string
      /** @description The least part of it that would be lent */
      leastAmount: components['schemas']['MoneyResource']
      /** @description Identity of the lender */
      lender: string
      /** @description Pseudonym of the lender */
      lenderAlias: string | null
      /** @description The loan that took it */
      loan: string | null
      /**
       * Format: date-time
       * @description When it was placed
       */
      placedAt: string
      /** @description The rate that the lender asks, a year, parts per million */
      ratePpm: number
      /**
       * @description `taken`: in an agreement that waits for signatures
       * @enum {string}
       */
      status: 'open' | 'withdrawn' | 'expired' | 'taken' | 'agreed'
      /**
       * Format: date-time
       * @description Until when it can be taken
       */
      validUntil: string
    }
    BusinessDaysResource: {
      /** @description Days that are holidays, `YYYY-MM-DD` */
      holidays: string[]
      /**
       * @description Where to
       * @enum {string}
       */
      move: 'following' | 'modifiedFollowing' | 'preceding'
    }
    CancellationResource: {
      /** @description Whether the lender says that it came too late */
      contested: boolean
      /**
       * Format: date
       * @description Until when principal and interest to the day are to be given back; null when no money had come
       * @example 2026-03-31
       */
      dueOn: string | null
      /**
       * Format: date
       * @description When
       * @example 2026-03-31
       */
      on: string
      /** @description The record that says so */
      record: string
    }
    CancelRequest: {
      /** @description Why, if the borrower wants to say */
      reason?: string
    }
    ChangedRowResource: {
      /**
       * Format: date
       * @description When it is due
       * @example 2026-03-31
       */
      dueDate: string
      /** @description Fees and penalties */
      fees: components['schemas']['MoneyResource']
      /** @description Interest */
      interest: components['schemas']['MoneyResource']
      /** @description Principal */
      principal: components['schemas']['MoneyResource']
    }
    ChangeResource: {
      /** @description reschedule: another rate a year, parts per million */
      annualRatePpm?: number
      /** @description reage: from one to the next */
      every?: components['schemas']['PeriodResource']
      /** @description reschedule: so many instalments more */
      extraInstalments?: number
      /**
       * Format: date
       * @description reage: when the first new instalment is due
       * @example 2026-03-31
       */
      firstDue?: string
      /**
       * Format: date
       * @description reschedule: the instalment that it begins with. interestPause: the first day
       * @example 2026-03-31
       */
      from?: string
      /** @description reage: how many */
      instalments?: number
      /**
       * Format: date
       * @description reschedule: when that instalment is to be due instead
       * @example 2026-03-31
       */
      newDueDate?: string
      /** @description reschedule: so many instalments without principal */
      principalGraceInstalments?: number
      /**
       * Format: date
       * @description interestPause: the day on which interest runs again
       * @example 2026-03-31
       */
      to?: string
      /**
       * @description `reschedule`: instalments move, pause their principal, become more, or bear another rate. `reamortise`: unpaid principal goes in equal parts onto later instalments. `reage`: all of it into a new table. `interestPause`: days without interest
       * @enum {string}
       */
      type: 'reschedule' | 'reamortise' | 'reage' | 'interestPause'
    }
    ChangeSignatureResource: {
      /** @description The party */
      identity: string
      /**
       * Format: date-time
       * @description When it signed; null before
       */
      signedAt: string | null
    }
    ChargeResource: {
      /** @description Of it credited */
      adjusted: components['schemas']['MoneyResource']
      /** @description How much */
      amount: components['schemas']['MoneyResource']
      /**
       * @description By which term of the agreement
       * @enum {string}
       */
      charge: 'lateFee' | 'penaltyInterest' | 'event'
      /**
       * @description What it counts as
       * @enum {string}
       */
      component: 'fee' | 'penalty'
      /**
       * Format: date
       * @description When it is due
       * @example 2026-03-31
       */
      due: string
      /** @description Its id */
      id: string
      /**
       * Format: date
       * @description When it was charged
       * @example 2026-03-31
       */
      leviedOn: string
      /** @description What it is called */
      name: string
      /** @description Of it still owed */
      outstanding: components['schemas']['MoneyResource']
      /** @description Of it paid */
      paid: components['schemas']['MoneyResource']
      /** @description Why */
      reason: string
      /** @description Of it waived */
      waived: components['schemas']['MoneyResource']
    }
    ChargeTermResource: {
      /** @description Fixed */
      amount: components['schemas']['MoneyResource'] | null
      /** @description Kept back from the money lent; otherwise a charge at the start is due with the first instalment */
      deducted: boolean
      /** @description What it is called */
      name: string
      /** @description A share, parts per million */
      ppm: number | null
      /**
       * @description Once, of the principal; or in each row, of its principal and interest
       * @enum {string}
       */
      when: 'atStart' | 'eachInstalment'
    }
    ChoiceRequest: {
      /** @description These parts of these bids; the cheapest set that covers the request when not given */
      bids?: components['schemas']['TakenBidRequest'][]
      /**
       * Format: date
       * @description When the first instalment is to be due: a shorter or longer first period
       * @example 2026-03-31
       */
      firstDueDate?: string
      /**
       * Format: date
       * @description When interest begins; today when not given
       * @example 2026-03-31
       */
      startDate?: string
      /** @description The money in 2 to 24 parts, days ascending, which sum to the amount */
      tranches?: components['schemas']['TrancheRequest'][]
    }
    ChoiceResource: {
      /** @description What they come to; less than was asked when there are not bids enough */
      amount: components['schemas']['MoneyResource']
      /** @description The mean of the rates by amount, rounded up: the rate of the agreement, a year, parts per million */
      blendedRatePpm: number
      /** @description Whether no cheaper set exists; otherwise it is the best that was found in time */
      proven: boolean
      /** @description The whole loan */
      quote: components['schemas']['QuoteResource']
      /** @description The bids, in the order of their lenders */
      taken: components['schemas']['TakenBidResource'][]
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
      /** @description The principal less what is kept back for charges */
      amountReceived: components['schemas']['MoneyResource']
      /** @description The method that it is computed by */
      aprcMethod: string
      /** @description Annual percentage rate of charge, parts per million */
      aprcPpm: number
      /** @description The method that it is computed by */
      aprMethod: string
      /** @description Annual percentage rate, parts per million */
      aprPpm: number
      /** @description What is to be paid beyond what is received */
      costOfCredit: components['schemas']['MoneyResource']
      /** @description All fees, with what is kept back for them */
      totalFees: components['schemas']['MoneyResource']
      /** @description All interest */
      totalInterest: components['schemas']['MoneyResource']
      /** @description All that is to be paid */
      totalOfPayments: components['schemas']['MoneyResource']
    }
    CreditResource: {
      /** @description What it went to */
      allocation: components['schemas']['AllocationResource'] | null
      /** @description How much */
      amount: components['schemas']['MoneyResource']
      /**
       * @description Of which kind
       * @enum {string}
       */
      credit: 'goodwill' | 'merchantRefund' | 'payoutRefund'
      /**
       * Format: date
       * @description From when it counts
       * @example 2026-03-31
       */
      date: string
      /** @description Its id */
      id: string
      /** @description Why */
      reason: string
    }
    DeclineRequest: {
      /** @description Why; the lender reads it */
      reason: string
    }
    DeclineRestructuringRequest: {
      /** @description Why; the lender reads it */
      reason: string
    }
    DefaultResource: {
      /**
       * Format: date
       * @description When
       * @example 2026-03-31
       */
      declaredOn: string
      /** @description Why */
      reason: string
      /** @description The record that says so */
      record: string
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
    EventChargeResource: {
      /** @description Fixed */
      amount: components['schemas']['MoneyResource'] | null
      /** @description What it is called */
      name: string
      /**
       * @description What a share is of
       * @enum {string|null}
       */
      of: 'instalment' | 'outstanding' | null
      /** @description A share, parts per million */
      ppm: number | null
    }
    FractionResource: {
      /** @description Below the line */
      denominator: number
      /** @description Above the line */
      numerator: number
    }
    GraceResource: {
      /** @description So many bear no interest */
      interestFreeInstalments: number
      /** @description So many hold their interest back until the one after them */
      interestPaymentInstalments: number
      /** @description So many pay no principal */
      principalInstalments: number
    }
    HappeningResource: {
      /** @description How much it is about */
      amount: components['schemas']['MoneyResource'] | null
      /**
       * Format: date-time
       * @description By the clock of who said it
       */
      at: string
      /** @description Who said it */
      by: string
      /**
       * Format: date
       * @description From when it counts, where it has such a day
       * @example 2026-03-31
       */
      date: string | null
      /** @description What, as `charge.levied` */
      kind: string
      /** @description The record that says so */
      record: string
      /** @description The reason or the name that was given */
      text: string
    }
    HistoryResource: {
      /** @description All of it */
      items: components['schemas']['HappeningResource'][]
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
      /**
       * @description A down payment is kept back from what is paid out that day
       * @enum {string}
       */
      kind: 'instalment' | 'downPayment'
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
      /** @description Where to pay; null when the payee has not said so here */
      details: components['schemas']['PayeeResource'] | null
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
    InterestPauseResource: {
      /**
       * Format: date
       * @description From this day
       * @example 2026-03-31
       */
      from: string
      /**
       * Format: date
       * @description Up to the day before this one
       * @example 2026-03-31
       */
      to: string
    }
    LateFeeResource: {
      /** @description Fixed */
      amount: components['schemas']['MoneyResource'] | null
      /** @description Of the whole loan no more than */
      cap: components['schemas']['MoneyResource'] | null
      /** @description Days after the due date from which on */
      graceDays: number
      /** @description A share, parts per million */
      ppm: number | null
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
      /**
       * @description `afterwards`: fell due outside of the signed table
       * @enum {string}
       */
      kind: 'instalment' | 'downPayment' | 'afterwards'
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
      /** @description Penalties */
      penalties: components['schemas']['MoneyResource']
      /** @description Principal */
      principal: components['schemas']['MoneyResource']
      /**
       * @description How far it is paid
       * @enum {string}
       */
      state: 'paid' | 'partly_paid' | 'due' | 'overdue' | 'upcoming'
      /** @description Sum of the four */
      total: components['schemas']['MoneyResource']
    }
    LoanLenderResource: {
      /** @description Pseudonym of the lender */
      alias: string | null
      /** @description The lender */
      identity: string
      /** @description The rate of this share, a year, parts per million */
      ratePpm: number
      /** @description The share */
      share: components['schemas']['MoneyResource']
    }
    LoanResource: {
      /** @description Interest since the last due date */
      accruedInterest: components['schemas']['MoneyResource']
      /** @description Of a loan that ran before: what it was taken over at */
      adopted: components['schemas']['AdoptedResource'] | null
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
      /** @description What it costs, as it was signed */
      cost: components['schemas']['CostResource']
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
      /** @description Its id */
      id: string
      /** @description How many */
      instalments: number
      /** @description Identity of the lender */
      lender: string
      /** @description Pseudonym of the lender */
      lenderAlias: string | null
      /** @description Who lends how much; note k is the k-th one’s */
      lenders: components['schemas']['LoanLenderResource'][]
      /** @description What can be done now: ids of operations of this API */
      may: string[]
      /** @description The next instalment that is not paid */
      nextDue: components['schemas']['NextDueResource'] | null
      /** @description The offer that it is under */
      offer: string | null
      /** @description All that is still to be paid */
      outstanding: components['schemas']['MoneyResource']
      /** @description What is still to be paid */
      outstandingParts: components['schemas']['PartsResource']
      /** @description Due and not paid */
      overdue: components['schemas']['MoneyResource']
      /** @description Paid and not owed */
      overpaid: components['schemas']['MoneyResource']
      /** @description What was paid */
      paid: components['schemas']['PartsResource']
      /** @description What is to be paid out when */
      payouts: components['schemas']['PayoutResource'][]
      /** @description What is lent */
      principal: components['schemas']['MoneyResource']
      /**
       * Format: date-time
       * @description When it was proposed
       */
      proposedAt: string
      /** @description What for */
      purpose: string
      /** @description The request that it answers otherwise */
      request: string | null
      /** @description Changes of the table that were asked for, and what became of them */
      restructurings: components['schemas']['RestructuringResource'][]
      /** @description The table in force: as signed, with every change that both signed since */
      schedule: components['schemas']['LoanInstalmentResource'][]
      /** @description Who collects once for all lenders and passes on */
      servicer: string | null
      /** @description What became of it after the agreement */
      servicing: components['schemas']['ServicingResource']
      /** @description Who must sign, and who did */
      signatures: components['schemas']['SignatureResource'][]
      /**
       * @description Where it stands
       * @enum {string}
       */
      status:
        | 'proposed'
        | 'declined'
        | 'lapsed'
        | 'agreed'
        | 'active'
        | 'in_arrears'
        | 'defaulted'
        | 'recovering'
        | 'cancelled'
        | 'closed'
      /** @description All terms, as they are signed */
      terms: components['schemas']['AgreedTermsResource']
      /** @description What to look at before signing: `table_does_not_follow_from_terms` */
      warnings: string[]
    }
    LoanStatementResource: {
      /**
       * Format: date
       * @description Up to the end of this day
       * @example 2026-03-31
       */
      asOf: string
      /** @description The movements */
      items: components['schemas']['MovementResource'][]
      /** @description The loan */
      loan: string
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
      /** @description All that is still to be paid */
      outstanding: components['schemas']['MoneyResource']
      /** @description What is lent */
      principal: components['schemas']['MoneyResource']
      /**
       * Format: date-time
       * @description When it was proposed
       */
      proposedAt: string
      /**
       * @description Where it stands
       * @enum {string}
       */
      status:
        | 'proposed'
        | 'declined'
        | 'lapsed'
        | 'agreed'
        | 'active'
        | 'in_arrears'
        | 'defaulted'
        | 'recovering'
        | 'cancelled'
        | 'closed'
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
    MovementResource: {
      /**
       * Format: date
       * @description The day that counts
       * @example 2026-03-31
       */
      date: string
      /** @description What */
      description: string
      /**
       * @description `final`: certified by a quorum of witnesses, and so is all that it rests on
       * @enum {string}
       */
      finality: 'stored' | 'final'
      /** @description What the record says, as `payment.confirmed` */
      kind: string
      /** @description What it did in the borrower's books */
      postings: components['schemas']['PostingResource'][]
      /** @description The record behind it */
      record: string
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
      /** @description What is left to lend under it */
      available: components['schemas']['MoneyResource']
      /** @description Certified by a quorum of witnesses */
      final: boolean
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
      /** @description The smallest loan */
      minAmount: components['schemas']['MoneyResource']
      /** @description Fewest instalments */
      minInstalments: number
      /** @description What the lender adds */
      note: string | null
      /**
       * Format: date-time
       * @description When it was published
       */
      publishedAt: string
      /** @description What one must have been attested to apply */
      requires: components['schemas']['RequiredAttestationResource'][]
      /**
       * @description Whether one can apply
       * @enum {string}
       */
      status: 'open' | 'withdrawn'
      /** @description What a loan under it is like */
      terms: components['schemas']['TermsResource']
    }
    PartsResource: {
      /** @description Fees */
      fees: components['schemas']['MoneyResource']
      /** @description Interest */
      interest: components['schemas']['MoneyResource']
      /** @description Penalties */
      penalties: components['schemas']['MoneyResource']
      /** @description Principal */
      principal: components['schemas']['MoneyResource']
      /** @description Sum of the four */
      total: components['schemas']['MoneyResource']
    }
    PayeeDetailsRequest: {
      /** @description All ways, the preferred one first; what is left out no longer holds */
      ways: components['schemas']['PayeeWayFields'][]
    }
    PayeeResource: {
      /** @description How often they changed */
      changes: number
      /** @description They changed within the last 30 days, or newer ones are on their way: show `notice` before anyone pays */
      flagged: boolean
      /** @description What to say before paying: `changed 2 days ago; confirm by another way before paying`. Null without a flag */
      notice: string | null
      /** @description Whom to pay */
      payee: string
      /**
       * Format: date-time
       * @description Since when these hold
       */
      since: string
      /** @description The preferred one first */
      ways: components['schemas']['PayeeWayFields'][]
    }
    PayeeWayFields: {
      /** @description `bitcoin`: the address */
      address?: string
      /** @description `iban`: the bank (ISO 9362); may be missing */
      bic?: string
      /** @description `iban`: the account (ISO 13616), without blanks */
      iban?: string
      /** @description `iban` and `mobileMoney`: who holds the account or the number */
      name?: string
      /** @description `mobileMoney`: the number (E.164) */
      number?: string
      /** @description `mobileMoney`: whose service */
      provider?: string
      /** @description `text`: how to pay, in words */
      text?: string
      /**
       * @description A bank account, mobile money, bitcoin, or words
       * @enum {string}
       */
      type: 'iban' | 'mobileMoney' | 'bitcoin' | 'text'
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
      /** @description What of it is owed again */
      chargedBack: components['schemas']['MoneyResource']
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
       * @description The lender pays out, the borrower pays back; a guarantor pays in the borrower’s place and is paid back; owners of notes among themselves
       * @enum {string}
       */
      purpose: 'disbursement' | 'repayment' | 'guarantee' | 'recourse' | 'purchase' | 'passOn'
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
      /** @description A reversal that waits for its acceptance */
      reversal: string | null
      /** @description Meant to settle the loan */
      settles: boolean
      /**
       * @description What the payee confirmed counts, or what the arbiter established; not what was reversed
       * @enum {string}
       */
      status: 'sent' | 'confirmed' | 'refused' | 'established' | 'reversed'
      /**
       * Format: date
       * @description The day that counts
       * @example 2026-03-31
       */
      valueDate: string
    }
    PayoutResource: {
      /** @description Principal */
      amount: components['schemas']['MoneyResource']
      /** @description What arrives */
      arrives: components['schemas']['MoneyResource']
      /**
       * Format: date
       * @description When
       * @example 2026-03-31
       */
      date: string
      /** @description Of it kept back for charges at the start */
      deducted: components['schemas']['MoneyResource']
      /** @description Of it kept back as a down payment */
      downPayment: components['schemas']['MoneyResource']
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
    PostingResource: {
      /** @description Account, as `owner:class:detail:loan` */
      account: string
      /** @description How much */
      amount: components['schemas']['MoneyResource']
      /**
       * @description On which side
       * @enum {string}
       */
      side: 'debit' | 'credit'
    }
    PreviewRestructuringRequest: {
      /** @description What is to change */
      change: components['schemas']['ChangeResource']
      /**
       * Format: date
       * @description From when; today when not given
       * @example 2026-03-31
       */
      effectiveOn?: string
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
    ProofResource: {
      /**
       * Format: date-time
       * @description By the clock of the author
       */
      at: string
      /** @description Who signed it */
      author: string
      /** @description Pseudonym of the author */
      authorAlias: string | null
      /** @description The operator who signs for an author without a phone */
      authorHeldBy: string | null
      /** @description The body; null when it is not held here */
      body: {
        [key: string]: unknown
      } | null
      /** @description Body in hex, which the header names by its hash; null when it is not held here */
      bodyBytes: string | null
      /**
       * @description `final`: certified by a quorum of witnesses, and so is all that it rests on
       * @enum {string}
       */
      finality: 'stored' | 'final'
      /** @description Header in hex: the id is its SHA-256 */
      header: string
      /** @description Its id: SHA-256 of its header */
      id: string
      /** @description What it says, as `payment.confirmed` */
      kind: string
      /** @description Ids of records of others that it rests on */
      refs: string[]
      /** @description Its place in the log of the author */
      seq: number
      /** @description Ed25519 signature of the author in hex; null where a later record of the same log carries it */
      signature: string | null
      /** @description Why it has no effect; null when it has one */
      void: string | null
    }
    PublishRequest: {
      /** @description How much */
      amount: components['schemas']['PositiveMoney']
      /** @description Who may rule on payments and reversals */
      arbiter?: string
      /**
       * Format: date-time
       * @description Until when lenders can bid
       * @example 2026-03-31T18:00:00Z
       */
      closesAt: string
      /** @description Days after the conclusion on which you may withdraw */
      coolingOffDays?: number
      /**
       * @description Interest by actual days; each period the same part of a year when not given
       * @enum {string}
       */
      dayCount?:
        | 'ACT/365F'
        | 'ACT/360'
        | 'ACT/365.25'
        | 'ACT/ACT ISDA'
        | 'ACT/ACT ICMA'
        | 'ACT/ACT AFB'
        | '30/360 US'
        | '30/360 BOND'
        | '30E/360'
        | '30E/360 ISDA'
      /** @description Days past due from which default may be declared */
      defaultAfterDays?: number
      /** @description From one instalment to the next */
      every: components['schemas']['PeriodResource']
      /** @description No bid may ask a higher rate: parts per million a year */
      highestRatePpm: number
      /** @description How many instalments */
      instalments: number
      /** @description The least that must come together; all of it when not given */
      leastAmount?: components['schemas']['PositiveMoney']
      /**
       * @description How the principal is repaid
       * @enum {string}
       */
      method: 'annuity' | 'equalPrincipal' | 'interestOnly' | 'bullet' | 'flat'
      /** @description What for. Public: no names, no contacts */
      purpose: string
      /** @description Who collects once for all lenders and passes on */
      servicer?: string
    }
    QuoteRequest: {
      /** @description How much, in the currency of the offer */
      amount: components['schemas']['PositiveMoney']
      /**
       * Format: date
       * @description When the first instalment is to be due: a shorter or longer first period
       * @example 2026-03-31
       */
      firstDueDate?: string
      /** @description How many instalments */
      instalments: number
      /**
       * Format: date
       * @description When the money would come; today when not given. The first tranche is paid out on it
       * @example 2026-03-31
       */
      startDate?: string
      /** @description The money in 2 to 24 parts, days ascending, which sum to the amount */
      tranches?: components['schemas']['TrancheRequest'][]
    }
    QuoteResource: {
      /** @description What it would cost */
      cost: components['schemas']['CostResource']
      /** @description Every instalment */
      instalments: components['schemas']['InstalmentResource'][]
      /** @description What would be paid out when */
      payouts: components['schemas']['PayoutResource'][]
      /** @description What would be lent */
      principal: components['schemas']['MoneyResource']
      /** @description What would be charged at the start */
      startCharges: components['schemas']['StartChargeResource'][]
    }
    RecalculationResource: {
      /** @description Overdue interest bears interest */
      compounding: boolean
      /**
       * @description Payments count from their day, or from the next due date
       * @enum {string}
       */
      rest: 'day' | 'instalment'
    }
    ReceiptResource: {
      /** @description The payment */
      payment: components['schemas']['PaymentResource']
      /** @description What payer and payee signed */
      proofs: components['schemas']['ProofResource'][]
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
      /** @description The operator who signs for an author without a phone */
      authorHeldBy: string | null
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
      /** @description Meant to settle the loan, with the amount of `getSettlement` for its day */
      settles?: boolean
      /**
       * Format: date
       * @description The day of the transfer; today when not given
       * @example 2026-03-31
       */
      valueDate?: string
    }
    RequestPage: {
      /** @description The items, in order */
      items: components['schemas']['RequestResource'][]
      /** @description Cursor of the page after; absent on the last */
      next?: string
    }
    RequestResource: {
      /** @description How much */
      amount: components['schemas']['MoneyResource']
      /** @description What they come to */
      bidAmount: components['schemas']['MoneyResource']
      /** @description Whether lenders can bid now */
      biddable: boolean
      /** @description Bids that can be taken now */
      bids: number
      /**
       * Format: date-time
       * @description Until when lenders can bid
       */
      closesAt: string
      /** @description Certified by a quorum of witnesses */
      final: boolean
      /** @description The highest rate that a bid may ask, a year, parts per million */
      highestRatePpm: number
      /** @description Its id */
      id: string
      /** @description How many instalments */
      instalments: number
      /** @description The least that must come together */
      leastAmount: components['schemas']['MoneyResource']
      /** @description The loan that was proposed for it */
      loan: string | null
      /**
       * Format: date-time
       * @description When it was published
       */
      publishedAt: string
      /** @description What for */
      purpose: string
      /** @description Who collects once for all lenders and passes on */
      servicer: string | null
      /**
       * @description `proposed`: an agreement waits for signatures. `agreed`: it is a loan
       * @enum {string}
       */
      status: 'open' | 'withdrawn' | 'proposed' | 'agreed'
      /** @description All terms; `annualRatePpm` is the highest that it may be */
      terms: components['schemas']['TermsResource']
    }
    RequiredAttestationResource: {
      /** @description By one of these verifiers, each by its key; none: by any member */
      from: string[]
      /** @description At least this level: 1 known to the verifier, 2 seen in documents, 3 checked at the source */
      level: number
      /**
       * @description Which fact
       * @enum {string}
       */
      what: 'identity' | 'incomeBand' | 'membership'
    }
    RestructuringPreviewResource: {
      /** @description As it would be */
      after: components['schemas']['ChangedRowResource'][]
      /** @description As it is */
      before: components['schemas']['ChangedRowResource'][]
      /**
       * Format: date
       * @description From when
       * @example 2026-03-31
       */
      effectiveOn: string
      /** @description All that would be unpaid */
      outstandingAfter: components['schemas']['MoneyResource']
      /** @description All that is unpaid now */
      outstandingBefore: components['schemas']['MoneyResource']
    }
    RestructuringRequest: {
      /** @description What is to change */
      change: components['schemas']['ChangeResource']
      /**
       * Format: date
       * @description From when; today when not given
       * @example 2026-03-31
       */
      effectiveOn?: string
      /** @description Hours in which the lender may sign; 168 when not given */
      expiresInHours?: number
      /** @description Why, for example hardship. Public: no names, no contacts */
      reason: string
    }
    RestructuringResource: {
      /** @description Who asked for it */
      by: string
      /** @description What is to change */
      change: components['schemas']['ChangeResource']
      /** @description Why it was declined */
      declinedBecause: string | null
      /**
       * Format: date
       * @description From when
       * @example 2026-03-31
       */
      effectiveOn: string
      /**
       * Format: date-time
       * @description Until when it can be signed
       */
      expiresAt: string
      /** @description Its id */
      id: string
      /** @description What can be done now: ids of operations of this API */
      may: string[]
      /** @description Why */
      reason: string
      /** @description Who must sign, and who did */
      signatures: components['schemas']['ChangeSignatureResource'][]
      /**
       * @description In force once it is concluded
       * @enum {string}
       */
      status: 'proposed' | 'declined' | 'lapsed' | 'concluded'
      /** @description The table that is signed for */
      table: components['schemas']['ChangedRowResource'][]
      /** @description Why it could not take effect */
      withoutEffect: string | null
    }
    RestructuringsResource: {
      /** @description All of them, oldest first */
      items: components['schemas']['RestructuringResource'][]
    }
    ReversalResource: {
      /**
       * Format: date-time
       * @description When it was accepted
       */
      acceptedAt: string | null
      /** @description So much of it is owed again; null: as if it had never been paid */
      amount: components['schemas']['MoneyResource'] | null
      /**
       * Format: date-time
       * @description When it was said
       */
      at: string
      /**
       * Format: date
       * @description From when it counts
       * @example 2026-03-31
       */
      countsFrom: string | null
      /** @description Its id */
      id: string
      /** @description The payment */
      payment: string
      /** @description Why */
      reason: string
    }
    RoundingResource: {
      /**
       * @description Which way
       * @enum {string}
       */
      mode: 'halfEven' | 'halfUp' | 'up' | 'down'
      /** @description To a multiple of so many minor units */
      toMultipleOf: number
    }
    ServicingResource: {
      /**
       * Format: date-time
       * @description Until when the borrower may withdraw; null without that right, or before the conclusion
       */
      cancellableUntil: string | null
      /** @description The withdrawal of the borrower */
      cancellation: components['schemas']['CancellationResource'] | null
      /** @description What was charged beside the table */
      charges: components['schemas']['ChargeResource'][]
      /** @description What was credited */
      credits: components['schemas']['CreditResource'][]
      /** @description Default that is in force */
      default: components['schemas']['DefaultResource'] | null
      /** @description Whether a change of its table is in force */
      restructured: boolean
      /** @description Payments that were taken back, or are to be */
      reversals: components['schemas']['ReversalResource'][]
      /** @description What settles the loan that day; null when nothing is owed */
      settlement: components['schemas']['MoneyResource'] | null
      /** @description What the lender wrote off */
      writtenOff: components['schemas']['WriteOffResource'] | null
    }
    SettlementResource: {
      /** @description What settles it */
      amount: components['schemas']['MoneyResource']
      /** @description The agreed fee for settling early, which is among the fees */
      earlySettlementFee: components['schemas']['MoneyResource']
      /**
       * Format: date
       * @description The last value date for which the same amount settles it, if nothing else happens
       * @example 2026-03-31
       */
      holdsUntil: string
      /** @description The loan */
      loan: string
      /**
       * Format: date
       * @description The value date that the money must have
       * @example 2026-03-31
       */
      on: string
      /** @description What it is made of */
      parts: components['schemas']['PartsResource']
      /** @description What would be paid more if it went on to its end */
      saved: components['schemas']['MoneyResource']
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
    StartChargeResource: {
      /** @description How much */
      amount: components['schemas']['MoneyResource']
      /** @description Kept back from the first payout; otherwise in the fees of the first instalment */
      deducted: boolean
      /** @description What it is called */
      name: string
    }
    TakenBidRequest: {
      /** @description How much of it, in the currency of the request */
      amount: components['schemas']['PositiveMoney']
      /** @description The bid */
      bid: string
    }
    TakenBidResource: {
      /** @description How much of it */
      amount: components['schemas']['MoneyResource']
      /** @description The bid */
      bid: string
      /** @description Identity of the lender */
      lender: string
      /** @description Pseudonym of the lender */
      lenderAlias: string | null
      /** @description The rate of this lender, a year, parts per million */
      ratePpm: number
    }
    TakeRequest: {
      /** @description These parts of these bids; the cheapest set that covers the request when not given */
      bids?: components['schemas']['TakenBidRequest'][]
      /** @description Hours until when all can sign; 72 when not given */
      expiresInHours?: number
      /**
       * Format: date
       * @description When the first instalment is to be due: a shorter or longer first period
       * @example 2026-03-31
       */
      firstDueDate?: string
      /**
       * Format: date
       * @description When interest begins; today when not given
       * @example 2026-03-31
       */
      startDate?: string
      /** @description The money in 2 to 24 parts, days ascending, which sum to the amount */
      tranches?: components['schemas']['TrancheRequest'][]
    }
    TermsResource: {
      /** @description What a payment goes to */
      allocation: components['schemas']['AllocationTermResource']
      /** @description Interest a year, parts per million */
      annualRatePpm: number
      /** @description Who may rule on payments and reversals */
      arbiter: string | null
      /** @description What does not count as late yet */
      arrears: components['schemas']['ToleranceResource']
      /** @description How due dates keep off weekends and holidays */
      businessDays: components['schemas']['BusinessDaysResource'] | null
      /** @description Charges at the start and with each instalment */
      charges: components['schemas']['ChargeTermResource'][]
      /** @description Days after the conclusion on which the borrower may withdraw */
      coolingOffDays: number
      /**
       * @description Interest by actual days; null when each period is the same part of a year
       * @enum {string|null}
       */
      dayCount:
        | 'ACT/365F'
        | 'ACT/360'
        | 'ACT/365.25'
        | 'ACT/ACT ISDA'
        | 'ACT/ACT ICMA'
        | 'ACT/ACT AFB'
        | '30/360 US'
        | '30/360 BOND'
        | '30E/360'
        | '30E/360 ISDA'
        | null
      /** @description Days past due from which the lender may declare default */
      defaultAfterDays: number
      /** @description Share of each payout that is kept back as a down payment, parts per million */
      downPaymentPpm: number
      /**
       * @description The day of the month that due dates are moved to
       * @enum {string}
       */
      dueOn: 'countedDay' | 'endOfMonth' | 'firstOfNextMonth'
      /** @description What settling early costs; a share is of principal not yet due */
      earlySettlementFee: components['schemas']['AmountOrShareResource'] | null
      /** @description What the lender may charge when something happens */
      eventCharges: components['schemas']['EventChargeResource'][]
      /** @description From one instalment to the next */
      every: components['schemas']['PeriodResource']
      /** @description A given instalment: how many there are follows */
      fixedInstalment: components['schemas']['MoneyResource'] | null
      /** @description First instalments in which less is to be paid */
      grace: components['schemas']['GraceResource']
      /** @description Of the instalment */
      instalmentRounding: components['schemas']['RoundingResource']
      /**
       * @description What instalments are sized on when the money comes in parts
       * @enum {string}
       */
      instalmentSizedOn: 'disbursed' | 'agreedPrincipal'
      /** @description Of interest */
      interestRounding: components['schemas']['RoundingResource']
      /** @description What may be charged for a late instalment */
      lateFee: components['schemas']['LateFeeResource'] | null
      /**
       * @description How the principal is repaid
       * @enum {string}
       */
      method: 'annuity' | 'equalPrincipal' | 'interestOnly' | 'bullet' | 'flat' | 'ownTable'
      /** @description Interest a year on overdue principal, beside the other, parts per million */
      penaltyRatePpm: number
      /** @description That part of a year; null: months by 12, weeks by 52, days by 365 */
      periodYears: components['schemas']['FractionResource'] | null
      /** @description Null: the signed table stands whatever is paid when */
      recalculation: components['schemas']['RecalculationResource'] | null
      /** @description Interest is rounded once a period, also where the balance changes inside of it */
      roundsInterestOnce: boolean
      /** @description The part that instalments are sized by where it is another one */
      sizingPeriodYears: components['schemas']['FractionResource'] | null
    }
    TimelineResource: {
      /** @description The records */
      items: components['schemas']['RecordResource'][]
    }
    ToleranceResource: {
      /** @description An amount overdue up to which nothing counts */
      amount: components['schemas']['MoneyResource']
      /** @description Days after a due date */
      graceDays: number
    }
    TrancheRequest: {
      /** @description How much, in the currency of the offer */
      amount: components['schemas']['PositiveMoney']
      /**
       * Format: date
       * @description When
       * @example 2026-03-31
       */
      date: string
    }
    TrancheResource: {
      /** @description How much */
      amount: components['schemas']['MoneyResource']
      /**
       * Format: date
       * @description When
       * @example 2026-03-31
       */
      date: string
    }
    WriteOffResource: {
      /** @description How much */
      amount: components['schemas']['MoneyResource']
      /**
       * Format: date
       * @description When
       * @example 2026-03-31
       */
      on: string
      /** @description Why */
      reason: string
      /** @description The record that says so */
      record: string
    }
    YearOfLoanResource: {
      /** @description Fees and penalties paid */
      feesPaid: components['schemas']['MoneyResource']
      /** @description Interest paid */
      interestPaid: components['schemas']['MoneyResource']
      /** @description The lender */
      lender: string
      /** @description Pseudonym of the lender */
      lenderAlias: string | null
      /** @description The loan */
      loan: string
    }
    YearStatementResource: {
      /** @description Whose */
      borrower: string
      /** @description By loan */
      items: components['schemas']['YearOfLoanResource'][]
      /** @description In all, by currency */
      totals: components['schemas']['YearTotalResource'][]
      /** @description The calendar year */
      year: number
    }
    YearTotalResource: {
      /** @description Fees and penalties paid */
      feesPaid: components['schemas']['MoneyResource']
      /** @description Interest paid */
      interestPaid: components['schemas']['MoneyResource']
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
      /** @description `no_identity`, `amount_out_of_range`, `instalments_out_of_range`, `own_offer`, `arbiter_is_party`, `attestation_missing`, `first_due_date_out_of_range`, `tranches_invalid`, `currency_differs`, `idempotency_key_reused` */
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
        status?:
          | 'proposed'
          | 'declined'
          | 'lapsed'
          | 'agreed'
          | 'active'
          | 'in_arrears'
          | 'defaulted'
          | 'recovering'
          | 'cancelled'
          | 'closed'
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
  cancelLoan: {
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
        'application/json': components['schemas']['CancelRequest']
      }
    }
    responses: {
      /** @description Withdraw from the loan within its cooling-off days */
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
      /** @description `loan_not_agreed`, `already_cancelled`, `loan_closed`, `request_in_progress` */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `no_identity`, `cooling_off_over`, `idempotency_key_reused` */
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
  getLoanHistory: {
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
      /** @description What happened to a loan, in the order of its writing */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['HistoryResource']
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
        status?: 'sent' | 'confirmed' | 'refused' | 'established' | 'reversed'
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
  getReceipt: {
    parameters: {
      query?: never
      header?: never
      path: {
        /** @description Id of the loan */
        loan: string
        /** @description Id of the payment */
        payment: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description A payment with the signed records that say so */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ReceiptResource']
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
      /** @description `loan_not_found`, `payment_not_found` */
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
  listRestructurings: {
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
      /** @description Changes of the table that were asked for, and what became of them */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['RestructuringsResource']
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
  proposeRestructuring: {
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
        'application/json': components['schemas']['RestructuringRequest']
      }
    }
    responses: {
      /** @description Ask the lender for a change of the table */
      201: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['RestructuringResource']
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
      /** @description `instalment_already_paid`, `interest_already_paused`, `request_in_progress` */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `no_identity`, `loan_not_active`, `loan_cancelled`, `loan_written_off`, `effective_day_out_of_range`, `instalment_unknown`, `reschedule_empty`, `reschedule_out_of_range`, `nothing_past_due`, `no_instalment_left`, `nothing_outstanding`, `own_table_not_restructured`, `idempotency_key_reused` */
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
  getRestructuring: {
    parameters: {
      query?: never
      header?: never
      path: {
        /** @description Id of the loan */
        loan: string
        /** @description Id of the restructuring */
        restructuring: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description One of them, with the table that is signed for */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['RestructuringResource']
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
      /** @description `loan_not_found`, `restructuring_not_found` */
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
  declineRestructuring: {
    parameters: {
      query?: never
      header: {
        /** @description Names this change: 8 to 128 visible ASCII characters, for example a random UUID. A repeated request under the same key gets the first answer, with `Idempotency-Replayed: true`. */
        'Idempotency-Key': string
      }
      path: {
        /** @description Id of the loan */
        loan: string
        /** @description Id of the restructuring */
        restructuring: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['DeclineRestructuringRequest']
      }
    }
    responses: {
      /** @description Decline a change that the lender asked for */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['RestructuringResource']
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
      /** @description `loan_not_found`, `restructuring_not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `already_declined`, `change_closed`, `request_in_progress` */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `no_identity`, `own_proposal`, `idempotency_key_reused` */
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
  signRestructuring: {
    parameters: {
      query?: never
      header: {
        /** @description Names this change: 8 to 128 visible ASCII characters, for example a random UUID. A repeated request under the same key gets the first answer, with `Idempotency-Replayed: true`. */
        'Idempotency-Key': string
      }
      path: {
        /** @description Id of the loan */
        loan: string
        /** @description Id of the restructuring */
        restructuring: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Sign a change that the lender asked for */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['RestructuringResource']
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
      /** @description `loan_not_found`, `restructuring_not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `already_signed`, `change_closed`, `change_expired`, `request_in_progress` */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `no_identity`, `table_outdated`, `idempotency_key_reused` */
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
  previewRestructuring: {
    parameters: {
      query?: never
      header?: never
      path: {
        /** @description Id of the loan */
        loan: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['PreviewRestructuringRequest']
      }
    }
    responses: {
      /** @description The table that a change would make */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['RestructuringPreviewResource']
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
      /** @description `instalment_already_paid`, `interest_already_paused` */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `no_identity`, `loan_not_active`, `loan_cancelled`, `loan_written_off`, `effective_day_out_of_range`, `instalment_unknown`, `reschedule_empty`, `reschedule_out_of_range`, `nothing_past_due`, `no_instalment_left`, `nothing_outstanding`, `own_table_not_restructured` */
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
  acceptReversal: {
    parameters: {
      query?: never
      header: {
        /** @description Names this change: 8 to 128 visible ASCII characters, for example a random UUID. A repeated request under the same key gets the first answer, with `Idempotency-Replayed: true`. */
        'Idempotency-Key': string
      }
      path: {
        /** @description Id of the loan */
        loan: string
        /** @description Id of the reversal */
        reversal: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Accept that a payment which the lender had confirmed did not come after all */
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
      /** @description `not_allowed` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `loan_not_found`, `reversal_not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `already_accepted`, `request_in_progress` */
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
  getSettlement: {
    parameters: {
      query?: {
        /** @description The value date that the money is to have; today when not given */
        on?: string
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
      /** @description What settles the loan on a day, to the minor unit */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['SettlementResource']
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
      /** @description `loan_closed` */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `no_identity`, `loan_not_active`, `date_out_of_range` */
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
  getLoanStatement: {
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
      /** @description Every movement of a loan in the borrower's books, with the record behind it */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['LoanStatementResource']
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
      /** @description `amount_out_of_range`, `instalments_out_of_range`, `currency_differs`, `first_due_date_out_of_range`, `tranches_invalid`, `does_not_amortise`, `cost_undefined` */
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
  setPayeeDetails: {
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
        'application/json': components['schemas']['PayeeDetailsRequest']
      }
    }
    responses: {
      /** @description Say where to be paid */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['PayeeResource']
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
      /** @description `request_in_progress` */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `no_identity`, `payee_malformed`, `idempotency_key_reused` */
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
  getPayee: {
    parameters: {
      query?: never
      header?: never
      path: {
        /** @description Whom to pay */
        payee: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Where to pay someone */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['PayeeResource']
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
      /** @description `not_a_party`, `not_allowed` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `payee_details_not_found` */
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
  listRequests: {
    parameters: {
      query?: {
        /** @description `next` of the page before */
        cursor?: string
        /** @description Most items in the answer; 50 when not given */
        limit?: number
        /** @description Only those that are so */
        status?: 'open' | 'withdrawn' | 'proposed' | 'agreed'
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Own requests, newest first */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['RequestPage']
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
  publishRequest: {
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
        'application/json': components['schemas']['PublishRequest']
      }
    }
    responses: {
      /** @description Ask lenders for a loan */
      201: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['RequestResource']
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
      /** @description `no_network`, `request_in_progress` */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `no_identity`, `currency_unknown`, `currency_differs`, `amount_range_empty`, `closes_in_the_past`, `arbiter_is_party`, `servicer_is_borrower`, `terms_contradictory`, `idempotency_key_reused` */
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
  getRequest: {
    parameters: {
      query?: never
      header?: never
      path: {
        /** @description Id of the request */
        request: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description One own request */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['RequestResource']
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
      /** @description `request_not_found` */
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
  listBids: {
    parameters: {
      query?: {
        /** @description `next` of the page before */
        cursor?: string
        /** @description Most items in the answer; 50 when not given */
        limit?: number
        /** @description Only those that are so */
        status?: 'open' | 'withdrawn' | 'expired' | 'taken' | 'agreed'
      }
      header?: never
      path: {
        /** @description Id of the request */
        request: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description What lenders bid on an own request, newest first */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['BidPage']
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
      /** @description `request_not_found` */
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
  chooseBids: {
    parameters: {
      query?: never
      header?: never
      path: {
        /** @description Id of the request */
        request: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['ChoiceRequest']
      }
    }
    responses: {
      /** @description The cheapest set of bids, or one of your own, as one loan */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ChoiceResource']
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
      /** @description `request_not_found`, `bid_not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `request_withdrawn`, `bid_withdrawn`, `bid_expired` */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `no_identity`, `request_agreed`, `request_proposed`, `bids_insufficient`, `share_outside_bid`, `amount_out_of_range`, `terms_not_divisible`, `start_date_out_of_range`, `currency_differs` */
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
  takeBids: {
    parameters: {
      query?: never
      header: {
        /** @description Names this change: 8 to 128 visible ASCII characters, for example a random UUID. A repeated request under the same key gets the first answer, with `Idempotency-Replayed: true`. */
        'Idempotency-Key': string
      }
      path: {
        /** @description Id of the request */
        request: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['TakeRequest']
      }
    }
    responses: {
      /** @description Propose and sign the agreement of such a choice */
      201: {
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
      /** @description `request_not_found`, `bid_not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `request_withdrawn`, `bid_withdrawn`, `bid_expired`, `request_in_progress` */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `no_identity`, `request_agreed`, `request_proposed`, `bids_insufficient`, `share_outside_bid`, `amount_out_of_range`, `terms_not_divisible`, `start_date_out_of_range`, `currency_differs`, `idempotency_key_reused` */
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
  withdrawRequest: {
    parameters: {
      query?: never
      header: {
        /** @description Names this change: 8 to 128 visible ASCII characters, for example a random UUID. A repeated request under the same key gets the first answer, with `Idempotency-Replayed: true`. */
        'Idempotency-Key': string
      }
      path: {
        /** @description Id of the request */
        request: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Withdraw a request */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['RequestResource']
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
      /** @description `request_not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `request_withdrawn`, `request_in_progress` */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `no_identity`, `request_agreed`, `idempotency_key_reused` */
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
  getYearStatement: {
    parameters: {
      query?: never
      header?: never
      path: {
        /** @description The calendar year */
        year: number
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Interest and fees that were paid in a calendar year */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['YearStatementResource']
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
}
