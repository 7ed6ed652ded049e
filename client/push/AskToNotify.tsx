import { useState } from 'react'
import { openShelf } from '../socket/shelf.ts'
import { Button } from '../ui/Button.tsx'
import { more } from '../ui/moreWords.ts'
import { mayAsk, noteAsked } from './asking.ts'
import { usePush } from './usePush.ts'

/** One line, where what is for somebody stands: nobody is asked by the browser itself unless they say yes here. */
export function AskToNotify() {
  const { state, hindered, turnOn } = usePush()
  const [shelf] = useState(openShelf)
  const [asks, setAsks] = useState(() => mayAsk(shelf, Date.now()))
  const [problem, setProblem] = useState<string | null>(null)
  if (!asks || hindered || state !== null) return null

  function no(): void {
    noteAsked(shelf, Date.now())
    setAsks(false)
  }
  async function yes(): Promise<void> {
    noteAsked(shelf, Date.now())
    setProblem(await turnOn())
  }

  return (
    <div className="row">
      <p>
        {more.hearClosed} <Button onClick={() => void yes()}>{more.yes}</Button>
        <Button onClick={no}>{more.notNow}</Button>
        {problem && <span role="alert">{problem}</span>}
      </p>
    </div>
  )
}
