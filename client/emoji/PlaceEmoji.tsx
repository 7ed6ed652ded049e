import { useEffect, useRef, useState } from 'react'
import { focusTitle, Page } from '../shell/Page.tsx'
import { useOnline } from '../socket/useOnline.ts'
import { adopt } from '../ui/adopt.ts'
import { AskFirst } from '../ui/AskFirst.tsx'
import { Button } from '../ui/Button.tsx'
import { Field } from '../ui/Field.tsx'
import { more } from '../ui/moreWords.ts'
import { Problem } from '../ui/Problem.tsx'
import { Skeleton } from '../ui/Skeleton.tsx'
import { useLate } from '../ui/useLate.ts'
import { words } from '../ui/words.ts'
import { AddEmoji } from './AddEmoji.tsx'
import { findOwn, nameOfToken, tokenOf, useOwnEmoji } from './own.ts'
import { Sign } from './Sign.tsx'
import { useOwnActions } from './useOwnActions.ts'
import css from './PlaceEmoji.css?inline'
import '../ui/Listing.css'

adopt(css)

/** The emoji that only this place has, for those who look after it. */
export function PlaceEmoji() {
  const { list, isNewest } = useOwnEmoji()
  const online = useOnline()
  const { remove } = useOwnActions()
  const [query, setQuery] = useState('')
  const [removing, setRemoving] = useState<string | null>(null)
  const [said, say] = useState('')
  const isWaiting = !isNewest && online && list.length === 0
  const waiting = useLate(isWaiting)
  const found = query.trim() ? findOwn(list, query) : list

  // What had the focus may be gone with its row: the next one has it. Who is nowhere stays there.
  const rows = useRef<HTMLTableSectionElement>(null)
  const last = useRef<{ at: number; button: Element } | null>(null)
  useEffect(() => {
    if (!last.current || last.current.button.isConnected || document.activeElement !== document.body) return
    const buttons = rows.current?.querySelectorAll('button') ?? []
    const next = buttons[Math.min(last.current.at, buttons.length - 1)]
    if (next) next.focus()
    else focusTitle()
  }, [list, removing])

  async function take(name: string) {
    const answer = await remove(name)
    if (answer.ok) say(more.emojiRemoved(tokenOf({ name })))
    return answer
  }

  return (
    <Page title={more.ownEmoji} name="place-emoji" busy={isWaiting}>
      <AddEmoji />
      <div className="row">
        <div className="wide listing">
          {list.length > 0 && (
            <>
              <div className="find">
                <Field
                  bare
                  type="search"
                  label={more.findOwnEmoji}
                  placeholder={more.findOwnEmoji}
                  value={query}
                  onChange={({ target }) => setQuery(target.value)}
                />
              </div>
              <table aria-label={more.ownEmoji}>
                <thead>
                  <tr>
                    <th scope="col">{more.emojiName}</th>
                    <th scope="col">
                      <span className="unseen">{more.theActions}</span>
                    </th>
                  </tr>
                </thead>
                <tbody ref={rows}>
                  {found.map(tokenOf).map((token, at) => (
                    <tr key={token} onFocus={({ target }) => (last.current = { at, button: target })}>
                      <th scope="row">
                        <span aria-hidden="true">
                          <Sign emoji={token} />
                        </span>
                        {token}
                      </th>
                      <td>
                        <Button aria-label={more.removeName(token)} onClick={() => setRemoving(token)}>
                          {more.remove}
                        </Button>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </>
          )}
          {list.length > 0 && found.length === 0 && <p className="hint">{more.noEmoji(query.trim())}</p>}
          {list.length === 0 && isNewest && <p className="hint">{more.noOwnEmoji}</p>}
          {list.length === 0 && !isNewest && !online && <Problem>{words.unreachable}</Problem>}
          <p className="unseen" role="status">
            {said}
          </p>
        </div>
      </div>
      {waiting && <Skeleton />}
      {removing && (
        <AskFirst
          title={more.removeEmojiAsk(removing)}
          means={more.removeEmojiMeans(removing)}
          keep={more.keepName(removing)}
          act={more.removeName(removing)}
          danger
          onAct={() => take(nameOfToken(removing))}
          onClose={() => setRemoving(null)}
        />
      )}
    </Page>
  )
}
