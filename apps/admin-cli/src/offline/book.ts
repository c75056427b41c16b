/** An exported loan book in memory: all that a CAR file holds, by what it is, before more than its form is checked. Pure. */
import { type Branch, type Certificate, type ForkProof, type Header, importCar, toText } from '#libs/record'

/** A header as the file has it. */
export interface BookHeader {
  readonly id: string
  readonly idBytes: Uint8Array
  readonly bytes: Uint8Array
  readonly header: Header
}

export interface Book {
  /** As listed, text form. */
  roots: string[]
  /** By author, in the file's order. */
  readonly logs: Map<string, BookHeader[]>
  /** By hash. */
  readonly bodies: Map<string, Uint8Array>
  /** By record id. */
  readonly signatures: Map<string, Uint8Array>
  readonly certificates: Certificate[]
  readonly forks: ForkProof[]
  readonly branches: Branch[]
}

/** Reads a file from its chunks; every block is checked against its hash. Throws FormatError, or what the source throws. */
export async function readBook(source: AsyncIterable<Uint8Array>, onProgress: (blocks: number) => void): Promise<Book> {
  const book: Book = {
    roots: [],
    logs: new Map(),
    bodies: new Map(),
    signatures: new Map(),
    certificates: [],
    forks: [],
    branches: [],
  }
  let blocks = 0
  for await (const item of importCar(source)) {
    switch (item.type) {
      case 'roots':
        book.roots = item.ids.map((id) => toText(id))
        break
      case 'header': {
        const author = toText(item.header.author)
        const log = book.logs.get(author) ?? []
        log.push({ id: toText(item.id), idBytes: item.id, bytes: item.bytes, header: item.header })
        book.logs.set(author, log)
        break
      }
      case 'body':
        book.bodies.set(toText(item.hash), item.bytes)
        break
      case 'signatures':
        for (const [id, signature] of item.items) book.signatures.set(toText(id), signature)
        break
      case 'certificate':
        book.certificates.push(item)
        break
      case 'fork':
        book.forks.push(item)
        break
      case 'branch':
        book.branches.push(item)
    }
    if (++blocks % 1000 === 0) onProgress(blocks)
  }
  return book
}
