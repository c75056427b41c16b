/** Own appends of the moment in one transaction: they share its commit, and each sees those before it. */
import { fromText } from '#libs/record'
import type { DataSource, EntityManager } from 'typeorm'
import type { Acceptance } from './acceptance.shell.js'
import { Appending, type AppendOutcome, type AppendRequest } from './appending.shell.js'
import { indexRest } from './indexing.shell.js'
import { acceptanceOf, type Ground } from './ingest/general.shell.js'
import { type FoundLogs, underLogs } from './locks.shell.js'
import type { Signer } from './ports.js'

/** Thrown to roll an own admission back that the rules find void: `decide` should have refused it. */
export class AdmissionVoid extends Error {
  constructor(readonly ids: readonly string[]) {
    super('admission_void')
  }
}

/** Thrown when the connection was lost while committing. */
export class CommitUnclear extends Error {
  constructor(cause: unknown) {
    super('commit unclear', { cause })
  }
}

/** Decides, signs and writes a batch of appends. Throws AdmissionVoid, CommitUnclear, and what broke before the commit. */
export async function writeAppends(
  database: DataSource,
  ground: Ground,
  signer: Signer,
  batch: readonly AppendRequest[],
): Promise<{ acceptance: Acceptance; outcomes: AppendOutcome[]; written: Appending['written'] }> {
  let committing = false
  const write = async (manager: EntityManager, { unindexed }: FoundLogs) => {
    if (unindexed) await indexRest(manager, ground.rules)
    const acceptance = acceptanceOf(manager, ground)
    const logs = batch.flatMap(({ net, author }) =>
      net === null ? [] : [{ net: fromText(net), author: fromText(author) }],
    )
    await acceptance.load(logs)
    const appending = new Appending(manager, acceptance, ground.rules, signer, ground.clock)
    const outcomes: AppendOutcome[] = []
    for (const append of batch) outcomes.push(await appending.append(append))
    await acceptance.wake()
    await acceptance.write()
    const invalid = await acceptance.foundVoid()
    if (invalid.length > 0) throw new AdmissionVoid(invalid)
    committing = true
    return { acceptance, outcomes, written: appending.written }
  }
  return underLogs(database, write).catch((error: unknown) => {
    throw committing ? new CommitUnclear(error) : error
  })
}
