/** A story told in steps, each a test of its own: what comes after a step that failed is not tried. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'

type Step = (name: string, act: () => Promise<void>, timeoutMs?: number) => void

/** `it` for the steps of one story. When one fails, a picture of the page is kept in a temporary file, whose path is printed. */
export function storyOn(page: () => Page): Step {
  let broken: string | undefined
  return (name, act, timeoutMs = 60_000) => {
    it(
      name,
      async () => {
        if (broken !== undefined) throw new Error(`not tried, because this failed before: ${broken}`)
        broken = name
        try {
          await act()
          broken = undefined
        } catch (error) {
          await keepPicture(page())
          throw error
        }
      },
      timeoutMs,
    )
  }
}

async function keepPicture(page: Page): Promise<void> {
  const path = join(mkdtempSync(join(tmpdir(), 'mutuo-story-')), 'page.png')
  try {
    await page.screenshot({ path, fullPage: true })
    process.stderr.write(`The page as it stood, ${page.url()}: ${path}\n`)
  } catch (error) {
    process.stderr.write(`No picture of the page: ${String(error)}\n`)
  }
}
