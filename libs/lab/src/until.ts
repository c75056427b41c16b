/** Waits until a condition holds, asking often at first and every `mostPauseMs` at last. Throws after `timeoutMs`, saying what was waited for. */
export async function until(
  what: string,
  timeoutMs: number,
  holds: () => boolean | Promise<boolean>,
  mostPauseMs = 500,
): Promise<void> {
  const deadline = performance.now() + timeoutMs
  for (let pauseMs = Math.min(50, mostPauseMs); !(await holds()); pauseMs = Math.min(pauseMs * 1.2, mostPauseMs)) {
    if (performance.now() > deadline) throw new Error(`gave up waiting for ${what} after ${timeoutMs} ms`)
    await new Promise((resolve) => setTimeout(resolve, pauseMs))
  }
}
