import { useId, type ComponentProps } from 'react'
import './Field.css'

/** One line of text with its label and, if there is one, what is wrong with it. */
export function Field({
  label,
  error,
  ...rest
}: ComponentProps<'input'> & { label: string; error?: string | null | undefined }) {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={`${id}-error`}
        autoComplete="off"
        {...rest}
      />
      <p id={`${id}-error`} role="alert">
        {error}
      </p>
    </div>
  )
}
