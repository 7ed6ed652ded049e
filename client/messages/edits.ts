import { writtenWith } from '../mentions/tokens.ts'
import type { Connection } from '../socket/connect.ts'
import { PASSING } from '../../protocol/errors.ts'
import { createWorker, pause, PAUSE } from '../socket/request.ts'
import type { State } from '../socket/state.ts'

/**
 * What is being made of messages. It is kept as drafts are, over room changes, reloads and crashes: beside that of the room,
 * under a name of its own, first as it is written and then, from Enter on, as it is to be saved.
 */

export const writtenAs = (roomId: string, seq: number): string => `${roomId}/${seq}`
const TO_SAVE = '!'
export const savedAs = (roomId: string, seq: number): string => writtenAs(roomId, seq) + TO_SAVE

/** `text`: with names while it is written, with tokens when it is to be saved. */
export type Edit = { roomId: string; seq: number; text: string; state: 'open' | 'saving' }

/** All that there are, those that are to be saved first where a message has both. */
export function editsIn(drafts: State['drafts']): Edit[] {
  return Object.entries(drafts).flatMap(([name, text]): Edit[] => {
    const [, roomId = '', seq, end] = /^([^/]+)\/(\d+)(!?)$/.exec(name) ?? []
    return seq === undefined ? [] : [{ roomId, seq: Number(seq), text, state: end === TO_SAVE ? 'saving' : 'open' }]
  })
}

/** Which fields somebody has opened in this tab, from where, and why what is in them could not be saved. */
type Here = {
  opened: Readonly<Record<string, HTMLElement | null>>
  problems: Readonly<Record<string, string>>
}

let here: Here = { opened: {}, problems: {} }
const listeners = new Set<() => void>()

export const getHere = (): Here => here
export function hearHere(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function note(change: Partial<Here>): void {
  here = { ...here, ...change }
  for (const listener of listeners) listener()
}

const without = <T>(all: Readonly<Record<string, T>>, name: string): Record<string, T> => {
  const { [name]: _, ...others } = all
  return others
}

export const setProblem = (name: string, problem: string | null): void =>
  note({ problems: problem === null ? without(here.problems, name) : { ...here.problems, [name]: problem } })

/** The field is there, or not any more. Returns where the focus was when it was opened. */
export const openField = (name: string, from: HTMLElement | null): void =>
  note({ opened: { ...here.opened, [name]: from } })
export function closeField(name: string): HTMLElement | null {
  const from = here.opened[name] ?? null
  note({ opened: without(here.opened, name), problems: without(here.problems, name) })
  return from
}

type Parts = Pick<Connection, 'store' | 'request'>

/** Saves what is to be saved, in whatever room, as soon as the server can be asked. Returns a function that stops it. */
export function saveEdits({ store, request }: Parts): () => void {
  const work = createWorker()
  let stopped = false
  const next = (): Edit | undefined => {
    const { drafts, link } = store.getState()
    return stopped || link.phase !== 'online' ? undefined : editsIn(drafts).find(({ state }) => state === 'saving')
  }
  const isStill = ({ roomId, seq, text }: Edit) => store.getState().drafts[savedAs(roomId, seq)] === text
  const end = ({ roomId, seq }: Edit) => store.dispatch({ type: 'draft', roomId: savedAs(roomId, seq), text: '' })

  async function saveAll(): Promise<void> {
    for (let edit = next(); edit; edit = next()) await save(edit)
  }

  async function save(edit: Edit): Promise<void> {
    const { roomId, seq, text } = edit
    const name = writtenAs(roomId, seq)
    const answer = await request('message:edit', { roomId, seq, body: text })
    if (answer.ok) store.dispatch({ type: 'stored', message: answer.data })
    // Meanwhile it was taken back, or has become another text.
    if (!isStill(edit)) return
    if (answer.ok) {
      setProblem(name, null)
      return end(edit)
    }
    const { code, message, retryAfter } = answer.error
    setProblem(name, message)
    if (PASSING.has(code)) return void (await pause(retryAfter ?? PAUSE))
    // What was written is there again, to be changed or taken elsewhere.
    const { drafts } = store.getState()
    store.dispatch({ type: 'draft', roomId: name, text: drafts[name] ?? writtenWith(store.getState(), text) })
    end(edit)
  }

  const look = () => {
    if (next()) work('edits', saveAll)
  }
  look()
  const stop = store.subscribe(look)
  return () => {
    stopped = true
    stop()
  }
}
