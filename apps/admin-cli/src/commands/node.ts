/** `mutuo init`, `start`, `stop`, `status`, `dht`: the node as a process. */
import { type Command, InvalidArgumentError } from 'commander'
import { quotedPath } from '../../../node/src/data-dir.js'
import {
  answers,
  logPath,
  prepareData,
  startBackground,
  startForeground,
  tailOfLog,
  untilGone,
  untilReady,
  type Ready,
} from '../daemon.js'
import { EXIT } from '../exit-code.js'
import { bytes, instant } from '../format.js'
import { given, wholeNumber } from '../options.js'
import type { Session, SessionOf } from '../session.js'

/** Making a database and keys takes about a second; a slow disk takes longer. */
const READY_MS = 60_000

export function addNodeCommands(program: Command, sessionOf: SessionOf): void {
  program
    .command('init')
    .description('Prepare a data directory: keys and database, without going on the network')
    .addHelpText('after', '\nExamples:\n  $ mutuo init --data ~/mutuo\n  $ MUTUO_PASSPHRASE=… mutuo init')
    .action(async (_options: object, command: Command) => {
      const session = sessionOf(command)
      hereOnly(session, command)
      if (prepareData(session.data)) session.say(`${session.data} exists; making what is missing`)
      const env = { ...session.terminal.env, MUTUO_BOOTSTRAP: 'none', MUTUO_PORT: '0' }
      await inBackground(session, env)
      const status = await session.withNode(async (node) => {
        const answer = await node.ask('node.status', {})
        await node.ask('node.stop', {})
        return answer
      })
      await untilGone(session.socketPath, READY_MS)
      const answer = { data: session.data, nodeKey: status.nodeKey, version: status.version }
      const path = quotedPath(session.data)
      session.print(answer, () => `${path} is ready. Start the node with: mutuo start --data ${path}`)
    })

  program
    .command('start')
    .description('Start the node; in the foreground unless told otherwise')
    .option('--port <port>', 'of the web page and borrower API on loopback; 0 takes any', wholeNumber(0, 65535))
    .option('--bootstrap <addresses>', 'DHT nodes, host:port separated by commas; "none": no network')
    .option('--background', 'return once it is ready; it logs to node.log in the data directory')
    .addHelpText(
      'after',
      '\nExamples:\n  $ mutuo start\n  $ mutuo start --background --port 0\n  $ mutuo start --bootstrap 127.0.0.1:49737',
    )
    .action(async (options: { port?: number; bootstrap?: string; background?: boolean }, command: Command) => {
      const session = sessionOf(command)
      hereOnly(session, command)
      if (await answers(session.socketPath)) throw new Error(`a node already runs on ${session.data}`)
      prepareData(session.data)
      const set = given({ MUTUO_PORT: options.port?.toString(), MUTUO_BOOTSTRAP: options.bootstrap })
      const env = { ...session.terminal.env, ...set }
      if (options.background) {
        const ready = await inBackground(session, env)
        session.print(ready, () => readyText(session, ready))
        return
      }
      session.endWith((await startForeground({ data: session.data, env })) === 0 ? EXIT.ok : EXIT.failed)
    })

  program
    .command('stop')
    .description('Stop the node, and wait until it is gone')
    .addHelpText('after', '\nExamples:\n  $ mutuo stop')
    .action(async (_options: object, command: Command) => {
      const session = sessionOf(command)
      const answer = await session.withNode((node) => node.ask('node.stop', {}))
      if (session.remote === undefined) await untilGone(session.socketPath, READY_MS)
      session.print(answer, () => 'stopped')
    })

  program
    .command('status')
    .description('Whether the node runs, what it holds, and how far it is')
    .addHelpText('after', '\nExamples:\n  $ mutuo status\n  $ mutuo status --json | jq .records')
    .action(async (_options: object, command: Command) => {
      const session = sessionOf(command)
      const status = await session.withNode((node) => node.ask('node.status', {}))
      session.print(status, () =>
        session.pairs([
          ['version', status.version],
          ['running since', instant(status.startedAtMs)],
          ['network', status.network === null ? 'none yet' : `${status.network.name} (${status.network.id})`],
          ['identity', status.identity],
          ['node key', status.nodeKey],
          ['peers', status.peers],
          ['records', `${status.records} of ${status.authors} authors, ${status.finalRecords} final`],
          ['waiting', `${status.staged} staged records, ${status.dirty} subjects to project`],
          ['forks seen', status.forks],
          ['memory', bytes(status.rssBytes)],
          ['web page', status.addresses.web],
          ['borrower API', status.addresses.borrowerApi],
          ['socket', status.addresses.socket],
        ]),
      )
    })

  program
    .command('dht')
    .description('Run a private DHT bootstrap node, for networks that keep off the public one')
    .option('--port <port>', 'UDP port; 0 takes any', wholeNumber(0, 65535), 49737)
    .option('--host <address>', 'address to bind to and to be known by', '127.0.0.1')
    .option('--bootstrap <addresses>', 'nodes of the DHT to join, host:port separated by commas', dhtAddresses, [])
    .addHelpText(
      'after',
      '\nExamples:\n  $ mutuo dht --port 49737\n  $ mutuo start --bootstrap 127.0.0.1:49737' +
        '\n  $ mutuo dht --host 192.0.2.7 --bootstrap 192.0.2.6:49737',
    )
    .action(async (options: { port: number; host: string; bootstrap: DhtAddress[] }, command: Command) => {
      const session = sessionOf(command)
      const { DhtNode } = await import('#libs/swarm')
      const dht = await DhtNode.start(options)
      const address = `${options.host}:${dht.port}`
      session.print({ address }, () => `DHT bootstrap on ${address}; stop with Ctrl-C`)
      await new Promise((resolve) => process.once('SIGINT', resolve).once('SIGTERM', resolve))
      await dht.stop()
    })
}

interface DhtAddress {
  host: string
  port: number
}

/** Parses host:port,… Throws commander's InvalidArgumentError. */
function dhtAddresses(text: string): DhtAddress[] {
  return text.split(',').map((address) => {
    const [, host, port] = /^([^:\s]+):(\d{1,5})$/.exec(address.trim()) ?? []
    if (!host || Number(port) < 1 || Number(port) > 65_535)
      throw new InvalidArgumentError('host:port, separated by commas.')
    return { host, port: Number(port) }
  })
}

/** A node is made and started on the machine that it runs on: anything else is wrong usage. */
function hereOnly(session: Session, command: Command): void {
  if (session.remote !== undefined)
    command.error(`error: ${command.name()} is for a node on this machine, not for --node`)
}

/** Where to go; for the first account, with the token that makes it. */
function readyText(session: Session, { web, borrowerApi, setupToken }: Ready): string {
  return session.pairs([
    ['web page', setupToken === null ? web : `${web}/#setup=${setupToken}`],
    ['borrower API', borrowerApi],
    ['log', logPath(session.data)],
  ])
}

/** Starts a node in the background and waits for it; when it fails, its last words are the error. */
async function inBackground(session: Session, env: Readonly<Record<string, string | undefined>>): Promise<Ready> {
  const progress = session.progress()
  progress.show('starting the node …')
  const child = startBackground({ data: session.data, env })
  try {
    return await untilReady(session.data, child, READY_MS)
  } catch (error) {
    throw new Error(`${(error as Error).message}; ${logPath(session.data)} ends with:\n${tailOfLog(session.data)}`, {
      cause: error,
    })
  } finally {
    progress.end()
  }
}
