/** Runs every case of a folder of golden files through the engine, choosing by kind alone. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { listOf, objectOf, textOf, type Difference, type JsonObject, type KindRunner } from './case.js'
import * as amounts from './kinds/amounts.js'
import { loanScenario } from './kinds/loan.js'
import * as rates from './kinds/rates.js'

const KINDS: Record<string, KindRunner> = {
  amortization_schedule: loanScenario,
  repayment_recalculation: loanScenario,
  allocation_strategy: loanScenario,
  reschedule: loanScenario,
  sale_accounting: loanScenario,
  charge_off_accounting: loanScenario,
  chargeback_accounting: loanScenario,
  emi_progressive: amounts.progressive,
  daycount_30_360: rates.dayCount,
  daycount_actact: rates.dayCount,
  daycount_actual: rates.dayCount,
  apr_us_actuarial: rates.usRate,
  aprc_eu: rates.euRate,
  aprc_eu_time: rates.euTime,
  tvm: rates.timeValue,
  xirr: rates.datedReturn,
  pro_rata: amounts.proRata,
  frappe_term_loan: amounts.termLoan,
  frappe_due_dates: amounts.dueDays,
  last_instalment_absorbs: amounts.lastAbsorbs,
  collateral: amounts.collateral,
  pool_accounting: amounts.pool,
  default_first_loss: amounts.firstLoss,
}

export interface CaseResult {
  file: string
  id: string
  kind: string
  differences: Difference[]
  /** Reported, but never a failure. */
  underspecified: boolean
}

/** Every case of every `*.json` file of the folder, in order. */
export function runFolder(folder: string): CaseResult[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'))
  return files.sort().flatMap((file) => {
    const content = JSON.parse(readFileSync(join(folder, file), 'utf8')) as JsonObject
    return listOf(content['cases'], 'cases').map((value) => runCase(file, objectOf(value, 'case')))
  })
}

function runCase(file: string, golden: JsonObject): CaseResult {
  const kind = textOf(golden['kind'], 'kind')
  return {
    file,
    id: textOf(golden['id'], 'id'),
    kind,
    differences: differencesOf(kind, golden),
    underspecified: golden['underspecified'] === true,
  }
}

function differencesOf(kind: string, golden: JsonObject): Difference[] {
  const run = Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined
  if (!run) return [{ path: 'kind', expected: kind, got: 'unknown' }]
  try {
    return run(objectOf(golden['inputs'], 'inputs'), golden['expected']!)
  } catch (error) {
    return [
      { path: 'inputs', expected: 'a case of its kind', got: error instanceof Error ? error.message : String(error) },
    ]
  }
}

/** The cases that count as failures. */
export function failures(results: readonly CaseResult[]): CaseResult[] {
  return results.filter(({ differences, underspecified }) => differences.length > 0 && !underspecified)
}
