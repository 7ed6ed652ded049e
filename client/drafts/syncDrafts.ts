import type { Draft } from '../../protocol/drafts.ts'
import { PASSING } from '../../protocol/errors.ts'
import type { Answer, Output } from '../../protocol/index.ts'
import { MESSAGE_LENGTH } from '../../protocol/limits.ts'
import { draftIn, targetOf, type Drafts } from '../messages/drafts.ts'
import type { Connection } from '../socket/connect.ts'
import { createWorker, PAUSE } from '../socket/request.ts'
import type { Shelf } from '../socket/shelf.ts'

/** So long after the last key what was written is kept on the server. Milliseconds. */
const AFTER = 1_000
/** Nobody writes any more in a box that has not changed for so long: before that, nothing else is put into it. Milliseconds. */
const WRITING = 5_000

/** Where something is written, the text and what it answers, in one: nothing is written where it is empty. */
type Form = string

const formOf = (text: string, target: number | undefined): Form => (text === '' ? '' : `${target || ''}\n${text}`)
const formIn = (drafts: Drafts, name: string): Form => formOf(drafts[name] ?? '', Number(drafts[targetOf(name)]))
/** Two texts as one, unless one has the other in it. */
function joined(one: Form, other: Form): Form {
  const [first, second] = [textIn(one), textIn(other)]
  if (first.includes(second)) return one
  return second.includes(first) || second === '' ? other : formOf(`${first}\n${second}`, Number(targetIn(other)))
}

const targetIn = (form: Form): string => form.slice(0, Math.max(0, form.indexOf('\n')))
const textIn = (form: Form): string => form.slice(form.indexOf('\n') + 1)

/** A room, or the thread that begins with this message; null for what is written of an edit, which stays on its device. */
function placeOf(name: string): { roomId: string; thread?: number } | null {
  const [, roomId, thread] = /^([^\s/]+)(?: (\d+))?$/.exec(name) ?? []
  return roomId === undefined ? null : { roomId, ...(thread && { thread: Number(thread) }) }
}

const nameOf = ({ roomId, thread }: Draft) => (thread === undefined ? roomId : draftIn(roomId, thread))

type Parts = Pick<Connection, 'store' | 'request' | 'hear'>

/**
 * Keeps what is written here on the server, and puts what is written on other devices where nothing was changed here since both
 * were the same. Of two texts the one that was written last stays. Returns a function that stops it.
 */
export function syncDrafts({ store, request, hear }: Parts, shelf: Shelf): () => void {
  const work = createWorker()
  let before = store.getState()
  let stopped = false
  /** Whether all that the server keeps was heard on this connection. */
  let listed = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let next = Infinity
  /** What the server has, as far as it is known. */
  const there = new Map<string, { form: Form; rev: number }>()
  /** What was the same here and there, the last time that it was. */
  const common = new Map<string, Form>()
  /** When something was last changed here. Milliseconds of `performance.now()`. */
  const touched = new Map<string, number>()
  /** What the server does not take, until it is another text. */
  const refused = new Map<string, Form>()

  const prefix = () => `natter.synced.${before.me?.id}.`
  const isOnline = () => !stopped && store.getState().link.phase === 'online'
  const quietFor = (name: string) => performance.now() - (touched.get(name) ?? -Infinity)
  const look = () => {
    if (isOnline() && before.me) work('drafts', settleAll)
  }

  /** Or sooner, where that was asked for already. */
  function lookIn(milliseconds: number): void {
    const at = performance.now() + milliseconds
    if (stopped || at >= next) return
    clearTimeout(timer)
    next = at
    timer = setTimeout(() => {
      next = Infinity
      look()
    }, milliseconds)
  }

  /** Another log is another history: what was kept there says nothing of this one. */
  function begin(): void {
    for (const known of [there, common, touched, refused]) known.clear()
    for (const [name, value] of before.me ? shelf.all(prefix()) : []) {
      const [logId] = value.split('\n', 1)
      if (logId === before.logId) common.set(name, value.slice(logId.length + 1))
    }
  }

  function agree(name: string, form: Form): void {
    if ((common.get(name) ?? '') === form) return
    common.set(name, form)
    if (form) shelf.put(prefix() + name, `${before.logId}\n${form}`)
    else shelf.drop(prefix() + name)
  }

  function learn(name: string, form: Form, rev: number): void {
    if (rev >= (there.get(name)?.rev ?? 0)) there.set(name, { form, rev })
  }

  async function settleAll(): Promise<void> {
    if (!listed && !(await list())) return lookIn(PAUSE)
    const here = Object.keys(store.getState().drafts)
    for (const name of new Set([...here, ...there.keys(), ...common.keys()])) if (isOnline()) await settle(name)
  }

  async function list(): Promise<boolean> {
    there.clear()
    for (let after: number | null = 0; after !== null;) {
      const answer: Answer<Output<'draft:list'>> = await request('draft:list', { after })
      if (!answer.ok) return false
      for (const draft of answer.data.drafts) learn(nameOf(draft), formOf(draft.text, draft.replyTo), draft.rev)
      after = answer.data.next
    }
    listed = true
    return true
  }

  async function settle(name: string): Promise<void> {
    const { drafts, outbox, rooms } = store.getState()
    const place = placeOf(name)
    if (!place || !rooms[place.roomId]) return
    // What is being sent stays a draft until the outbox has it: whoever is cut off before finds it again.
    if (outbox.some(({ draft, kept }) => draft === name && !kept)) return
    const here = formIn(drafts, name)
    const other = there.get(name)?.form ?? ''
    if (here === other) return agree(name, here)
    const isMine = here !== (common.get(name) ?? '')
    const wait = (isMine ? AFTER : WRITING) - quietFor(name)
    // What is over is said at once, so that nobody finds it elsewhere.
    if (wait > 0 && !(isMine && here === '')) return lookIn(Math.ceil(wait))
    if (isMine) {
      // Both were written since they were the same, and nobody is writing here: neither is lost.
      const both = other && other !== common.get(name) && quietFor(name) >= WRITING ? joined(other, here) : here
      if (both !== here) put(name, both)
      return push(name, place, both)
    }
    agree(name, other)
    put(name, other)
  }

  async function push(name: string, place: { roomId: string; thread?: number }, form: Form): Promise<void> {
    const text = textIn(form)
    if (refused.get(name) === form || text.length > MESSAGE_LENGTH) return
    const answer = await request('draft:set', { ...place, text, replyTo: Number(targetIn(form)) || undefined })
    if (answer.ok) {
      learn(name, form, answer.data.rev)
      agree(name, form)
      // It may have been written on meanwhile, here or elsewhere.
      lookIn(AFTER)
    } else if (PASSING.has(answer.error.code)) lookIn(answer.error.retryAfter ?? PAUSE)
    else refused.set(name, form)
  }

  function put(name: string, form: Form): void {
    const { drafts } = store.getState()
    for (const [key, text] of [
      [name, textIn(form)],
      [targetOf(name), targetIn(form)],
    ] as const)
      if ((drafts[key] ?? '') !== text) store.dispatch({ type: 'draft', roomId: key, text })
    touched.delete(name)
  }

  function follow(): void {
    const former = before
    before = store.getState()
    const isAnother = before.me?.id !== former.me?.id || before.logId !== former.logId
    if (isAnother) begin()
    if (isAnother || before.link.phase !== former.link.phase) {
      listed = false
      look()
    } else {
      if (before.drafts !== former.drafts) touch(former.drafts)
      if (before.outbox !== former.outbox) look()
    }
  }

  function touch(former: Drafts): void {
    const { drafts } = before
    for (const key of new Set([...Object.keys(drafts), ...Object.keys(former)])) {
      if (drafts[key] === former[key]) continue
      const name = key.replace(/ to$/, '')
      touched.set(name, performance.now())
      if (!drafts[name]) look()
    }
    lookIn(AFTER)
  }

  /** Whoever looks away goes on elsewhere. */
  function hurry(): void {
    for (const [name, at] of touched) touched.set(name, Math.min(at, performance.now() - AFTER))
    look()
  }

  begin()
  look()
  const ends = [
    store.subscribe(follow),
    hear('draft:changed', (draft) => {
      learn(nameOf(draft), formOf(draft.text, draft.replyTo), draft.rev)
      look()
    }),
    ...['blur', 'focusout', 'pagehide'].map((sign) => {
      addEventListener(sign, hurry)
      return () => removeEventListener(sign, hurry)
    }),
  ]
  return () => {
    stopped = true
    clearTimeout(timer)
    for (const end of ends) end()
  }
}
