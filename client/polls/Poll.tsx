import { useId, useRef, useState } from 'react'
import type { MessageRow } from '../messages/rows.ts'
import { useInside } from '../reactions/useInside.ts'
import { usePointed } from '../reactions/usePointed.ts'
import { Who } from '../reactions/Who.tsx'
import { adopt } from '../ui/adopt.ts'
import { AskFirst } from '../ui/AskFirst.tsx'
import { Button } from '../ui/Button.tsx'
import { more } from '../ui/moreWords.ts'
import { Problem } from '../ui/Problem.tsx'
import { usePoll } from './usePoll.ts'
import css from './Poll.css?inline'

adopt(css)

/** Under a question: what one may vote for, and how many do. */
export function Poll({ row }: { row: MessageRow }) {
  const poll = usePoll(row)
  const name = useId()
  const box = useRef<HTMLDivElement>(null)
  const tabIndex = useInside(box) ? 0 : -1
  const [closing, setClosing] = useState(false)
  const { multiple, options, voters, closed, mayVote, mayClose, refused, choose, takeBack, close } = poll
  const stop = Math.max(
    0,
    options.findIndex(({ mine }) => mine),
  )
  return (
    <div className="poll" ref={box} data-apart>
      <div role={multiple ? 'group' : 'radiogroup'} aria-label={multiple ? more.pollOfSeveral : more.poll}>
        {options.map((option, i) => (
          <Option
            key={option.text}
            {...option}
            type={multiple ? 'checkbox' : 'radio'}
            name={name}
            share={voters > 0 ? option.by.length / voters : 0}
            // One stop of the way by Tab; arrows lead on from there.
            tabIndex={multiple || i === stop ? tabIndex : -1}
            onChoose={mayVote ? () => choose(i) : null}
          />
        ))}
      </div>
      <p>
        {more.voted(voters)}
        {closed !== undefined && ` · ${more.pollClosedBy(closed)}`}
        {mayVote && takeBack && (
          <Button tabIndex={tabIndex} onClick={takeBack}>
            {more.takeVoteBack}
          </Button>
        )}
        {mayClose && (
          <Button tabIndex={tabIndex} onClick={() => setClosing(true)}>
            {more.closePoll}
          </Button>
        )}
      </p>
      <Problem>{refused}</Problem>
      {closing && (
        <AskFirst
          title={more.closeThisPoll}
          means={more.closeThisPollMeans}
          keep={more.leavePollOpen}
          act={more.closePoll}
          onAct={close}
          onClose={() => setClosing(false)}
        />
      )}
    </div>
  )
}

type OptionProps = {
  text: string
  by: readonly string[]
  mine: boolean
  type: 'radio' | 'checkbox'
  name: string
  /** Of all who voted, from 0 to 1. */
  share: number
  tabIndex: number
  /** Null where one only looks. */
  onChoose: (() => void) | null
}

/** Who votes for it is seen as who reacted is. */
function Option({ text, by, mine, type, name, share, tabIndex, onChoose }: OptionProps) {
  const id = useId()
  const { shown, wasLong, on } = usePointed()
  return (
    <label data-mine={mine || undefined} {...on}>
      <span className="bar" style={{ inlineSize: `${share * 100}%` }} />
      <input
        type={type}
        name={name}
        checked={mine}
        aria-label={more.votedFor(text, by.length, mine)}
        aria-describedby={shown && by.length > 0 ? id : undefined}
        aria-disabled={onChoose === null || undefined}
        tabIndex={tabIndex}
        onChange={() => {
          if (!wasLong()) onChoose?.()
        }}
      />
      <bdi>{text}</bdi>
      <span className="count" aria-hidden="true">
        {by.length}
      </span>
      {shown && by.length > 0 && <Who id={id} by={by} />}
    </label>
  )
}
