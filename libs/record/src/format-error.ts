/**
 * Bytes or a value that are not in Mutuo's format. `reason` is a stable snake_case name; docs/record-format.md lists
 * them all.
 */
export class FormatError extends Error {
  readonly reason: string

  constructor(reason: string, detail?: string) {
    super(detail === undefined ? reason : `${reason}: ${detail}`)
    this.name = 'FormatError'
    this.reason = reason
  }
}
