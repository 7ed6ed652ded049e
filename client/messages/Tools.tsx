import { useEffect, useRef, useState, type RefObject } from 'react'
import { createPortal } from 'react-dom'
import type { Answer } from '../../protocol/index.ts'
import { AskFirst } from '../ui/AskFirst.tsx'
import { isPressed, Menu } from '../ui/Menu.tsx'
import { more } from '../ui/moreWords.ts'
import { timeOf } from '../ui/time.ts'
import { offer } from '../ui/toasts.ts'
import { words } from '../ui/words.ts'
import { Forward } from '../forwards/Forward.tsx'
import { gist } from '../uploads/gist.ts'
import { ReportMessage } from '../moderation/ReportMessage.tsx'
import { Picker } from '../emoji/Picker.tsx'
import { RemindMe } from '../reminders/RemindMe.tsx'
import { Quick } from '../reactions/Quick.tsx'
import { useReact } from '../reactions/useReactions.ts'
import { PersonCard } from '../rooms/PersonCard.tsx'
import { boxBeside, isByHand, isTyped } from './byHand.ts'
import { copyMessages } from './copyMessages.ts'
import { copyWords } from './copyWords.ts'
import { Edits } from './Edits.tsx'
import { History } from './History.tsx'
import { threadAt } from './drafts.ts'
import type { Row } from './rows.ts'
import { isStored, REPLY, toolsFor, type Hands, type StoredRow, type Tool } from './tools.ts'
import { Swipe } from './Swipe.tsx'
import { Toolbar } from './Toolbar.tsx'
import { useEditActions } from './useEdits.ts'
import { useParents } from './useParents.ts'
import { useTools } from './useTools.ts'
import { useToolTarget } from './useToolTarget.ts'
import './Tools.css'

type Props = { scroller: RefObject<HTMLElement | null>; rows: readonly Row[]; roomId: string }

/**
 * What can be done with the message that somebody points at or that has the focus. Once for the whole list, and put into that
 * message: so nothing is drawn again on the way of the pointer, and Tab leads from the message to its tools.
 */
export function Tools({ scroller, rows, roomId }: Props) {
  const { unreadFrom, moderates, writes, erase, remove, reply, pin, save, markdownOf } = useTools(roomId)
  const actions = useEditActions(roomId)
  useParents(roomId)
  const react = useReact(roomId)
  const [menu, setMenu] = useState<{ element: HTMLElement; place: DOMRect } | null>(null)
  const [removing, setRemoving] = useState<StoredRow | null>(null)
  const [history, setHistory] = useState<string | null>(null)
  const [forwarding, setForwarding] = useState<StoredRow | null>(null)
  const [reminding, setReminding] = useState<StoredRow | null>(null)
  const [reporting, setReporting] = useState<StoredRow | null>(null)
  const [reactingTo, setReactingTo] = useState<StoredRow | null>(null)
  const [personId, setPersonId] = useState<string | null>(null)
  const [said, say] = useState('')

  function rowOf(element: HTMLElement | null): StoredRow | undefined {
    const key = element?.dataset['key']
    return rows.find((row): row is StoredRow => row.type === 'message' && row.key === key && isStored(row))
  }

  /** At the end of its message, where the tools stand. */
  function placeOf({ key }: StoredRow): DOMRect {
    const { x, y, width, height } =
      scroller.current?.querySelector(`[data-key="${key}"]`)?.getBoundingClientRect() ?? new DOMRect()
    return new DOMRect(x, y, width, Math.min(height, 48))
  }

  function use(tool: Tool, element: HTMLElement, row: StoredRow): void {
    const hands: Hands = {
      element,
      unreadFrom,
      edit: (one) => actions.begin(one, element),
      history: ({ key }) => setHistory(key),
      // One's own come back only where one may write.
      remove: (one) => (one.own && !writes() ? setRemoving(one) : void remove(one.seq)),
      copyLink: (seq) => void copyOut(`${location.origin}/r/${roomId}/${seq}`),
      copyMarkdown: (one) => void copyOut(markdownOf(one)),
      report: setReporting,
      about: setPersonId,
      react: setReactingTo,
      forward: setForwarding,
      remind: setReminding,
      say,
      save: ({ seq }) => void settle(save(seq), more.isSaved),
      pin: ({ seq }, on) => void settle(pin(seq, on), on ? more.isPinned : more.isUnpinned),
      replies: (thread) => (location.hash = threadAt(thread)),
      reply({ seq }) {
        const beside = element.closest('aside, main')
        // What is written beside a thread answers its first message.
        if (beside?.localName === 'main') reply(seq)
        beside?.querySelector('textarea')?.focus()
      },
    }
    say('')
    tool.act(row, hands)
  }

  async function settle(asked: Promise<Answer<unknown>>, done: string): Promise<void> {
    const answer = await asked
    if (answer.ok) say(done)
    else offer({ text: answer.error.message, act: more.close, onAct() {} })
  }

  async function copyOut(text: string): Promise<void> {
    say((await copyWords(text)) ? more.copied : more.notCopied)
  }

  const toolsOf = (one: StoredRow) => toolsFor(one, moderates(one), writes())
  const open = (element: HTMLElement) => setHistory(rowOf(element)?.key ?? null)
  const copy = (list: HTMLElement, event: ClipboardEvent) => copyMessages(event, list, rows)
  const reactions = useRef({ ask, press, copy, history: open, edit })
  useEffect(() => {
    reactions.current = { ask, press, copy, history: open, edit }
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => reactions.current.edit(event)
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [])
  const { target, inside } = useToolTarget(scroller, reactions)

  function ask(element: HTMLElement, place: DOMRect): void {
    if (!rowOf(element)) return
    // Where the focus goes back to: the tools may be gone by then.
    element.focus({ preventScroll: true })
    setMenu({ element, place })
  }

  function replyTo(element: HTMLElement): (() => void) | null {
    const row = rowOf(element)
    const tool = row && toolsOf(row).find(({ hotkey }) => hotkey === REPLY)
    return tool ? () => use(tool, element, row) : null
  }

  /** The arrow up in a box in which nothing is written. */
  function edit(event: KeyboardEvent): void {
    const { target, shiftKey, isComposing, keyCode } = event
    if (!(target instanceof HTMLTextAreaElement) || target.id !== 'composer' || target.value !== '') return
    if (!isPressed(event, 'ArrowUp') || shiftKey || isComposing || keyCode === 229 || !writes()) return
    // The box beside which this list stands, where there is another one.
    if (!scroller.current?.closest('main, aside')?.contains(target)) return
    event.preventDefault()
    void actions.beginLast(target)
  }

  function press(element: HTMLElement, event: KeyboardEvent): void {
    const row = rowOf(element)
    if (!row) return
    // Enter leads to what is in the message, Esc back out.
    if (event.target !== element) {
      if (event.key !== 'Escape' || event.shiftKey) return
      event.stopPropagation()
      return element.focus()
    }
    if (event.key === 'Enter') {
      // Else the same key would press what it leads to.
      event.preventDefault()
      return element.querySelector<HTMLElement>('button:not([hidden]), a')?.focus()
    }
    // The box takes what is typed, as it has the focus by the time that the letter comes.
    if (isByHand(element) && isTyped(event)) return boxBeside(element)?.focus()
    const tool = toolsOf(row).find(({ hotkey }) => isPressed(event, hotkey))
    if (!tool) return
    event.preventDefault()
    use(tool, element, row)
  }

  const element = menu?.element ?? target
  const row = rowOf(element)
  const menuRow = rowOf(menu?.element ?? null)
  const told = rows.find((one): one is StoredRow => one.type === 'message' && one.key === history && isStored(one))
  return (
    <>
      {element &&
        row &&
        createPortal(
          <Toolbar
            row={row}
            tools={toolsOf(row).filter(({ quick }) => quick)}
            tabIndex={inside ? 0 : -1}
            menuIsOpen={menu !== null}
            onUse={(tool) => use(tool, element, row)}
            onMenu={(place) => ask(element, place)}
          />,
          element,
        )}
      {menu && menuRow && (
        <Menu
          label={more.toolsOf(menuRow.own ? words.you : menuRow.author.name, timeOf(menuRow.sentAt))}
          entries={toolsOf(menuRow).map((tool) => ({
            ...tool,
            name: tool.name(menuRow),
            act: () => use(tool, menu.element, menuRow),
          }))}
          place={menu.place}
          onClose={() => setMenu(null)}
        >
          <Quick
            onPick={(emoji) => {
              setMenu(null)
              react(menuRow.seq, emoji)
            }}
          />
        </Menu>
      )}
      {removing && (
        <AskFirst
          title={more.deleteThis}
          means={more.deleteThisMeans}
          keep={more.keepIt}
          act={more.deleteIt}
          danger
          onAct={() => erase(removing.seq)}
          onClose={() => setRemoving(null)}
        />
      )}
      {told && <History roomId={roomId} row={told} onClose={() => setHistory(null)} />}
      <Swipe scroller={scroller} mayReply={(one) => replyTo(one) !== null} onReply={(one) => replyTo(one)?.()} />
      <Edits scroller={scroller} rows={rows} roomId={roomId} actions={actions} />
      {forwarding && <Forward row={forwarding} onClose={() => setForwarding(null)} />}
      {reporting && (
        <ReportMessage
          roomId={roomId}
          seq={reporting.seq}
          body={gist({ ...reporting.said, body: reporting.body })}
          onClose={() => setReporting(null)}
        />
      )}
      {reminding && <RemindMe roomId={roomId} seq={reminding.seq} onClose={() => setReminding(null)} />}
      {reactingTo && (
        <Picker
          place={placeOf(reactingTo)}
          onPick={(emoji) => react(reactingTo.seq, emoji)}
          onClose={() => setReactingTo(null)}
        />
      )}
      {personId && <PersonCard personId={personId} onClose={() => setPersonId(null)} />}
      {/* Beside what the conversation itself has to say. */}
      {createPortal(
        <p className="unseen" role="status">
          {said}
        </p>,
        document.body,
      )}
    </>
  )
}
