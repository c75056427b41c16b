/**
 * Commands of one person, one after the other. Each ends when its rows are written, so none is decided without what those before it
 * promised.
 */
export class Turns {
  private readonly last = new Map<string, Promise<unknown>>()

  /** Runs a command once all those before it of the same person have ended, well or badly. */
  async take<T>(person: string, command: () => Promise<T>): Promise<T> {
    const turn = (this.last.get(person) ?? Promise.resolve()).then(command)
    const ended = turn.catch(() => undefined)
    this.last.set(person, ended)
    try {
      return await turn
    } finally {
      if (this.last.get(person) === ended) this.last.delete(person)
    }
  }
}
