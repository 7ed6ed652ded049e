import { useId, type ComponentProps } from 'react'
import './Field.css'

/** One line of text with its label and, if there is one, what is wrong with it. */
export function Field({
  label,
  bare = false,
  error,
  'aria-describedby': hint = '',
  ...rest
}: ComponentProps<'input'> & {
  label: string
  /** What it is called is said beside it already, to those who see it. */
  bare?: boolean
  error?: string | null | undefined
}) {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id} className={bare ? 'unseen' : undefined}>
        {label}
      </label>
      <input
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={`${id}-error ${hint}`}
        autoComplete="off"
        {...rest}
      />
      <p id={`${id}-error`} role="alert">
        {error}
      </p>
    </div>
  )
}
