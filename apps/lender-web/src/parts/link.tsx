/** Links in the page's own look that know the router's addresses. */
import { Anchor, Button } from '@mantine/core'
import { createLink } from '@tanstack/react-router'
import type { AnchorHTMLAttributes, Ref } from 'react'

type Props = AnchorHTMLAttributes<HTMLAnchorElement> & { ref?: Ref<HTMLAnchorElement> }

/** A link in running text. */
export const TextLink = createLink(({ color: _, dimmed = false, ...props }: Props & { dimmed?: boolean }) => (
  <Anchor inherit {...(dimmed ? { c: 'dimmed', underline: 'always' } : {})} {...props} />
))

/** The link of a whole row: see `.row-link`. */
export const RowLink = createLink(({ className, ...props }: Props) => (
  <a
    {...props}
    className={`row-target ${className ?? ''}`}
    style={{ color: 'inherit', textDecoration: 'none', fontWeight: 500 }}
  />
))

/** A link that looks like a button. */
export const ButtonLink = createLink(
  ({ variant = 'filled', color: _, ...props }: Props & { variant?: 'filled' | 'default' | 'light' }) => (
    <Button component="a" variant={variant} {...props} />
  ),
)
