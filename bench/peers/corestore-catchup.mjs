// The other side of `npm run bench -- catchup`: two Corestores with as many cores, some of which grow while they are apart, meet
// again over an encrypted stream of HyperDHT on loopback. Prints one JSON array: bytes on the wire and time from the connection until all is there.
//   node corestore-catchup.mjs CORES CHANGED ROUNDS
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Corestore from 'corestore'
import HyperDHT from 'hyperdht'
import createTestnet from 'hyperdht/testnet.js'

const [cores, changed, rounds] = process.argv.slice(2).map(Number)
const dir = mkdtempSync(join(tmpdir(), 'mutuo-corestore-'))
const block = (seq) => Buffer.alloc(400, seq)
const testnet = await createTestnet(4, { host: '127.0.0.1' })
const nodeOf = () => new HyperDHT({ bootstrap: testnet.bootstrap, host: '127.0.0.1', firewalled: false })
const [left, right] = [nodeOf(), nodeOf()]

try {
  const writer = new Corestore(join(dir, 'writer'))
  const written = []
  for (let i = 0; i < cores; i++) {
    const core = writer.get({ name: `core ${i}` })
    await core.ready()
    await core.append([block(0), block(1)])
    written.push(core)
  }
  const reader = new Corestore(join(dir, 'reader'))
  const read = []
  for (const { key } of written) {
    const core = reader.get({ key })
    await core.ready()
    read.push(core)
  }
  await meet(writer, reader, async () => {
    await Promise.all(read.flatMap((core) => [core.get(0), core.get(1)]))
  })
  const figures = []
  for (let round = 0; round < rounds; round++) {
    const some = read
      .map((core, index) => ({ core, index }))
      .filter(({ index }) => index % Math.floor(cores / changed) === 0)
    for (const { index } of some.slice(0, changed)) await written[index].append(block(2 + round))
    figures.push(
      await meet(writer, reader, () => {
        return Promise.all(some.slice(0, changed).map(({ core, index }) => core.get(written[index].length - 1)))
      }),
    )
  }
  console.log(JSON.stringify(figures))
} finally {
  rmSync(dir, { recursive: true, force: true })
}
process.exit(0)

/** Connects both until the reader has what it waits for; then until nothing is said any more, so that all bytes are counted. */
async function meet(writer, reader, hasAll) {
  const keyPair = HyperDHT.keyPair()
  const server = left.createServer((connection) => {
    connection.on('error', () => {})
    writer.replicate(connection)
  })
  await server.listen(keyPair)
  const connection = right.connect(keyPair.publicKey)
  connection.on('error', () => {})
  await new Promise((resolve) => connection.once('open', resolve))
  const startMs = performance.now()
  reader.replicate(connection)
  await hasAll()
  const ms = Math.round((performance.now() - startMs) * 10) / 10
  const bytes = () => connection.rawBytesRead + connection.rawBytesWritten
  for (let before = -1; before !== bytes();) {
    before = bytes()
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
  const wireBytes = bytes()
  connection.destroy()
  await server.close()
  return { wireBytes, ms }
}
