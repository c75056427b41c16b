/** The data directory of a node: made for its owner alone, and named as a shell reads it back. */
import { existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Makes a data directory and the folders above it that are missing, with mode 0700. Throws when there is something else, or
 * when none can be made there. One folder at a time: Node's own recursive way never ends under a folder that exists and takes
 * no others, as /proc.
 */
export function makeDataDir(path: string): void {
  if (existsSync(path)) {
    if (!statSync(path).isDirectory()) throw new Error(`the data directory can't be ${path}: that is a file`)
    return
  }
  makeDataDir(dirname(path))
  try {
    mkdirSync(path, { mode: 0o700 })
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException
    // Another process was faster.
    if (code === 'EEXIST') return
    throw new Error(`the data directory can't be made: ${path} (${code})`, { cause: error })
  }
}

/** A path as a shell reads it back. */
export function quotedPath(path: string): string {
  return /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`
}
