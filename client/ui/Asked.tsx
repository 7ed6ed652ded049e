import { useState, type ReactNode } from 'react'
import { Button } from './Button.tsx'
import './Asked.css'

type Props = {
  /** What it is called before anything is asked. */
  label: string
  /** What follows from it. */
  means: string
  keep: string
  act: string
  /** What else there is to choose. */
  children?: ReactNode
  onAct: () => void
}

/** What cannot be taken back lightly: asked in its place, before it is done. */
export function Asked({ label, means, keep, act, children, onAct }: Props) {
  const [state, setState] = useState<'quiet' | 'asked' | 'answered'>('quiet')
  if (state !== 'asked') {
    return (
      // Whoever has answered stands where they were.
      <Button look="danger" autoFocus={state === 'answered'} onClick={() => setState('asked')}>
        {label}
      </Button>
    )
  }
  return (
    <div className="asked-here" role="alert">
      <p>{means}</p>
      {children}
      <p>
        <Button look="line" autoFocus onClick={() => setState('answered')}>
          {keep}
        </Button>
        <Button
          look="danger"
          onClick={() => {
            setState('answered')
            onAct()
          }}
        >
          {act}
        </Button>
      </p>
    </div>
  )
}
