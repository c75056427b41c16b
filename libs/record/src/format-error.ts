/**
 * Bytes or a value that are not in Mutuo's format. `reason` is a stable snake_case name; docs/record-format.md lists
 * them all.
 */
export class FormatError extends Error {
  readonly reason: string
  /** What it is about; undefined where the bytes alone say it. */
  readonly detail: string | undefined

  constructor(reason: string, detail?: string) {
    super(detail === undefined ? reason : `${reason}: ${detail}`)
    this.name = 'FormatError'
    this.reason = reason
    this.detail = detail
  }
}
