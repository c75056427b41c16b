/** An operator at a terminal: runs the `mutuo` command against one node's data directory. */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { until } from './until.js'

const cliProgram = fileURLToPath(
  new URL('../../../dist/apps/admin-cli/src/main.js', import.meta.url.replace('/dist/libs/', '/libs/')),
)

export interface CommandResult {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs `mutuo ARGS`, in a folder if one is given, and gives back what it printed; does not throw on a non-zero exit code. */
export function mutuo(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  cwd?: string,
): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [cliProgram, ...args], {
      env: { ...process.env, NODE_OPTIONS: '', NO_COLOR: '1', ...env },
      cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let stdout = ''
    let stderr = ''
    child.stdout.on('data', (chunk: Buffer) => void (stdout += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => void (stderr += chunk.toString()))
    child.once('error', reject)
    child.once('close', (code) => resolve({ code: code ?? -1, stdout, stderr }))
  })
}

export class Operator {
  constructor(private readonly dataDir: string) {}

  /** Runs a command with `--json` and parses the last line that it prints. Throws when the command fails. */
  async json<Answer>(...args: string[]): Promise<Answer> {
    const { code, stdout, stderr } = await this.run(...args, '--json')
    if (code !== 0) throw new Error(`mutuo ${args.join(' ')} ended with ${code}: ${stderr || stdout}`)
    return JSON.parse(stdout.trim().split('\n').at(-1)!) as Answer
  }

  run(...args: string[]): Promise<CommandResult> {
    return mutuo(args, { MUTUO_DATA: this.dataDir })
  }

  /** Runs a command with `--json` until its answer is so; a refusal is taken for something that has not arrived yet. */
  async sees<Answer>(what: string, args: readonly string[], holds: (answer: Answer) => boolean): Promise<Answer> {
    let last: Answer | undefined
    await until(`${what} at the command line`, 60_000, async () => {
      const { code, stdout } = await this.run(...args, '--json')
      if (code !== 0) return false
      last = JSON.parse(stdout) as Answer
      return holds(last)
    })
    return last!
  }
}
