// `npm run sim`: the command.

import { writeFileSync } from 'node:fs'
import { growth, pictureOf, tablesOf } from '../scale/growth.js'

const args = process.argv.slice(2)
const has = (name: string) => args.includes(`--${name}`)
const numberOf = (name: string, otherwise: number): number => {
  const at = args.indexOf(`--${name}`)
  return at < 0 ? otherwise : Number(args[at + 1])
}
const print = (line: string): void => void process.stdout.write(`${line}\n`)
const progress = (line: string): void => void (has('json') || process.stderr.write(`${line}\n`))

if (has('scale')) {
  const rssMb = () => process.memoryUsage().rss / 1e6
  const clock = () => performance.now()
  const figures = growth({
    nodes: numberOf('nodes', 10_000),
    authors: numberOf('authors', 1_000_000),
    clock,
    rssMb,
    progress,
  })
  if (has('plot')) writeFileSync('docs/images/scale.svg', pictureOf(figures))
  print(has('json') ? JSON.stringify(figures) : tablesOf(figures))
}
