// Writes the vectors: node dist/test/vectors/generate.js. Cases are added, never edited: a case that is there already
// and would change stops it, because others' implementations rely on what was published.

import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { entries, entryTrees } from './making/entries.js'
import { conflicts, finalityProofs } from './making/finality.js'
import { branches, forks } from './making/forks.js'
import { headers } from './making/headers.js'
import { loanBooks } from './making/loan-books.js'
import { runs } from './making/runs.js'
import { signatures } from './making/signatures.js'
import { bodies, textForm, values } from './making/values.js'
import { attestations, certificates, hellos, witnessStatements } from './making/witnesses.js'

interface Case {
  name: string
}
type VectorFile = { about: string } & { [section: string]: Case[] | string }

const FOLDER = join(process.cwd(), 'test', 'vectors')

const files: Record<string, unknown> = {
  values: values(),
  'text-form': textForm(),
  bodies: bodies(),
  headers: headers(),
  signatures: signatures(),
  runs: runs(),
  forks: forks(),
  branches: branches(),
  entries: entries(),
  'entry-trees': entryTrees(),
  attestations: attestations(),
  certificates: certificates(),
  conflicts: conflicts(),
  'finality-proofs': finalityProofs(),
  hellos: hellos(),
  'witness-statements': witnessStatements(),
  'loan-books': await loanBooks(),
}

for (const [name, made] of Object.entries(files)) {
  const path = join(FOLDER, `${name}.json`)
  const next = JSON.parse(JSON.stringify(made)) as VectorFile
  if (existsSync(path)) requireSame(name, JSON.parse(readFileSync(path, 'utf8')) as VectorFile, next)
  writeFileSync(path, JSON.stringify(next, null, 1) + '\n')
  const count = Object.values(next).reduce(
    (sum, section) => sum + (typeof section === 'string' ? 0 : section.length),
    0,
  )
  console.log(`${name}: ${count} cases`)
}

function requireSame(file: string, published: VectorFile, next: VectorFile): void {
  for (const [section, cases] of Object.entries(published)) {
    if (typeof cases === 'string') continue
    for (const one of cases) {
      const made = next[section]
      const same = Array.isArray(made) && made.some((other) => isDeepStrictEqual(other, one))
      if (!same) throw new Error(`${file}, ${section}: the published case "${one.name}" would change`)
    }
  }
}
