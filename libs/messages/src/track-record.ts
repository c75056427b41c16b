import type { Actor, Message, Page } from './envelope.js'
import type { NewcomerView } from './network.js'

/**
 * What is counted of a person. As borrower: `borrowed` (loans paid out, or taken over), `repaid` (principal), `instalments` (due so far), `defaults`,
 * `lossesCaused` (written off by lenders). As lender: `lent` (shares of loans paid out), `bought` and `sold` (notes), `losses` (written
 * off). As guarantor: `guaranteed` (caps), `called`, `honoured` (paid of calls). As verifier: `attested`, `revoked`. In general:
 * `disputesOpened`, `disputesAgainst` (about what the person wrote), `disputesLost`, `forks` (places where two histories were signed).
 */
export type TrackFigure =
  | ('borrowed' | 'repaid' | 'instalments' | 'defaults' | 'lossesCaused')
  | ('lent' | 'bought' | 'sold' | 'losses')
  | ('guaranteed' | 'called' | 'honoured')
  | ('attested' | 'revoked')
  | ('disputesOpened' | 'disputesAgainst' | 'disputesLost' | 'forks')

/** One figure of one currency. `amount` in minor units; 0 and null currency where nothing is a sum of money. */
export interface TrackSum {
  figure: TrackFigure
  currency: string | null
  count: number
  amount: number
}

/** What records say of a person as of a day; nobody typed any of it. */
export interface TrackRecordView {
  identity: string
  alias: string | null
  /** The operator who signs for a person without a phone. */
  heldBy: string | null
  memberSinceMs: number | null
  asOf: string
  sums: TrackSum[]
  /** Of all instalments due so far, in any currency. `onTimePpm`: parts per million within the days of grace, rounded down; null before any was due. */
  punctuality: { due: number; onTime: number; onTimePpm: number | null; worstDelayDays: number }
  /** What the network lets this person borrow as a newcomer; null where it sets no limits. */
  newcomer: NewcomerView | null
}

/** One record behind a figure. */
export interface TrackEvidence {
  figure: TrackFigure
  /** The record that says so; of an instalment the agreement that it is of. */
  record: string
  loan: string | null
  currency: string | null
  amount: number
  /** The day on which it counts. */
  date: string
  /** Of an instalment: how late it was paid, or is by now; null for all else. */
  daysLate: number | null
}

export interface TrackRecordMessages {
  /** Anyone's, by what this node holds. Refuses: no_network, identity_not_found. */
  'trackRecords.show': Message<{ identity: string; asOf?: string }, TrackRecordView>
  /** The records behind a figure, newest first; `cursor`: where the page before ended. Refuses: no_network, identity_not_found, cursor_malformed. */
  'trackRecords.evidence': Message<
    { actor: Actor; identity: string; figure: TrackFigure; asOf?: string; limit?: number; cursor?: string },
    Page<TrackEvidence>
  >
}
