import { useImperativeHandle, useRef, useState, type Ref, type RefObject } from 'react'
import type { Along } from '../messages/outbox.ts'
import type { Asked } from '../polls/asked.ts'
import { MakePoll } from '../polls/MakePoll.tsx'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { DialogEnd } from '../ui/DialogEnd.tsx'
import { more } from '../ui/moreWords.ts'
import { Problem } from '../ui/Problem.tsx'
import { Suggestions, type Keys } from '../ui/Suggestions.tsx'
import { beginningOf, commands, runCommand } from './commands.ts'
import { useCommands } from './useCommands.ts'
import './Commands.css'

export type Commanding = Keys & { run: (text: string) => void }

type Props = {
  roomId: string
  draft: string
  area: RefObject<HTMLTextAreaElement | null>
  ref: Ref<Commanding>
  /** The text as it is sent, with whom it names. */
  named: (text: string) => string
  /** As `Composer` sends. */
  onSend: (text: string, along?: Along) => boolean
  onTake: (text: string) => void
  /** This was done: it is to be in the box no more. */
  onDone: (text: string) => void
}

/** What can be done by writing it: offered while its name is written, and done when it is sent. */
export function Commands({ roomId, draft, area, ref, named, onSend, onTake, onDone }: Props) {
  const keys = useRef<Keys>(null)
  const [closed, setClosed] = useState(false)
  const [problem, setProblem] = useState<{ of: string; text: string } | null>(null)
  const [said, setSaid] = useState('')
  const [helping, setHelping] = useState(false)
  const [asking, setAsking] = useState<Asked | null>(null)
  const running = useRef('')
  const last = useRef(Promise.resolve())
  const help = () => setHelping(true)
  const { hands, put } = useCommands({ roomId, say: onSend, named, compose: setAsking, help })
  const query = closed ? null : beginningOf(draft)
  // Esc is for one command: the next one is offered again.
  if (closed && beginningOf(draft) === null) setClosed(false)
  const offers = query === null ? [] : commands.filter(({ name }) => name.startsWith(query))

  function run(text: string): void {
    // A second Enter while it is on its way would do it twice; what is written after it waits for it.
    if (running.current === text) return
    running.current = text
    last.current = last.current.then(() => perform(text))
  }

  async function perform(text: string): Promise<void> {
    setSaid('')
    const outcome = await runCommand(text, hands)
    if (running.current === text) running.current = ''
    if (outcome.open) return
    if (outcome.problem !== undefined) return setProblem({ of: draft, text: outcome.problem })
    setProblem(null)
    setSaid(outcome.said ?? '')
    onDone(text)
  }

  useImperativeHandle(ref, () => ({
    run,
    // Its whole name is written: Enter does it.
    press: (event) =>
      event.key === 'Enter' && offers.some(({ name }) => name === query)
        ? false
        : (keys.current?.press(event) ?? false),
  }))

  return (
    <>
      <Suggestions
        label={more.commands}
        said={more.suggestions(offers.length)}
        items={offers.map(({ name, takes, means }) => ({
          id: name,
          name: `/${name} ${takes}`.trim(),
          note: means,
        }))}
        query={query ?? ''}
        area={area}
        ref={keys}
        onTake={({ id }) => {
          onTake(`/${id} `)
          area.current?.focus()
        }}
        onClose={() => setClosed(true)}
      />
      <Problem>{problem?.of === draft ? problem.text : null}</Problem>
      <p role="status" className={draft === '' && said ? 'hint' : 'unseen'}>
        {draft === '' && said}
      </p>
      {asking && (
        <MakePoll
          begun={asking}
          onAsk={(question, poll) => {
            const { problem: why = null } = put(question, poll)
            // Till then what was written is in the box.
            if (why === null) onDone(draft)
            return why
          }}
          onClose={() => setAsking(null)}
        />
      )}
      {helping && <Help onClose={() => setHelping(false)} />}
    </>
  )
}

const Help = ({ onClose }: { onClose: () => void }) => (
  <Dialog title={more.commands} onClose={onClose}>
    <dl className="commands">
      {commands.map(({ name, takes, means }) => (
        <div key={name}>
          <dt>
            <kbd>/{name}</kbd> <i>{takes}</i>
          </dt>
          <dd>{means}</dd>
        </div>
      ))}
    </dl>
    <p>{more.commandsHint}</p>
    <DialogEnd>
      <Button look="ink" onClick={onClose}>
        {more.close}
      </Button>
    </DialogEnd>
  </Dialog>
)
