type Drafts = Readonly<Record<string, string>>

/** Where what was being written survives the page, by person and room. Two tabs write different rooms without a quarrel. */
export function createDraftShelf(storage: Storage) {
  const prefixOf = (personId: string) => `natter.draft.${personId}.`
  return {
    load(personId: string): Drafts {
      const prefix = prefixOf(personId)
      const keys = Array.from({ length: storage.length }, (_, i) => storage.key(i) ?? '')
      return Object.fromEntries(
        keys
          .filter((key) => key.startsWith(prefix))
          .map((key) => [key.slice(prefix.length), storage.getItem(key) ?? '']),
      )
    },
    /** Only what differs from `before`: another tab may have written the rest. */
    save(personId: string, drafts: Drafts, before: Drafts): void {
      for (const roomId of new Set([...Object.keys(drafts), ...Object.keys(before)])) {
        const text = drafts[roomId]
        if (text === before[roomId]) continue
        if (text) storage.setItem(prefixOf(personId) + roomId, text)
        else storage.removeItem(prefixOf(personId) + roomId)
      }
    },
  }
}
