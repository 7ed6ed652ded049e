import { useState } from 'react'
import type { Answer } from '../../protocol/index.ts'
import { Button } from './Button.tsx'
import { Dialog } from './Dialog.tsx'
import { DialogEnd } from './DialogEnd.tsx'
import { Problem } from './Problem.tsx'
import './AskFirst.css'

type Props = {
  /** What is to happen, and to what. */
  title: string
  /** What that means. */
  means: string
  keep: string
  act: string
  danger?: boolean
  onAct: () => Promise<Answer<unknown>>
  onClose: () => void
}

/** Before what concerns everybody: names it and what follows from it. */
export function AskFirst({ title, means, keep, act, danger = false, onAct, onClose }: Props) {
  const [problem, setProblem] = useState<string | null>(null)
  async function go() {
    const answer = await onAct()
    if (answer.ok) onClose()
    else setProblem(answer.error.message)
  }
  return (
    <Dialog title={title} onClose={onClose}>
      <div className="ask-first">
        <p>{means}</p>
        <Problem>{problem}</Problem>
        <DialogEnd>
          <Button look="line" autoFocus onClick={onClose}>
            {keep}
          </Button>
          <Button look={danger ? 'danger' : 'ink'} onClick={() => void go()}>
            {act}
          </Button>
        </DialogEnd>
      </div>
    </Dialog>
  )
}
