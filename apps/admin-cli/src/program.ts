/** The command line as a whole: every command, and what its end means to a script. */
import { Argument, Command, CommanderError } from 'commander'
import { addAttestationCommands } from './commands/attestations.js'
import { addBidCommands } from './commands/bids.js'
import { addNoteCommands } from './commands/notes.js'
import { addIdentityCommands } from './commands/identity.js'
import { addCollateralCommands } from './commands/collateral.js'
import { addDisputeCommands } from './commands/disputes.js'
import { addGuaranteeCommands } from './commands/guarantees.js'
import { addLedgerCommands } from './commands/ledger.js'
import { addLoanCommands } from './commands/loans.js'
import { addNetworkCommands } from './commands/network.js'
import { addNodeCommands } from './commands/node.js'
import { addOfferCommands } from './commands/offers.js'
import { addOperatorCommands } from './commands/operators.js'
import { addPayeeCommands } from './commands/payees.js'
import { addPaymentCommands } from './commands/payments.js'
import { addPeerCommands } from './commands/peers.js'
import { addSyncCommands } from './commands/sync.js'
import { addRecordCommands } from './commands/records.js'
import { addReportCommands } from './commands/reports.js'
import { addRequestCommands } from './commands/requests.js'
import { addStoreCommands } from './commands/store.js'
import { addTrackRecordCommands } from './commands/track-record.js'
import { addUserCommands } from './commands/users.js'
import { addVouchCommands } from './commands/vouches.js'
import { completionScript, SHELLS } from './completion.js'
import { EXIT } from './exit-code.js'
import { NotReachable, Refused } from './node-connection.js'
import { id } from './options.js'
import { Session } from './session.js'
import type { Terminal } from './terminal.js'

/**
 * Every command, for a terminal. Wrong usage and help throw CommanderError, wrong usage after a word to `complain`; `endWith`
 * hears of an exit code other than 0.
 */
export function createProgram(
  terminal: Terminal,
  endWith: (code: number) => void,
  complain: (text: string) => void = terminal.err,
): Command {
  const program = new Command('mutuo')
    .description('Administers a node: people lend to each other by signed records, and each node holds them all.')
    .option('--data <dir>', "the node's data directory (MUTUO_DATA; otherwise .mutuo)")
    .option('--node <key>', 'a node anywhere, by its key; it must know your key as an operator', id)
    .option('--as <key>', 'act for a person without a phone whose identity this node holds', id)
    .option('--json', 'answer as one line of JSON, for programs')
    .option('-q, --quiet', 'no progress and no remarks on stderr')
    .version(VERSION)
    .configureHelp({ showGlobalOptions: true, sortSubcommands: false })
    .configureOutput({ writeOut: terminal.out, writeErr: complain })
    .showHelpAfterError('(add --help for how it is used)')
    .showSuggestionAfterError()
    .exitOverride()
    .addHelpText(
      'after',
      `
Examples:
  $ mutuo start --background          start a node
  $ mutuo network create "Village"    make a network
  $ mutuo invite create               invite someone
  $ mutuo verify                      re-check everything that the node holds

Exit codes: 0 done; 1 refused, failed or problems found; 2 wrong usage; 3 no node answers.`,
    )
  const sessionOf = (command: Command): Session => new Session(terminal, command.optsWithGlobals(), endWith)
  addNodeCommands(program, sessionOf)
  addNetworkCommands(program, sessionOf)
  addIdentityCommands(program, sessionOf)
  addAttestationCommands(program, sessionOf)
  addPeerCommands(program, sessionOf)
  addSyncCommands(program, sessionOf)
  addRecordCommands(program, sessionOf)
  addStoreCommands(program, sessionOf)
  addOfferCommands(program, sessionOf)
  addRequestCommands(program, sessionOf)
  addBidCommands(program, sessionOf)
  addNoteCommands(program, sessionOf)
  addLoanCommands(program, sessionOf)
  addPaymentCommands(program, sessionOf)
  addGuaranteeCommands(program, sessionOf)
  addCollateralCommands(program, sessionOf)
  addDisputeCommands(program, sessionOf)
  addVouchCommands(program, sessionOf)
  addPayeeCommands(program, sessionOf)
  addLedgerCommands(program, sessionOf)
  addReportCommands(program, sessionOf)
  addTrackRecordCommands(program, sessionOf)
  addUserCommands(program, sessionOf)
  addOperatorCommands(program, sessionOf)
  program
    .command('completion')
    .description('Print a completion script for a shell')
    .addArgument(new Argument('<shell>', 'which').choices(SHELLS))
    .addHelpText(
      'after',
      '\nExamples:\n  $ eval "$(mutuo completion bash)"\n  $ mutuo completion zsh > ~/.zfunc/_mutuo',
    )
    .action((shell: (typeof SHELLS)[number]) => terminal.out(`${completionScript(program, shell)}\n`))
  return program
}

/** As package.json has it. */
const VERSION = '0.1.0'

/** Runs one command line (without the program's own name) and returns its exit code. */
export async function run(argv: readonly string[], terminal: Terminal): Promise<number> {
  const json = argv.includes('--json')
  let code: number = EXIT.ok
  try {
    const complain = json ? () => undefined : terminal.err
    await createProgram(terminal, (other) => (code = other), complain).parseAsync(argv, { from: 'user' })
    return code
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return EXIT.ok
      if (json) terminal.err(`${JSON.stringify(usageAsJson(error))}\n`)
      return EXIT.usage
    }
    terminal.err(`${json ? JSON.stringify(errorAsJson(error)) : errorText(error)}\n`)
    return error instanceof NotReachable ? EXIT.unreachable : EXIT.failed
  }
}

/** One line for a person: what went wrong, and the details that the node gave. */
function errorText(error: unknown): string {
  if (error instanceof Refused) {
    const { refused, ...details } = error.refusal
    const rest = Object.entries(details).map(([name, value]) => `${name}: ${JSON.stringify(value)}`)
    return [`refused: ${refused.replaceAll('_', ' ')}`, ...rest].join('\n  ')
  }
  if (error instanceof NotReachable) return `${error.message}\n  ${error.hint}`
  return `failed: ${error instanceof Error ? error.message : String(error)}`
}

function usageAsJson({ code, message }: CommanderError): object {
  const said = code === 'commander.help' ? 'a command is missing' : message.replace(/^error: /, '')
  return { refused: 'usage_wrong', message: said }
}

/** The same for a program: the refusal as the node gave it, or a name of ours. */
function errorAsJson(error: unknown): object {
  if (error instanceof Refused) return error.refusal
  const message = error instanceof Error ? error.message : String(error)
  return { refused: error instanceof NotReachable ? 'node_unreachable' : 'failed', message }
}
