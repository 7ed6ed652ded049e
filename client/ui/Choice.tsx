import { useId } from 'react'
import { useChosen } from './useChosen.ts'
import './Choice.css'

type Props<T> = {
  label: string
  /** What it is about is said beside it already, to those who see it. */
  bare?: boolean
  value: T
  options: readonly (readonly [value: T, label: string])[]
  disabled?: boolean
  /** Where it is chosen elsewhere: resolves once it is, or is not. What was chosen is shown until then. */
  onChange: (value: T) => void | Promise<unknown>
}

/** One of a few: radio buttons under what they are about. */
export function Choice<T>({ label, bare = false, value, options, disabled = false, onChange }: Props<T>) {
  const name = useId()
  const { shown, choose } = useChosen(value, onChange)
  return (
    <fieldset className="choice" disabled={disabled}>
      <legend className={bare ? 'unseen' : undefined}>{label}</legend>
      {options.map(([one, text]) => (
        <label key={String(one)}>
          <input type="radio" name={name} checked={one === shown} onChange={() => choose(one)} />
          {text}
        </label>
      ))}
    </fieldset>
  )
}
