import { SMILE } from '../emoji/smile.ts'
import { more } from '../ui/moreWords.ts'
import { words } from '../ui/words.ts'
import { copyText } from './copy.ts'
import type { MessageRow } from './rows.ts'

/** What a tool may need beside its message. */
export type Hands = {
  element: Element
  unreadFrom: (seq: number) => void
  edit: (row: StoredRow) => void
  history: (row: StoredRow) => void
  remove: (row: StoredRow) => void
  /** Its address. */
  copyLink: (seq: number) => void
  copyMarkdown: (row: StoredRow) => void
  reply: (row: StoredRow) => void
  /** To a room or somebody that is chosen first. */
  forward: (row: StoredRow) => void
  /** For later, for myself alone. */
  save: (row: StoredRow) => void
  /** At a time of my own. */
  remind: (row: StoredRow) => void
  /** To its room, or off it again. */
  pin: (row: StoredRow, on: boolean) => void
  /** Opens the thread that begins with this message. */
  replies: (thread: number) => void
  report: (row: StoredRow) => void
  /** Picks an emoji first. */
  react: (row: StoredRow) => void
  about: (personId: string) => void
  /** Aloud, for those who do not see it. */
  say: (text: string) => void
}

export type StoredRow = MessageRow & { seq: number }

export type Tool = {
  name: (row: MessageRow) => string
  /** As `KeyboardEvent.key` says it, on a message that has the focus. */
  hotkey: string
  danger?: boolean
  /** One of the commonest: a button of its own, with this drawing of 24 by 24. */
  quick?: true
  icon?: string
  /** `moderates`: I am above its author, where it stands; `writes`: I may write there just now. */
  fits: (row: MessageRow, moderates: boolean, writes: boolean) => boolean
  act: (row: StoredRow, hands: Hands) => void
}

/** The key of the one tool that has a gesture as well. */
export const REPLY = 'r'

/** Everything that can be done with a message that is stored: by menu, by long press and by key under the same name. */
const tools: readonly Tool[] = [
  {
    name: () => more.react,
    hotkey: '+',
    quick: true,
    icon: SMILE,
    fits: () => true,
    act: (row, { react }) => react(row),
  },
  {
    name: () => words.edit,
    hotkey: 'e',
    quick: true,
    icon: 'm5 19 1-4.2L15.8 5a2 2 0 0 1 2.8 0l.4.4a2 2 0 0 1 0 2.8L9.2 18z',
    // What somebody else has said stays as they said it.
    fits: ({ own, said }, _, writes) => own && writes && !said.forwarded,
    act: (row, { edit }) => edit(row),
  },
  {
    name: () => more.reply,
    hotkey: REPLY,
    quick: true,
    icon: 'm9 7-5 5 5 5M4.5 12H14a6 6 0 0 1 6 6',
    fits: (_, __, writes) => writes,
    act: (row, { reply }) => reply(row),
  },
  {
    name: () => more.forward,
    hotkey: 'f',
    // A poll is where it is voted in.
    fits: ({ said }) => !said.poll,
    act: (row, { forward }) => forward(row),
  },
  {
    name: () => more.showReplies,
    hotkey: 't',
    fits: ({ said }) => said.thread !== undefined || said.replies !== undefined,
    act: ({ seq, said }, { replies }) => replies(said.thread ?? seq),
  },
  {
    name: ({ said }) => (said.pinned ? more.unpin : more.pin),
    hotkey: 'p',
    fits: (_, __, writes) => writes,
    act: (row, { pin }) => pin(row, !row.said.pinned),
  },
  {
    name: () => more.saveForLater,
    hotkey: 's',
    fits: () => true,
    act: (row, { save }) => save(row),
  },
  {
    name: () => more.remindMe,
    hotkey: 'w',
    fits: () => true,
    act: (row, { remind }) => remind(row),
  },
  {
    name: () => more.copyText,
    hotkey: 'c',
    fits: ({ body }) => body !== '',
    act(_, { element, say }) {
      copyText(element)
      say(more.copied)
    },
  },
  {
    name: () => more.copyMarkdown,
    hotkey: 'm',
    fits: ({ body }) => body !== '',
    act: (row, { copyMarkdown }) => copyMarkdown(row),
  },
  {
    name: () => more.copyLink,
    hotkey: 'l',
    fits: () => true,
    act: ({ seq }, { copyLink }) => copyLink(seq),
  },
  {
    name: () => more.history,
    hotkey: 'h',
    fits: ({ editedAt }) => editedAt !== null,
    act: (row, { history }) => history(row),
  },
  {
    name: () => more.unreadFromHere,
    hotkey: 'u',
    // One's own messages never count as unread.
    fits: ({ own }) => !own,
    act: ({ seq }, { unreadFrom }) => unreadFrom(seq),
  },
  {
    name: ({ author }) => more.aboutName(author.name),
    hotkey: 'i',
    fits: ({ own }) => !own,
    act: ({ author }, { about }) => about(author.id),
  },
  {
    name: () => more.report,
    hotkey: '!',
    fits: ({ own }) => !own,
    act: (row, { report }) => report(row),
  },
  {
    name: () => more.deleteMessage,
    hotkey: 'Delete',
    danger: true,
    fits: ({ own }, moderates) => own || moderates,
    act: (row, { remove }) => remove(row),
  },
]

export const toolsFor = (row: MessageRow, moderates: boolean, writes: boolean): readonly Tool[] =>
  tools.filter(({ fits }) => fits(row, moderates, writes))

export const isStored = (row: MessageRow): row is StoredRow => row.seq !== null && row.state === 'sent' && !row.deleted
