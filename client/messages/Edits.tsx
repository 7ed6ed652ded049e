import { useLayoutEffect, useState, type RefObject } from 'react'
import { createPortal } from 'react-dom'
import { MessageText } from '../mentions/MessageText.tsx'
import { useOnline } from '../socket/useOnline.ts'
import { Button } from '../ui/Button.tsx'
import { more } from '../ui/moreWords.ts'
import { Problem } from '../ui/Problem.tsx'
import { words } from '../ui/words.ts'
import { EditField } from './EditField.tsx'
import type { Row } from './rows.ts'
import type { StoredRow } from './tools.ts'
import { useAddToDraft } from './useDraft.ts'
import { useEdits, type EditActions, type ShownEdit } from './useEdits.ts'
import './Edits.css'

type Props = { scroller: RefObject<HTMLElement | null>; rows: readonly Row[]; roomId: string; actions: EditActions }

/** What is being made of messages, each in its place. Apart from the list, which is not drawn again with a key. */
export function Edits({ rows, roomId, ...rest }: Props) {
  return useEdits(roomId).map((edit) => {
    const row = rows.find((one): one is StoredRow => one.type === 'message' && one.seq === edit.seq)
    return row && <InPlace key={edit.seq} row={row} edit={edit} {...rest} />
  })
}

type One = { row: StoredRow; edit: ShownEdit; actions: EditActions }

/** Put into its message as the tools are. */
function InPlace({ scroller, ...one }: One & Pick<Props, 'scroller'>) {
  const { row, edit } = one
  const [body, setBody] = useState<Element | null>(null)
  useLayoutEffect(() => {
    // Whenever something was drawn: the message may be another element by now.
    const item = scroller.current?.querySelector<HTMLElement>(`.message[data-key="${CSS.escape(row.key)}"]`)
    setBody(item?.querySelector('.body') ?? null)
    if (!item) return
    item.dataset['editing'] = edit.state
    return () => void delete item.dataset['editing']
  })
  if (row.deleted) return <Stranded {...one} />
  if (!body) return null
  return createPortal(edit.state === 'saving' ? <Unsaved {...one} /> : <EditField {...one} />, body)
}

/** As it will be, until the server has it. */
function Unsaved({ row, edit: { seq, text, problem }, actions }: One) {
  const online = useOnline()
  const begin = (place: Element) => actions.begin(row, place.closest('li'))
  return (
    <>
      <div className="text" dir="auto">
        <MessageText body={text} mentions={null} toYou={false} />
      </div>
      {online && problem === null ? (
        <div className="failure late">{more.savingEdit}</div>
      ) : (
        <div className="failure" role="status">
          <span>{more.notSavedYet(online ? problem : null)}</span>
          <Button onClick={({ currentTarget }) => begin(currentTarget)}>{words.edit}</Button>
          <Button onClick={() => actions.leave(seq)}>{more.leaveEdit}</Button>
        </div>
      )}
    </>
  )
}

/** What was written of a message that is deleted by now: it can still be taken elsewhere. */
function Stranded({ edit: { roomId, seq, text }, actions }: One) {
  const add = useAddToDraft(roomId)
  function end(): void {
    actions.leave(seq)
    document.getElementById('composer')?.focus()
  }
  return (
    <div className="message row" data-own role="group" aria-label={more.editing}>
      <div className="body">
        <div className="failure">
          <Problem>{more.editedIsGone}</Problem>
        </div>
        <textarea readOnly rows={2} aria-label={more.yourText} value={text} />
        <div className="failure">
          <Button
            look="line"
            onClick={() => {
              add(text)
              end()
            }}
          >
            {more.intoTheBox}
          </Button>
          <Button onClick={end}>{more.discard}</Button>
        </div>
      </div>
    </div>
  )
}
