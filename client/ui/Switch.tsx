import type { ReactNode } from 'react'
import { useChosen } from './useChosen.ts'
import './Switch.css'

type Props = {
  checked: boolean
  disabled?: boolean
  describedBy?: string
  /** Resolves once it is chosen, or is not. What was chosen is shown until then. */
  onChange: (checked: boolean) => Promise<unknown>
  children: ReactNode
}

/** Yes or no, chosen elsewhere. */
export function Switch({ checked, disabled = false, describedBy, onChange, children }: Props) {
  const { shown, choose } = useChosen(checked, onChange)
  return (
    <label className="switch">
      <input
        type="checkbox"
        checked={shown}
        disabled={disabled}
        aria-describedby={describedBy}
        onChange={({ target }) => choose(target.checked)}
      />
      {children}
    </label>
  )
}
