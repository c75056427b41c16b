/** Every command and query that a node answers, by pattern: the one contract between the node and its faces. */
import type { AccountMessages } from './accounts.js'
import type { AttestationMessages } from './attestations.js'
import type { CollateralMessages } from './collateral.js'
import type { DisputeMessages } from './disputes.js'
import type { GuaranteeMessages } from './guarantees.js'
import type { NoteMessages } from './notes.js'
import type { LedgerMessages } from './ledger.js'
import type { LoanMessages } from './loans.js'
import type { NetworkMessages } from './network.js'
import type { OfferMessages } from './offers.js'
import type { PayeeMessages } from './payees.js'
import type { PaymentMessages } from './payments.js'
import type { ProfileMessages } from './profiles.js'
import type { ReplicationMessages } from './replication.js'
import type { ReportMessages } from './reports.js'
import type { RequestMessages } from './requests.js'
import type { ServicingMessages } from './servicing-messages.js'
import type { StoreMessages } from './store.js'
import type { TrackRecordMessages } from './track-record.js'
import type { VouchMessages } from './vouches.js'

export interface NodeMessages
  extends
    AccountMessages,
    NetworkMessages,
    ProfileMessages,
    VouchMessages,
    AttestationMessages,
    OfferMessages,
    RequestMessages,
    LoanMessages,
    GuaranteeMessages,
    CollateralMessages,
    DisputeMessages,
    PayeeMessages,
    PaymentMessages,
    NoteMessages,
    LedgerMessages,
    ReportMessages,
    TrackRecordMessages,
    ServicingMessages,
    StoreMessages,
    ReplicationMessages {}

/** Patterns answered once. */
export type MessageName = {
  [Name in keyof NodeMessages]: NodeMessages[Name] extends { answer: unknown } ? Name : never
}[keyof NodeMessages]

/** Patterns answered by a stream. */
export type StreamName = Exclude<keyof NodeMessages, MessageName>

export type RequestOf<Name extends keyof NodeMessages> = NodeMessages[Name]['request']
export type AnswerOf<Name extends MessageName> = NodeMessages[Name]['answer']
export type ItemOf<Name extends StreamName> = NodeMessages[Name]['items']
