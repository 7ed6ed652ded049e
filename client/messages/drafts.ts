import type { Shelf } from '../socket/shelf.ts'
import { newKey } from './newKey.ts'

/** By the room that they are written in, or else by the name that one of these gives them. */
export type Drafts = Readonly<Record<string, string>>

/** Which message a draft answers stands beside it, and is kept as it is. */
export const targetOf = (draft: string): string => `${draft} to`
/** The thread that begins with this message, open beside the page as it is. */
export const threadAt = (seq: number): string => `#replies-${seq}`
/** What is written in a thread is another draft than what is written in its room. */
export const draftIn = (roomId: string, thread: number): string => `${roomId} ${thread}`

/**
 * Until it is empty or sent a draft has a name, and counts how often it was kept: of two copies the one that was kept more
 * often is the newer one, and one that was sent is told by its name.
 */
export type Mark = { name: string; turn: number }

/** Whether this is the state of a draft that is over, or an earlier one. Written on elsewhere, it is not over. */
export const isOver = (one: Mark, over: Mark): boolean => one.name === over.name && one.turn <= over.turn

/** A copy outside localStorage, which a killed browser loses seconds of. */
export type DraftCopy = Mark & { personId: string; roomId: string; text: string }

/** It was written on, or it is over, in the state that `over` names. */
export type DraftChange = { copy: DraftCopy } | { over: Mark; personId: string; roomId: string }

const prefixOf = (personId: string) => `natter.draft.${personId}.`

/** Earlier versions kept the text alone, or with a name and no turn. */
function read(value: string | null): { mark: Mark | null; text: string } {
  const [, name, turn = 0, text] = /^([\da-f-]{36})(?: (\d+))?\n([^]*)$/.exec(value ?? '') ?? []
  return { mark: name ? { name, turn: Number(turn) } : null, text: text ?? value ?? '' }
}

const inWriting = ({ name, turn }: Mark, text: string): string => `${name} ${turn}\n${text}`

/** Where what was being written survives the page, by person and room. Two tabs write different rooms without a quarrel. */
export function createDraftShelf(shelf: Shelf) {
  const marks = new Map<string, Mark>()
  /** The drafts that became messages, until the outbox has them. */
  const taken = new Map<string, Mark>()

  function open(roomId: string, value: string | null): string {
    const { mark, text } = read(value)
    if (text) marks.set(roomId, mark ?? { name: newKey(), turn: 0 })
    else marks.delete(roomId)
    return text
  }

  function put(personId: string, roomId: string, text: string): DraftCopy {
    const { name, turn } = marks.get(roomId) ?? { name: newKey(), turn: 0 }
    const mark = { name, turn: turn + 1 }
    marks.set(roomId, mark)
    shelf.put(prefixOf(personId) + roomId, inWriting(mark, text))
    return { ...mark, personId, roomId, text }
  }

  /** Not taken away: a browser may do that to what another tab has written since. It is said which draft is over. */
  function end(personId: string, roomId: string, over: Mark): void {
    const key = prefixOf(personId) + roomId
    const { mark } = read(shelf.get(key))
    // What another tab has begun or written on there meanwhile is its own.
    if (!mark || isOver(mark, over)) shelf.put(key, inWriting(over, ''))
  }

  return {
    load(personId: string): Drafts {
      marks.clear()
      const all = shelf.all(prefixOf(personId)).map(([roomId, value]) => [roomId, open(roomId, value)] as const)
      return Object.fromEntries(all.filter(([, text]) => text))
    },
    /** Only what differs from `before`: another tab may have written the rest. Returns what is to be done to the copies. */
    save(personId: string, drafts: Drafts, before: Drafts): DraftChange[] {
      const rooms = [...new Set([...Object.keys(drafts), ...Object.keys(before)])]
      return rooms
        .filter((roomId) => (drafts[roomId] ?? '') !== (before[roomId] ?? ''))
        .flatMap((roomId): DraftChange[] => {
          const text = drafts[roomId]
          if (text) return [{ copy: put(personId, roomId, text) }]
          const over = marks.get(roomId)
          marks.delete(roomId)
          if (!over) return []
          end(personId, roomId, over)
          return [{ over, personId, roomId }]
        })
    },
    /** Another tab may say too late that a draft is over, where this one has its own by now: then that stands there again. */
    stand(personId: string, key: string, newValue: string | null, kept: Drafts): void {
      const roomId = key.slice(prefixOf(personId).length)
      const [here, there] = [marks.get(roomId), read(newValue)]
      if (!key.startsWith(prefixOf(personId)) || !here || !kept[roomId] || !there.mark || there.text) return
      if (!isOver(here, there.mark)) shelf.put(key, inWriting(here, kept[roomId]))
    },
    /** The states of those that are known, by room. */
    marks: () => new Map(marks),
    /** Whether a copy is newer than what was loaded; then it is the one that is gone on from. */
    goOn({ roomId, name, turn }: DraftCopy): boolean {
      const mark = marks.get(roomId)
      if (mark && (mark.name !== name || mark.turn >= turn)) return false
      marks.set(roomId, { name, turn })
      return true
    },
    /** Its state, for the message that it becomes. What is written next is another draft. */
    take(roomId: string): Mark | undefined {
      const mark = marks.get(roomId)
      marks.delete(roomId)
      if (mark) taken.set(roomId, mark)
      return mark
    },
    /** The outbox has what was taken: its draft is over, whatever has been begun since. */
    settle(personId: string, roomId: string): void {
      const over = taken.get(roomId)
      taken.delete(roomId)
      if (over) end(personId, roomId, over)
    },
    /** What another tab has made of one of this person's drafts, if this key is one. */
    follow(personId: string, key: string, oldValue: string | null, newValue: string | null) {
      if (!key.startsWith(prefixOf(personId))) return null
      const roomId = key.slice(prefixOf(personId).length)
      const [here, { mark: there, text }] = [marks.get(roomId), read(newValue)]
      // Somebody who writes in two tabs keeps both texts: only the draft that is shown here is followed, or begun; and what was
      // written on here is not over because the other tab had not heard of it yet.
      const goesOn = (mark: Mark) => there?.name === mark.name && there.turn > mark.turn
      if (!there || (here && !(text === '' ? isOver(here, there) : goesOn(here)))) return null
      return { roomId, before: read(oldValue).text, open: () => open(roomId, newValue) }
    },
  }
}
