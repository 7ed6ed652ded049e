import type { SentFiles } from '../../protocol/files.ts'
import type { RoomChanges } from '../../protocol/changes.ts'
import type { ListMessages, Message, MessagePage, NewPoll } from '../../protocol/messages.ts'

export type Messages = {
  /**
   * Adds a message at the end of its room, and advances its author's read position to it. The same (owner, key) again with
   * the same text and files in the same room resolves to that message in its newest state; with another: `conflict`. `owner` is
   * the author unless given: a tutorial client may come back as another visitor. With `replyTo` it is an answer to that message, which is part
   * of what the key stands for: it stands in that one's thread, or begins one, and `concerns` who wrote there before; the first of
   * the thread says what `replies` there are by now, as it does when one is deleted or put back. `mentions` is whom the text names of
   * those in the room. With `forward` it says what that message says just now, mentions nobody, and tells whose words they were first, also of what was forwarded to there; where they stand only if everybody in the place or in its room may know. The key
   * stands for that message then, whatever it says by now. With `poll` it is one in which nobody has voted yet. `files` are uploads of
   * the author to this room that are ready, each for one message, with neither of these. What is forwarded takes along files of
   * its own, of the same bytes, which count to the author. `link` is the page that it links to: see Previews.
   * `here` are those who are here, from whoever may call them or everybody: without it such a call is text. Refused, unless it is
   * there already: `not_found` for who is not in the room, for an answer to what is not there, for a `forward` of what is not there
   * or deleted, and where a file is none of these; `forbidden` for who is muted there, where the files of a `forward` are more than `filesMost` leaves room for, for a call of more than HERE_LIMIT
   * who are here, in an archived room, and where only managers write for who is none: who made the room is one, and who `looksAfter` the place; `rate_limited`, with the
   * milliseconds to wait, for who wrote there more recently than its slow mode allows.
   */
  append: (draft: {
    roomId: string
    authorId: string
    key: string
    body: string
    owner?: string
    looksAfter?: boolean
    here?: readonly string[] | undefined
    replyTo?: number | undefined
    forward?: { roomId: string; seq: number } | undefined
    poll?: NewPoll | undefined
    files?: SentFiles | undefined
    /** Of the author, with those that are forwarded. Bytes. */
    filesMost?: number
    link?: string | undefined
  }) => Promise<Message>
  get: (roomId: string, seq: number) => Promise<Message | null>
  /**
   * Gives a message another text; the same one again changes nothing. Its key goes on standing for the text that it was sent
   * with: a send that is repeated later is the same message still. It mentions whom it names by now; whom it called once it
   * goes on calling, without `here` and beyond HERE_LIMIT too. A poll keeps its votes; see Previews for `link`. Refused: as `append`, but never for
   * having written just now; `forbidden` for what is forwarded; and `not_found` for one that is not there or deleted.
   */
  edit: (change: {
    roomId: string
    seq: number
    body: string
    looksAfter?: boolean
    here?: readonly string[] | undefined
    link?: string | undefined
  }) => Promise<Message>
  /**
   * Leaves of a message only that it was there: no text, no files, nobody whom it mentions, nobody who reacted to it or voted in it, nobody whose words it was, nothing of the page it links to or of its thread, and no pin, in sync, history or previews. Twice is once. Its key stays taken, and
   * stands for any text. `by`: when it is somebody else than its author, it says so. Its text is kept aside for `restore` alone, for
   * PUT_BACK_MS and a little longer, and then nowhere; at once where somebody else deletes it as well. Refused: `not_found`.
   */
  remove: (message: { roomId: string; seq: number; by?: string }) => Promise<Message>
  /**
   * Puts a message back as it was, with the texts and the pin that it had, and whom it mentions of those who are in the room by now; kept by those who had
   * kept it for later or wanted to be reminded of it. Refused:
   * `not_found` to everybody but who deleted it, and when it is too late; where it is their own, as `edit`.
   */
  restore: (message: { roomId: string; seq: number; by: string; looksAfter?: boolean }) => Promise<Message>
  /** See ListMessages: at most `limit`, ascending, without gaps. */
  list: (page: ListMessages & { limit: number }) => Promise<MessagePage>
  /** Everything with a `rev` above `since`, SYNC_PAGE at a time; over SYNC_LIMIT behind, or ahead of the head: `reset`. */
  sync: (cursor: {
    roomId: string
    since: number
  }) => Promise<{ changed: RoomChanges | null; more: boolean; reset: MessagePage | null }>
}
