import type { Message } from '../../protocol/messages.ts'

/** What is told of a page that answered, and of one that did not, is told of its address again before anybody asks it once more. Milliseconds. */
export const TOLD_FOR = 24 * 60 * 60_000
export const SILENT_FOR = 60 * 60_000
/** So many messages at once learn of one page. */
export const FOUND = 100

/**
 * What messages tell of the pages that they link to. In a room that allows it, one that is sent or edited with a `link` tells where
 * that leads, at once: by its host, and with the title if another message has one of the same address that was asked for within TOLD_FOR; where that
 * page said nothing, nobody asks it again within SILENT_FOR. With the same link it goes on telling what it does, also where the room does not allow it any more; with another it tells
 * of that; without one it tells nothing. It goes with its message, and is put back with it.
 */
export type Previews = {
  /** This message tells of no page any more, whatever its text becomes. Of one that tells of none nothing changes. Refused: `not_found`, also once it is deleted. */
  remove: (message: { roomId: string; seq: number }) => Promise<Message>
  /** The address that a message tells of without knowing what the page says; null once that was asked. */
  wanted: (roomId: string, seq: number) => Promise<string | null>
  /** Messages that tell of a page that nobody asked yet, in rooms that allow it still: the newest, so many at most. */
  unasked: (limit: number) => Promise<{ roomId: string; seq: number; authorId: string }[]>
  /**
   * What the page at this address says, or null for nothing; `at`: when it was asked. The newest FOUND messages that want to know, in rooms that allow it still, tell it; where
   * it said nothing, they go on as they are.
   */
  found: (page: { url: string; site: string; title: string | null; at: number }) => Promise<void>
}
