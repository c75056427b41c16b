/** Waits until a condition holds, asking often at first and twice a second at last. Throws after `timeoutMs`, saying what was waited for. */
export async function until(what: string, timeoutMs: number, holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + timeoutMs
  for (let pauseMs = 50; !(await holds()); pauseMs = Math.min(pauseMs * 1.2, 500)) {
    if (performance.now() > deadline) throw new Error(`gave up waiting for ${what} after ${timeoutMs} ms`)
    await new Promise((resolve) => setTimeout(resolve, pauseMs))
  }
}
