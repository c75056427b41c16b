#!/usr/bin/env node
/** `npm start -- --demo`: three nodes and their loans, to look at. `npm run demo -- --once`: the same, checked, then gone. */
import { audit, found, Lab, martasLogin, Narrator } from '#libs/lab'
import { askAround } from './asking-around.js'
import { sellNote } from './note-market.js'
import { play, storyDays } from './story.js'
import { takeOver } from './taken-over.js'

const once = process.argv.includes('--once')
const narrator = new Narrator()
const lab = await Lab.open()
const interrupted = new Promise<void>((resolve) => {
  process.once('SIGINT', resolve)
  process.once('SIGTERM', resolve)
})

try {
  const ended = await Promise.race([demonstrate(), interrupted.then(() => null)])
  if (ended === null) process.exitCode = 130
} catch (error) {
  process.stderr.write(`\nThe demonstration failed: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
} finally {
  await lab.close({ keepData: once })
}
process.exit()

async function demonstrate(): Promise<true> {
  lab.clock.startAt(new Date(Date.now() - storyDays * 86_400_000).toISOString().slice(0, 10))
  const community = await found(lab, narrator)
  await play(community, lab.clock, narrator)
  const { shared } = await askAround(community, lab.clock, narrator)
  await sellNote(community, narrator, shared)
  await takeOver(community, lab.clock, lab.folder('paper'), narrator)
  const result = await audit(community, lab.folder('exports'), narrator)
  if (once) {
    console.log(JSON.stringify({ ...result, seconds: Math.round(narrator.seconds()) }))
    if (!result.ok) process.exitCode = 1
    return true
  }
  const [lender, borrower, witness] = community.nodes
  console.log(`
The community is up, with ${result.records} records on each of three nodes. Look around:

  the lender's page        ${lender!.addresses.web}     sign in as ${martasLogin.name}, password ${martasLogin.password}
  the borrower API         ${borrower!.addresses.borrowerApi}/docs
  the borrower's node      ${borrower!.addresses.web}
  the witness's node       ${witness!.addresses.web}
  a command line           MUTUO_DATA=${lender!.options.dataDir} npm run mutuo -- status

Ctrl-C stops all three and removes their data.`)
  await interrupted
  return true
}
