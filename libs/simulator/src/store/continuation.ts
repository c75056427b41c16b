// A log that goes on from a record of another one, as a store has it.

/** A log that goes on from a record of another one. */
export interface Continuation {
  /** Keys of maps: the new log's and the old one's. */
  key: string
  old: string
  newKey: Uint8Array
  oldKey: Uint8Array
  afterSeq: number
  afterId: Uint8Array
  isInEffect: boolean
}
