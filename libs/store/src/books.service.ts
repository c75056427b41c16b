import { once } from 'node:events'
import { createReadStream, createWriteStream } from 'node:fs'
import { rm, stat } from 'node:fs/promises'
import { isRefusal, type Refusal } from '#libs/fold'
import { equalBytes, fromText, toText } from '#libs/record'
import type { DataSource } from 'typeorm'
import { type ExportCounts, readBook, writeBook } from './books.shell.js'
import type { BookImport, StoreOptions } from './ports.js'
import type { Records } from './records.service.js'

/** Loan books in files of the node's machine. */
export class Books {
  constructor(
    private readonly database: DataSource,
    private readonly records: Records,
    private readonly options: Pick<StoreOptions, 'checkCertificate'>,
  ) {}

  /**
   * Writes a network, or what belongs to a loan (text id), into a new file. Refuses: path_exists, path_not_writable
   * {code}, loan_not_found, network_unclear (none, or several and no loan given).
   */
  async exportTo(
    path: string,
    loan?: string,
  ): Promise<{ path: string; records: number; bytes: number; certificates: number } | Refusal> {
    const net = loan === undefined ? await this.onlyNetwork() : await this.networkOf(loan)
    if (isRefusal(net)) return net
    await this.records.indexed()
    const counts: ExportCounts = { records: 0, certificates: 0 }
    const runner = this.database.createQueryRunner()
    try {
      await runner.startTransaction('REPEATABLE READ')
      const chunks = writeBook(runner.manager, net, loan === undefined ? null : fromText(loan), counts)
      const bytes = await writeNew(path, chunks)
      return isRefusal(bytes) ? bytes : { path, ...counts, bytes }
    } finally {
      await runner.rollbackTransaction()
      await runner.release()
    }
  }

  /**
   * Takes a book up as if peers had sent it. Its certificates are kept when the node can check them. Refuses:
   * path_not_found, car_malformed {reason}, network_other (the node holds records of another one).
   */
  async importFrom(path: string): Promise<BookImport | Refusal> {
    const file = await stat(path).catch(() => null)
    if (!file?.isFile()) return { refused: 'path_not_found' }
    const book = await readBook(createReadStream(path))
    if (isRefusal(book)) return book
    const { net, rounds, certificates, forks, branches } = book
    const held = await this.records.networks()
    if (held.length > 0 && !held.some((other) => equalBytes(other, net)))
      return { refused: 'network_other', network: toText(net) }
    const total: BookImport = { accepted: 0, known: 0, staged: 0, refused: [] }
    for (const proof of forks) await this.records.suspend(net, proof)
    await this.records.keepBranches(net, branches)
    for (const round of rounds) {
      const { accepted, known, refused } = await this.records.ingest(net, round)
      total.accepted += accepted
      total.known += known
      total.refused.push(...refused)
    }
    for (const certificate of certificates)
      if (await this.options.checkCertificate?.(net, certificate)) await this.records.saveCertificate(net, certificate)
    total.staged = await this.records.stagedCount(net)
    await this.records.settled()
    return total
  }

  private async onlyNetwork(): Promise<Uint8Array | Refusal> {
    const networks = await this.records.networks()
    return networks.length === 1 ? networks[0]! : { refused: 'network_unclear', networks: networks.length }
  }

  private async networkOf(loan: string): Promise<Uint8Array | Refusal> {
    const first = await this.records.record(loan)
    return first?.subj === null ? fromText(first.net) : { refused: 'loan_not_found' }
  }
}

/** Writes chunks to a file that must not exist yet; a write that fails leaves none behind. Returns its size in bytes. */
async function writeNew(path: string, chunks: AsyncIterable<Uint8Array>): Promise<number | Refusal> {
  const file = createWriteStream(path, { flags: 'wx', mode: 0o600 })
  try {
    await once(file, 'open')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    return code === 'EEXIST' ? { refused: 'path_exists' } : { refused: 'path_not_writable', code: code ?? 'unknown' }
  }
  try {
    for await (const chunk of chunks) if (!file.write(chunk)) await once(file, 'drain')
    file.end()
    await once(file, 'finish')
    return (await stat(path)).size
  } catch (error) {
    file.destroy()
    await rm(path, { force: true })
    throw error
  }
}
