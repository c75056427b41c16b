import { Table, type TableProps } from '@mantine/core'

interface DataTableProps extends TableProps {
  /** What the table shows, for who can't see it. */
  label: string
  /** Below this width, in pixels, it scrolls sideways by itself; by keyboard too. */
  width: number
  /** Above this height it scrolls. */
  height?: number
}

/** A table that never makes the page wider than the screen. */
export function DataTable({ label, width, height, children, ...rest }: DataTableProps) {
  const viewport = { tabIndex: 0, role: 'group', 'aria-label': label }
  return (
    <Table.ScrollContainer
      minWidth={width}
      {...(height === undefined ? {} : { maxHeight: height })}
      scrollAreaProps={{ viewportProps: viewport }}
    >
      <Table aria-label={label} {...rest}>
        {children}
      </Table>
    </Table.ScrollContainer>
  )
}
