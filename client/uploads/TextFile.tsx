import { useState } from 'react'
import type { MessageFile } from '../../protocol/files.ts'
import { Button } from '../ui/Button.tsx'
import { calmed } from '../ui/calmed.ts'
import { more } from '../ui/moreWords.ts'
import { Problem } from '../ui/Problem.tsx'

/** So much of a text is shown; all of it can be downloaded. Bytes. */
const SHOWN = 65_536

type Props = { file: MessageFile; tabIndex: number }

/** What a text file says, where somebody wants to read it here: as text, and as nothing else. */
export function TextFile({ file: { id, name, size }, tabIndex }: Props) {
  const [text, setText] = useState<string | null>(null)
  const [failed, setFailed] = useState(false)

  async function show(): Promise<void> {
    setFailed(false)
    try {
      const response = await fetch(`/api/files/${id}`, { headers: { Range: `bytes=0-${SHOWN - 1}` } })
      if (!response.ok) throw new Error('not given')
      // The last character may be cut in the middle.
      setText(calmed(new TextDecoder().decode(await response.arrayBuffer(), { stream: true })))
    } catch {
      setFailed(true)
    }
  }

  return (
    <>
      <Button
        tabIndex={tabIndex}
        aria-expanded={text !== null}
        onClick={() => (text === null ? void show() : setText(null))}
      >
        {text === null ? more.showText(name) : more.hideText(name)}
      </Button>
      <Problem>{failed ? more.notLoaded(name) : null}</Problem>
      {text !== null && (
        <>
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- So that keys scroll it. */}
          <pre className="text-file" role="region" aria-label={name} tabIndex={tabIndex} dir="auto">
            {text}
          </pre>
          {size > SHOWN && <small>{more.textBeginning}</small>}
        </>
      )}
    </>
  )
}
