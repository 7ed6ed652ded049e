import type { Shelf } from '../socket/shelf.ts'
import { newKey } from './newKey.ts'

export type Drafts = Readonly<Record<string, string>>

/**
 * Until it is empty or sent a draft has a name, and counts how often it was kept: of two copies the one that was kept more
 * often is the newer one, and one that was sent is told by its name.
 */
export type Mark = { name: string; turn: number }

/** Whether this is the state of a draft that is over, or an earlier one. Written on elsewhere, it is not over. */
export const isOver = (one: Mark, over: Mark): boolean => one.name === over.name && one.turn <= over.turn

/** A copy outside localStorage, which a killed browser loses seconds of. */
export type DraftCopy = Mark & { personId: string; roomId: string; text: string }

/** It was written on, or it is over as it was then. */
export type DraftChange = { copy: DraftCopy } | { over: Mark | undefined; personId: string; roomId: string }

const prefixOf = (personId: string) => `natter.draft.${personId}.`

/** Earlier versions kept the text alone. */
function read(value: string | null): { mark: Mark | null; text: string } {
  const [, name, turn, text] = /^([\da-f-]{36}) (\d+)\n([^]*)$/.exec(value ?? '') ?? []
  return { mark: name ? { name, turn: Number(turn) } : null, text: text ?? value ?? '' }
}

/** Where what was being written survives the page, by person and room. Two tabs write different rooms without a quarrel. */
export function createDraftShelf(shelf: Shelf) {
  const marks = new Map<string, Mark>()
  /** The drafts that became messages, until the outbox has them. */
  const taken = new Map<string, Mark>()

  function open(roomId: string, value: string | null): string {
    const { mark, text } = read(value)
    if (mark) marks.set(roomId, mark)
    else marks.delete(roomId)
    return text
  }

  function put(personId: string, roomId: string, text: string): DraftCopy {
    const { name, turn } = marks.get(roomId) ?? { name: newKey(), turn: 0 }
    const mark = { name, turn: turn + 1 }
    marks.set(roomId, mark)
    shelf.put(prefixOf(personId) + roomId, `${name} ${mark.turn}\n${text}`)
    return { ...mark, personId, roomId, text }
  }

  return {
    load(personId: string): Drafts {
      marks.clear()
      const all = shelf.all(prefixOf(personId)).map(([roomId, value]) => [roomId, open(roomId, value)] as const)
      for (const [roomId, text] of all) if (!text) marks.delete(roomId)
      return Object.fromEntries(all.filter(([, text]) => text))
    },
    /** Only what differs from `before`: another tab may have written the rest. Returns what is to be done to the copies. */
    save(personId: string, drafts: Drafts, before: Drafts): DraftChange[] {
      const rooms = [...new Set([...Object.keys(drafts), ...Object.keys(before)])]
      return rooms
        .filter((roomId) => drafts[roomId] !== before[roomId])
        .map((roomId) => {
          const text = drafts[roomId]
          if (text) return { copy: put(personId, roomId, text) }
          const over = marks.get(roomId) ?? taken.get(roomId)
          marks.delete(roomId)
          taken.delete(roomId)
          // What another tab has begun or written on there meanwhile is its own.
          const key = prefixOf(personId) + roomId
          const [, held = null] = shelf.all(key).find(([rest]) => rest === '') ?? []
          const { mark } = read(held)
          // Not taken away: a browser may do that to what another tab has written since. It says which draft is over.
          if (over && (!mark || isOver(mark, over))) shelf.put(key, `${over.name} ${over.turn}\n`)
          return { over, personId, roomId }
        })
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
    /** What another tab has made of one of this person's drafts, if this key is one. */
    follow(personId: string, key: string, oldValue: string | null, newValue: string | null) {
      if (!key.startsWith(prefixOf(personId))) return null
      const roomId = key.slice(prefixOf(personId).length)
      // Somebody who writes in two tabs keeps both texts: only the draft that is shown here is followed, or begun.
      const [here, there] = [marks.get(roomId), read(newValue).mark]
      if (!there || (here && here.name !== there.name)) return null
      return { roomId, before: read(oldValue).text, open: () => open(roomId, newValue) }
    },
  }
}
