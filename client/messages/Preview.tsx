import { useEffect, useState } from 'react'
import { MessageText } from '../mentions/MessageText.tsx'
import { more } from '../ui/moreWords.ts'
import { Markdown } from './Body.tsx'

/** What is being written, as it will stand in the room; `named`: with whom it names. */
export function Preview({ draft, named }: { draft: string; named: (text: string) => string }) {
  const [text, setText] = useState(draft)
  useEffect(() => setText(named(draft)), [draft])
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- It scrolls, also by keys.
    <div className="preview" role="region" aria-label={more.preview} tabIndex={0}>
      {text.trim() ? (
        <Markdown
          of={{ body: text, mentions: null }}
          toYou={false}
          instead={<MessageText body={text} mentions={null} toYou={false} />}
        />
      ) : (
        <p className="empty">{more.previewEmpty}</p>
      )}
    </div>
  )
}
