/**
 * Roots of smooth functions: found roughly in doubles, then drawn in with 160 binary digits, so that the digits that
 * are shown never hang on a machine's floating point.
 */
import { divFixed, fixedOfNumber, mulFixed, type Fixed } from '../fixed.js'

/** Accepted when the step is below 2^-120 (36 decimal digits). */
const CLOSE = 1n << 40n

/** Where f changes sign between two neighbours of the grid, bisected to the precision of a double. */
export function roughRoots(f: (x: number) => number, grid: readonly number[]): number[] {
  const roots: number[] = []
  let before = f(grid[0]!)
  for (let i = 1; i < grid.length; i++) {
    const here = f(grid[i]!)
    if (before === 0) roots.push(grid[i - 1]!)
    else if (before < 0 !== here < 0 && !Number.isNaN(before) && !Number.isNaN(here))
      roots.push(bisect(f, grid[i - 1]!, grid[i]!, before))
    before = here
  }
  if (before === 0) roots.push(grid.at(-1)!)
  return roots
}

/** Secant steps from a rough root; undefined if they run away from it, which a simple root never does. */
export function refineRoot(f: (x: Fixed) => Fixed, rough: number): Fixed | undefined {
  const start = fixedOfNumber(rough)
  const reach = (start < 0n ? -start : start) / 1000n + fixedOfNumber(1e-6)
  let x0 = start
  let x1 = start + fixedOfNumber(1e-10)
  let f0 = f(x0)
  for (let i = 0; i < 60; i++) {
    const f1 = f(x1)
    if (f1 === 0n) return x1
    if (f1 === f0) return x1 - x0 < CLOSE && x0 - x1 < CLOSE ? x1 : undefined
    const step = mulFixed(f1, divFixed(x1 - x0, f1 - f0))
    x0 = x1
    f0 = f1
    x1 -= step
    if (x1 - start > reach || start - x1 > reach) return undefined
    if (step < CLOSE && step > -CLOSE) return x1
  }
  return undefined
}

function bisect(f: (x: number) => number, low: number, high: number, atLow: number): number {
  let a = low
  let b = high
  for (let i = 0; i < 200; i++) {
    const middle = (a + b) / 2
    if (middle === a || middle === b) break
    const value = f(middle)
    if (value === 0) return middle
    if (value < 0 === atLow < 0) a = middle
    else b = middle
  }
  return (a + b) / 2
}
