/** What a client may count on and the server enforces. Lengths are in UTF-16 code units, as `String.length` counts. */

/**
 * Raised when a client of the former number would no longer understand the server. A client says it in `auth.natter`; the
 * server speaks this one and the one before.
 */
export const PROTOCOL_VERSION = 1

/** In milliseconds, for what is given in days. */
export const DAY = 24 * 60 * 60_000

export const MESSAGE_LENGTH = 16_000
export const NAME_LENGTH = 32
export const ROOM_NAME_LENGTH = 48
export const TOPIC_LENGTH = 250
export const PLACE_NAME_LENGTH = 48
/** What somebody says of themselves, as pronouns or a title; their status, and how long that may last, in days. */
export const ABOUT_LENGTH = 60
export const STATUS_LENGTH = 80
export const ENDS_DAYS = 366
/** Of a picture as it is sent: bytes, and pixels on either side. */
export const PICTURE_BYTES = 64_000
export const PICTURE_SIDE = 512
/** Files of one message, the length of a file's name, and of what is said of it for those who cannot see it. */
export const MESSAGE_FILES = 10
export const FILE_NAME_LENGTH = 200
export const ALT_LENGTH = 500
/** An upload that was not sent is kept so long. Milliseconds. */
export const UNSENT_MS = DAY
/** Most people in a conversation that has no name of its own, oneself among them. */
export const DIRECT_PEOPLE = 12
/** How long whoever wrote in a room may have to wait before they write there again. Seconds; 0 is not at all. */
export const SLOW_MODES = [0, 5, 10, 30, 60, 300, 900] as const
/** Most rooms that somebody has in an order of their own. */
export const FAVOURITES = 200
/** So much of a room's newest message is told with the room. */
export const PREVIEW_LENGTH = 140

/** Most messages in one page of history. */
export const PAGE_SIZE = 100
/** A page of messages or changes ends early where it would have more text than this, after one at least. */
export const PAGE_TEXT = 256 * 1024
/** Most messages that one person keeps for later, and so many in one page of them. */
export const SAVED = 1_000
export const SAVED_PAGE = 30
/** Most pinned messages of a room, and so many in one page of them. */
export const PINS = 100
export const PINS_PAGE = 20
/** A reply is for so many of those who wrote in its thread before. */
export const THREAD_PEOPLE = 50
/** Most changes in one page of `room:sync`. */
export const SYNC_PAGE = 200
/** Further behind than this many changes, `room:sync` answers with `reset` and the newest page. */
export const SYNC_LIMIT = 1_000
/** Most rooms or people in one page of a list. */
export const LIST_PAGE = 100
/** Of one invitation: most rooms it leads to, most people who come by it, and how long it may last, in days. */
export const INVITE_ROOMS = 20
export const INVITE_USES = 10_000
export const INVITE_DAYS = 366
/** A link that signs another device in works so long. Milliseconds. */
export const DEVICE_LINK_MS = 10 * 60_000
/** A room is muted, and somebody kept from writing, at most so long, in days; and an address shut. */
export const MUTE_DAYS = 366
export const ADDRESS_DAYS = 90
/** Browsers of one person that are reached; the one that was added first gives way. */
export const PUSH_SUBSCRIPTIONS = 20
/** A link by which somebody sets a new password works so long. Milliseconds. */
export const RESET_LINK_MS = DAY
/** A password has so many characters at least, and at most. */
export const PASSWORD_LEAST = 10
export const PASSWORD_MOST = 256
/** Passkeys of one person, and how many of the browsers and addresses that they signed in from are remembered. */
export const PASSKEYS = 20
export const MARKS = 20
/** For so long what was deleted in one act can be put back. Milliseconds. */
export const UNDO_MS = DAY
export const REASON_LENGTH = 500
/** Most people whom one person blocks. */
export const BLOCK_LIMIT = 1_000
/** Unread messages are counted up to here, then shown as "99+": bounded work however large the room. */
export const UNREAD_LIMIT = 100
/** Among so many of the newest at most: those of blocked people, one's own and deleted ones are passed over. */
export const UNREAD_SCAN = 2_000

/** Of a page that a message links to: its address, without which nothing is told of it; and what is told of its title and its host. */
export const PREVIEW_URL = 1_000
export const PREVIEW_TITLE = 140
export const PREVIEW_SITE = 40
/** Messages that one person has to be sent later, and how far ahead, in days. */
export const SCHEDULED = 100
export const SCHEDULED_DAYS = 366
/** Messages that one person wants to be reminded of; as far ahead as they send. */
export const REMINDERS = 100
/** Texts that one person is writing, each in another room or thread. */
export const DRAFTS = 200

/** So many mentions count in one message; what is beyond is text. */
export const MENTION_LIMIT = 50
/** So many texts of one message are kept, the newest. */
export const VERSIONS = 50
/** One message that was deleted is offered back for so long; the server waits a little longer for whoever was late. Milliseconds. */
export const PUT_BACK_MS = 8_000
export const PUT_BACK_GRACE_MS = 4_000
/** In a room of more people than this, only who looks after it calls everybody or who is here. */
export const CALL_LIMIT = 30
/** Most people whom `@here` reaches. */
export const HERE_LIMIT = 100
/** Messages in one page of what is for somebody. */
export const FOR_YOU_PAGE = 30

/** Of one message: kinds of emoji that it is reacted to with, and reactions in all. */
export const REACTION_KINDS = 50
export const REACTIONS = 1_000
/** Emoji of a place's own; of the picture of one, bytes as it is sent and as it is kept, and pixels on either side. */
export const OWN_EMOJI = 500
export const EMOJI_SENT_BYTES = 2_000_000
export const EMOJI_BYTES = 256_000
export const EMOJI_SIDE = 128
/** So many of them are drawn in one text; what is beyond is text. */
export const EMOJI_IN_TEXT = 200
/** With a message come the names of so many who have reacted with an emoji. */
export const REACTION_NAMES = 10
/** What somebody looks for, and how many messages one page of what was found has. */
export const SEARCH_LENGTH = 200
export const SEARCH_PAGE = 20
export const SEARCH_PAGE_MOST = 50
/** So many places are marked in one message. */
export const SEARCH_MARKS = 100
/** By how well they match, the newest so many are put in order. */
export const SEARCH_RANKED = 2_000
/** Searches per person and 10 seconds: one for every key that somebody types. */
export const SEARCHES = 150

/** Of one poll: options, how long each is, and votes in all. */
export const POLL_LEAST = 2
export const POLL_MOST = 10
export const POLL_OPTION_LENGTH = 100
export const POLL_VOTES = 1_000

/** Largest packet in either direction of a request, in bytes. 16,000 characters of any script fit. */
export const PACKET_BYTES = 64 * 1024

/** A receiver forgets that somebody is writing after this many milliseconds of silence. */
export const TYPING_MS = 6_000
/** A sender repeats that it is writing at most this often, in milliseconds. */
export const TYPING_REPEAT_MS = 3_000
/** The server repeats the heads of one's rooms this often, in milliseconds: it bounds how long a lost end goes unnoticed. */
export const HEADS_MS = 25_000
