// Lines over a logarithmic axis, as an SVG that reads well on light and dark pages.

export interface Panel {
  title: string
  x: string
  y: string
  series: { name: string; points: [x: number, y: number][] }[]
}

const WIDTH = 340
const HEIGHT = 260
const LEFT = 62
const RIGHT = 16
const TOP = 34
const BOTTOM = 44
const COLOURS = ['#1c7ed6', '#e8590c', '#2b8a3e']

/** Panels side by side. Horizontal axes are logarithmic, vertical ones begin at 0 or, over more than two decades, too. */
export function plot(panels: readonly Panel[]): string {
  const width = panels.length * WIDTH
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${HEIGHT}" width="${width}" height="${HEIGHT}"
  font-family="system-ui, sans-serif" font-size="11">
<rect width="${width}" height="${HEIGHT}" fill="#ffffff"/>
${panels.map((panel, i) => `<g transform="translate(${i * WIDTH} 0)">\n${drawn(panel)}\n</g>`).join('\n')}
</svg>
`
}

function drawn({ title, x, y, series }: Panel): string {
  const points = series.flatMap(({ points: of }) => of)
  const xs = decades(points.map(([at]) => at))
  const values = points.map(([, value]) => value)
  const isWide = Math.max(...values) > 100 * Math.min(...values)
  const ys = isWide ? decades(values) : steps(Math.max(...values))
  const placeX = (value: number) => LEFT + share(Math.log10(value), xs.map(Math.log10)) * (WIDTH - LEFT - RIGHT)
  const placeY = (value: number) => {
    const up = isWide ? share(Math.log10(value), ys.map(Math.log10)) : share(value, ys)
    return HEIGHT - BOTTOM - up * (HEIGHT - TOP - BOTTOM)
  }
  return [
    text(LEFT, 18, title, 'font-weight="600"'),
    text(WIDTH - RIGHT, HEIGHT - 8, x, 'text-anchor="end" fill="#495057"'),
    text(8, TOP - 4, y, 'fill="#495057"'),
    ...xs.map((at) => text(placeX(at), HEIGHT - BOTTOM + 16, short(at), 'text-anchor="middle" fill="#495057"')),
    ...ys.flatMap((at) => [
      `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${fixed(placeY(at))}" y2="${fixed(placeY(at))}" stroke="#dee2e6"/>`,
      text(LEFT - 6, placeY(at) + 4, short(at), 'text-anchor="end" fill="#495057"'),
    ]),
    ...series.flatMap(({ name, points: of }, i) => {
      const colour = COLOURS[i % COLOURS.length]!
      const path = of.map(([at, value]) => `${fixed(placeX(at))},${fixed(placeY(value))}`).join(' ')
      return [
        `<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="2"/>`,
        ...of.map(
          ([at, value]) => `<circle cx="${fixed(placeX(at))}" cy="${fixed(placeY(value))}" r="3" fill="${colour}"/>`,
        ),
        text(LEFT + 10, TOP + 14 + 15 * i, name, `fill="${colour}"`),
      ]
    }),
  ].join('\n')
}

/** The powers of ten that enclose some values. */
function decades(values: readonly number[]): number[] {
  const low = Math.floor(Math.log10(Math.min(...values)))
  const high = Math.ceil(Math.log10(Math.max(...values)))
  return Array.from({ length: Math.max(2, high - low + 1) }, (_, i) => 10 ** (low + i))
}

/** Round numbers from 0 to above a value. */
function steps(most: number): number[] {
  const rough = 10 ** Math.floor(Math.log10(most))
  const step = [0.2, 0.5, 1, 2].map((of) => of * rough).find((of) => most / of <= 5)!
  return Array.from({ length: Math.ceil(most / step) + 1 }, (_, i) => i * step)
}

const share = (value: number, ticks: readonly number[]): number => (value - ticks[0]!) / (ticks.at(-1)! - ticks[0]!)
const fixed = (value: number): string => value.toFixed(1)
const short = (value: number): string =>
  value >= 1e6 ? `${value / 1e6} M` : value >= 1_000 ? `${value / 1_000} k` : String(value)

function text(x: number, y: number, content: string, more = ''): string {
  return `<text x="${fixed(x)}" y="${fixed(y)}" ${more}>${content}</text>`
}
