/** What a node that follows loans has: every rule and every table of them. */
import { ledgerMigrations } from '#libs/ledger'
import { loanMigrations, loanProjections, loanRules } from '#libs/loans'
import { offerMigrations, offerProjections, offerRules } from '#libs/offers'
import { paymentMigrations, paymentProjections, paymentRules } from '#libs/payments'
import { requestMigrations, requestProjections, requestRules } from '#libs/requests'
import type { Lending } from '../../libs/replication/src/testing/replicating-node.js'

/** `threads`: those that verify others' records. */
export const lending = (dataDir: string, threads: number): Lending => ({
  rules: [offerRules, requestRules, loanRules, paymentRules],
  store: {
    dataDir,
    verifyingThreads: threads,
    projections: [...offerProjections, ...requestProjections, ...loanProjections, ...paymentProjections],
    migrations: [
      ...offerMigrations,
      ...requestMigrations,
      ...ledgerMigrations,
      ...loanMigrations,
      ...paymentMigrations,
    ],
  },
})
