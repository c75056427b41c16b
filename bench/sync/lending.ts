/** What a node that follows loans has: every rule and every table of them. */
import { ledgerMigrations } from '#libs/ledger'
import { loanMigrations, loanProjections, loanRules } from '#libs/loans'
import { offerMigrations, offerProjections, offerRules } from '#libs/offers'
import { paymentMigrations, paymentProjections, paymentRules } from '#libs/payments'
import type { Lending } from '../../libs/replication/src/testing/replicating-node.js'

/** `threads`: those that verify others' records. */
export const lending = (dataDir: string, threads: number): Lending => ({
  rules: [offerRules, loanRules, paymentRules],
  store: {
    dataDir,
    verifyingThreads: threads,
    projections: [...offerProjections, ...loanProjections, ...paymentProjections],
    migrations: [...offerMigrations, ...ledgerMigrations, ...loanMigrations, ...paymentMigrations],
  },
})
