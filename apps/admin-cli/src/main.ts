#!/usr/bin/env node
/** `mutuo`: the operator's command line. */
import { run } from './program.js'
import { processTerminal } from './terminal.js'

// Whoever reads may stop reading (`mutuo members | head`): then there is nobody left to tell.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})

process.exitCode = await run(process.argv.slice(2), processTerminal)
