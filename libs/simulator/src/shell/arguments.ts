// What the command was asked for.

export const HELP = `npm run sim -- …

  --seeds N [--nodes M] [--from SEED] [--workers W]   runs of a community in which things fail (200 runs)
  --from SEED --seeds 1                               repeats one run and shows its steps
  --mutations [--seeds N]                             breaks each rule on purpose; in how many seeds is it found?
  --mutate RULE [--seeds N] [--from SEED]             breaks one rule
  --scale [--nodes N] [--authors N] [--plot]          how cost grows with nodes and authors
  --finality                                          time to final, and what it costs
  --json                                              the last line is JSON
`

export interface Asked {
  mode: 'seeds' | 'mutations' | 'mutate' | 'scale' | 'finality' | 'help'
  json: boolean
  plot: boolean
  seeds: number
  from: number
  /** Null: as each seed has it. */
  nodes: number | null
  authors: number
  workers: number
  rule: string
}

/** Reads the command line; a string says what is wrong with it. */
export function askedFor(args: readonly string[], cores: number): Asked | string {
  const values = new Map<string, string>()
  const flags = new Set<string>()
  for (let i = 0; i < args.length; i++) {
    const name = args[i]!
    const next = args[i + 1]
    if (!name.startsWith('--')) return `what is ${name}?`
    if (next !== undefined && !next.startsWith('--')) {
      values.set(name.slice(2), next)
      i++
    } else flags.add(name.slice(2))
  }
  const known = ['seeds', 'from', 'nodes', 'authors', 'workers', 'mutate']
  const knownFlags = ['json', 'plot', 'scale', 'finality', 'mutations', 'help']
  const strange =
    [...values.keys()].find((name) => !known.includes(name)) ?? [...flags].find((name) => !knownFlags.includes(name))
  if (strange !== undefined) return `what is --${strange}?`
  const mode = (['scale', 'finality', 'mutations', 'help'] as const).find((name) => flags.has(name))
  const number = (name: string, otherwise: number) => Number(values.get(name) ?? otherwise)
  const isScale = mode === 'scale'
  const asked: Asked = {
    mode: mode ?? (values.has('mutate') ? 'mutate' : 'seeds'),
    json: flags.has('json'),
    plot: flags.has('plot'),
    seeds: number('seeds', 200),
    from: number('from', 1),
    nodes: values.has('nodes') || isScale ? number('nodes', 10_000) : null,
    authors: number('authors', 1_000_000),
    workers: number('workers', cores),
    rule: values.get('mutate') ?? '',
  }
  const isSound = [asked.seeds, asked.nodes ?? 1, asked.authors, asked.workers].every(
    (n) => Number.isInteger(n) && n > 0,
  )
  return isSound && Number.isInteger(asked.from) ? asked : 'numbers are whole and above zero'
}
