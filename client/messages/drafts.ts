import type { Shelf } from '../socket/shelf.ts'
import { newKey } from './newKey.ts'

export type Drafts = Readonly<Record<string, string>>

const prefixOf = (personId: string) => `natter.draft.${personId}.`

/** Earlier versions kept the text alone. */
function read(value: string | null): { name?: string | undefined; text: string } {
  const [, name, text] = /^([\da-f-]{36})\n([^]*)$/.exec(value ?? '') ?? []
  return { name, text: text ?? value ?? '' }
}

/**
 * Where what was being written survives the page, by person and room. Two tabs write different rooms without a quarrel.
 * Until it is empty or sent a draft has a name, which is kept before its text: a browser that was killed may bring back a
 * draft that was sent, and is told by the name.
 */
export function createDraftShelf(shelf: Shelf) {
  const names = new Map<string, string>()

  function open(roomId: string, value: string | null): string {
    const { name, text } = read(value)
    if (name) names.set(roomId, name)
    else names.delete(roomId)
    return text
  }

  return {
    /** By name, the rooms of those that were brought back. */
    rooms: () => new Map([...names].map(([roomId, name]) => [name, roomId])),
    load(personId: string): Drafts {
      names.clear()
      return Object.fromEntries(shelf.all(prefixOf(personId)).map(([roomId, value]) => [roomId, open(roomId, value)]))
    },
    /** Only what differs from `before`: another tab may have written the rest. */
    save(personId: string, drafts: Drafts, before: Drafts): void {
      for (const roomId of new Set([...Object.keys(drafts), ...Object.keys(before)])) {
        const text = drafts[roomId]
        if (text === before[roomId]) continue
        if (!text) names.delete(roomId)
        else if (!names.has(roomId)) names.set(roomId, newKey())
        if (text) shelf.put(prefixOf(personId) + roomId, `${names.get(roomId)}\n${text}`)
        else shelf.drop(prefixOf(personId) + roomId)
      }
    },
    /** Its name, for the message that it becomes. What is written next is another draft. */
    take(roomId: string): string | undefined {
      const name = names.get(roomId)
      names.delete(roomId)
      return name
    },
    /** What another tab has made of one of this person's drafts, if this key is one. */
    follow(personId: string, key: string, oldValue: string | null, newValue: string | null) {
      if (!key.startsWith(prefixOf(personId))) return null
      const roomId = key.slice(prefixOf(personId).length)
      return { roomId, before: read(oldValue).text, open: () => open(roomId, newValue) }
    },
  }
}
