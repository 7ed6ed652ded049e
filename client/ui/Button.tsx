import type { ComponentProps } from 'react'
import './Button.css'

/** `ink` is the one thing to do here; `line` stands alone; plain buttons stand among others. */
export function Button({
  look = 'plain',
  ...rest
}: ComponentProps<'button'> & { look?: 'plain' | 'line' | 'ink' | 'danger' | 'icon' }) {
  return <button type="button" className="button" data-look={look} {...rest} />
}
