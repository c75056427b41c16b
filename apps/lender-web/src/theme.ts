/** How the page looks: one deep green, warm paper in light, quiet slate in dark, figures in columns. */
import { createTheme, type MantineColorsTuple } from '@mantine/core'

const pine: MantineColorsTuple = [
  '#eff6f3',
  '#dcece5',
  '#b8d8cb',
  '#8fc3ae',
  '#68ac93',
  '#43957a',
  '#2c7f66',
  '#1f6b55',
  '#175646',
  '#0e4034',
]

const slate: MantineColorsTuple = [
  '#e4eae8',
  '#b4bbb9',
  '#98a19f',
  '#7a8482',
  '#485350',
  '#333c3a',
  '#272f2d',
  '#1b2120',
  '#131817',
  '#0c100f',
]

export const theme = createTheme({
  primaryColor: 'pine',
  primaryShade: 8,
  autoContrast: true,
  colors: { pine, dark: slate },
  black: '#1a2421',
  fontFamily: '"Inter", "SF Pro Text", -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "Liberation Mono", monospace',
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '1.75rem', lineHeight: '1.2' },
      h2: { fontSize: '1.125rem', lineHeight: '1.35' },
      h3: { fontSize: '1rem', lineHeight: '1.4' },
    },
  },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  // Plain objects: naming the components here would pull them all into the first chunk.
  components: {
    Paper: { defaultProps: { withBorder: true, radius: 'lg', p: 'lg' } },
    Badge: { defaultProps: { variant: 'light', radius: 'sm', size: 'md', tt: 'none', fw: 600 } },
    Modal: {
      defaultProps: { centered: true, radius: 'lg', overlayProps: { backgroundOpacity: 0.4, blur: 2 } },
    },
    Table: { defaultProps: { verticalSpacing: 'sm', horizontalSpacing: 'md', highlightOnHover: false } },
    Tooltip: {
      defaultProps: { withArrow: true, openDelay: 200, events: { hover: true, focus: true, touch: true } },
    },
  },
})
