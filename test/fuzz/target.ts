/** What is fuzzed: code that reads bytes of strangers. */

export interface Target {
  /** What bytes it reads, for the report. */
  readonly reads: string
  /** Inputs to begin with, beside the kept corpus. */
  readonly seeds: () => readonly Uint8Array[]
  /**
   * Reads an input. True when it is taken as sound, false when it is refused by a name; throws when anything else happens, be
   * it an error that is no refusal or an input that is read as something that is written in other bytes.
   */
  readonly run: (input: Uint8Array) => boolean | Promise<boolean>
}

/** True when `read` takes its input; false when it refuses by throwing one of these errors. Anything else is thrown on. */
export function taken(read: () => void, ...refusals: readonly (new (...args: never[]) => Error)[]): boolean {
  try {
    read()
    return true
  } catch (error) {
    if (refusals.some((Refusal) => error instanceof Refusal)) return false
    throw error
  }
}

/** Throws unless two byte strings are equal: what is read must be written as it came. */
export function assertSame(written: Uint8Array, input: Uint8Array): void {
  if (Buffer.compare(written, input) !== 0) throw new Error(`read as ${Buffer.from(written).toString('hex')}`)
}
