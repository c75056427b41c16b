/** The page's few icons, drawn as strokes on a 20 × 20 grid. All are decoration: what they stand beside says it in words. */
const SHAPES = {
  overview: 'M3 10.5 10 4l7 6.5M5 9.5V16h10V9.5',
  market: 'M4 8h12l-.8 8.2H4.8L4 8Zm3 0V6a3 3 0 0 1 6 0v2',
  offers: 'M4.5 3.5h7l4 4v9h-11v-13Zm7 0v4h4M7.5 11h5M7.5 13.8h5',
  inbox: 'M3.5 11 6 4.5h8l2.5 6.5v4.5h-13V11Zm0 0h4l1 2h3l1-2h4',
  loans: 'M7.4 5.8a4.2 4.2 0 1 0 0 8.4 4.2 4.2 0 0 0 0-8.4Zm5.2 0a4.2 4.2 0 1 0 0 8.4 4.2 4.2 0 0 0 0-8.4Z',
  ledger: 'M4 4.5h12M4 8.2h12M4 11.9h12M4 15.6h7',
  reports: 'M4 16.5V9m4 7.5V4m4 12.5V7.5m4 9V11',
  network:
    'M10 6.5 5.5 13m4.5-6.5 4.5 6.5m-8 1.5h7M10 6.6a2 2 0 1 0-.01 0M4.5 16.6a2 2 0 1 0-.01 0M15.5 16.6a2 2 0 1 0-.01 0',
  settings: 'M3.5 6h7m4 0h2M3.5 14h2m4 0h7M12.5 8a2 2 0 1 0-.01 0M7.5 16a2 2 0 1 0-.01 0',
  check: 'm4.5 10.5 3.8 3.8 7.2-8.1',
  copy: 'M7.5 7.5h8v8h-8zM12.5 7.5v-3h-8v8h3',
  arrow: 'M4.5 10h11m-4.5-4.5 4.5 4.5-4.5 4.5',
  back: 'M15.5 10h-11M9 5.5 4.5 10 9 14.5',
  clock: 'M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14Zm0-11v4.2l2.8 1.8',
  seal: 'M10 2.8 16 5v4.6c0 3.8-2.5 6.4-6 7.6-3.5-1.2-6-3.8-6-7.6V5l6-2.2Zm-2.8 7 2 2 3.6-4',
  warning: 'M10 3.5 17.5 16h-15L10 3.5Zm0 4.7v3.6m0 2v.3',
  plus: 'M10 4.5v11M4.5 10h11',
} as const

export type IconName = keyof typeof SHAPES

export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 20 20" aria-hidden="true" focusable="false" style={{ flexShrink: 0 }}>
      <path
        d={SHAPES[name]}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.6"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  )
}

/** Two rings that hold each other. */
export function Mark({ size = 30 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false" style={{ flexShrink: 0 }}>
      <rect width="32" height="32" rx="8" fill="#175646" />
      <g fill="none" stroke="#fff" strokeWidth="2.6">
        <circle cx="12.5" cy="16" r="6" />
        <circle cx="19.5" cy="16" r="6" />
      </g>
    </svg>
  )
}
