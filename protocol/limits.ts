/** What a client may count on and the server enforces. Lengths are in UTF-16 code units, as `String.length` counts. */

/**
 * Raised when a client of the former number would no longer understand the server. A client says it in `auth.natter`; the
 * server speaks this one and the one before.
 */
export const PROTOCOL_VERSION = 1

export const MESSAGE_LENGTH = 16_000
export const NAME_LENGTH = 32
export const ROOM_NAME_LENGTH = 48
export const TOPIC_LENGTH = 250
/** So much of a room's newest message is told with the room. */
export const PREVIEW_LENGTH = 140

/** Most messages in one page of history. */
export const PAGE_SIZE = 100
/** A page of messages or changes ends early where it would have more text than this, after one at least. */
export const PAGE_TEXT = 256 * 1024
/** Most changes in one page of `room:sync`. */
export const SYNC_PAGE = 200
/** Further behind than this many changes, `room:sync` answers with `reset` and the newest page. */
export const SYNC_LIMIT = 1_000
/** Most rooms or people in one page of a list. */
export const LIST_PAGE = 100
/** Unread messages are counted up to here, then shown as "99+": bounded work however large the room. */
export const UNREAD_LIMIT = 100

/** Largest packet in either direction of a request, in bytes. 16,000 characters of any script fit. */
export const PACKET_BYTES = 64 * 1024

/** A receiver forgets that somebody is writing after this many milliseconds of silence. */
export const TYPING_MS = 6_000
/** A sender repeats that it is writing at most this often, in milliseconds. */
export const TYPING_REPEAT_MS = 3_000
/** The server repeats the heads of one's rooms this often, in milliseconds: it bounds how long a lost end goes unnoticed. */
export const HEADS_MS = 25_000
