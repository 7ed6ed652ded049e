import type { Shelf } from '../socket/shelf.ts'

type Drafts = Readonly<Record<string, string>>

const prefixOf = (personId: string) => `natter.draft.${personId}.`

/** Where what was being written survives the page, by person and room. Two tabs write different rooms without a quarrel. */
export function createDraftShelf(shelf: Shelf) {
  return {
    load: (personId: string): Drafts => Object.fromEntries(shelf.all(prefixOf(personId))),
    /** Only what differs from `before`: another tab may have written the rest. */
    save(personId: string, drafts: Drafts, before: Drafts): void {
      for (const roomId of new Set([...Object.keys(drafts), ...Object.keys(before)])) {
        const text = drafts[roomId]
        if (text === before[roomId]) continue
        if (text) shelf.put(prefixOf(personId) + roomId, text)
        else shelf.drop(prefixOf(personId) + roomId)
      }
    },
    /** Which room's draft another tab has changed, if this key is one. */
    roomOf: (personId: string, key: string): string | null =>
      key.startsWith(prefixOf(personId)) ? key.slice(prefixOf(personId).length) : null,
  }
}
