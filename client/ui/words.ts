import type { Person } from '../../protocol/people.ts'

const language = 'en'
// Without the comma before "and".
export const list = new Intl.ListFormat('en-GB', { type: 'conjunction' })
const plural = new Intl.PluralRules(language)
const small = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine']
export const inWords = (n: number) => small[n] ?? String(n)
export const count = (n: number, one: string, other: string) => `${n} ${plural.select(n) === 'one' ? one : other}`
export const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

/** "Ada, Sam and three others": two names at most, then a number. */
export function names(people: readonly Person[], all = people.length): string {
  const shown = all > 3 ? 2 : people.length
  const others = all - shown
  return list.format([
    ...people.slice(0, shown).map(({ name }) => name),
    ...(others > 0 ? [others === 1 ? 'one other' : `${inWords(others)} others`] : []),
  ])
}

/** Everything that Natter says from the beginning, in one place. What is opened later says `more`, in moreWords.ts. */
export const words = {
  loading: 'Opening Natter',
  unreachable: 'Natter cannot be reached just now.',
  tryAgain: 'Try again',
  skip: 'Skip to the conversation',
  roomsAndPeople: 'Rooms and people',
  rooms: 'Rooms',
  people: 'People',
  newRoom: 'Make or find a room',
  messagesIn: (room: string) => `Messages in ${room}`,
  writeTo: (room: string) => `Write to ${room}`,
  message: (room: string) => `Message ${room}`,
  send: 'Send',
  tooLong: (n: number) => `${n} characters too many. A message has at most 16,000.`,
  outboxFull: {
    many: '500 messages are waiting. Send this one when they are through.',
    old: 'A message has been waiting for a week. Send this one when it is through.',
  },
  forgetful: 'This browser keeps nothing: what is not sent yet is lost when you close the page.',
  backToRooms: 'Back to the rooms',
  sending: 'Sending',
  waiting: 'Waiting',
  edit: 'Edit',
  edited: '(edited)',
  editedAt: (time: string) => `Edited ${time}`,
  deleted: (names: readonly string[], n: number) =>
    `${list.format(names)} deleted ${n === 1 ? 'a message' : `${inWords(n)} messages`}.`,
  moderator: 'A moderator',
  blocked: '…',
  you: 'You',
  new: 'New',
  newSince: (time: string) => `New messages since ${time}`,
  latest: 'Latest',
  newBelow: (n: number, forYou: number) =>
    `${n > 99 ? '99+' : n} new${forYou === 0 ? '' : forYou === n ? ' for you' : `, ${forYou} for you`}`,
  typing: (people: readonly Person[]) =>
    people.length > 2 ? 'Several people are writing' : `${names(people)} ${people.length === 1 ? 'is' : 'are'} writing`,
  reconnecting: 'Reconnecting',
  offline: (waiting: number) =>
    waiting === 0
      ? 'Offline.'
      : `Offline. ${capital(inWords(waiting))} ${waiting === 1 ? 'message is' : 'messages are'} waiting.`,
  tryNow: 'Try now',
  newer: 'There’s a newer Natter. Reload when it suits you.',
  reload: 'Reload',
  back: (n: number) => (n === 0 ? 'Back.' : `Back. ${count(n, 'message', 'messages')} came meanwhile.`),
  joined: (people: readonly Person[]) => `${names(people)} joined`,
  left: (people: readonly Person[]) => `${names(people)} left`,
  /** What is said is the question of a poll. */
  asked: (poll: unknown, text: string) => (poll ? `Poll: ${text}` : text),
  files: ([first, second]: readonly { type: string }[] = []) =>
    second ? 'several files' : first?.type.startsWith('image/') ? 'a picture' : 'a file',
  said: (name: string, text: string) => `${name}: ${text}`,
  unread: (n: number) => (n > 99 ? '99+' : String(n)),
  unreadLabel: (n: number, forYou: number) =>
    `, ${n > 99 ? 'more than 99' : n} unread${forYou > 0 ? `, ${forYou} for you` : ''}`,
  forYou: 'For you',
  privateRoom: ', private',
  draft: ', draft',
  muted: ', muted',
  draftOf: (text: string) => `Draft: ${text}`,
  nothingSaid: 'Nothing said yet',
  presence: { here: 'here', away: 'away', busy: 'do not disturb' },
  offlineMe: 'Offline',
  writeToSomebody: 'Write to somebody',
  details: 'People and topic',
  aboutRoom: 'Notifications and favourites',
  about: 'About this person',
  invite: 'Invite people',
  placeSettings: 'This place',
  managePeople: (reports: number) => `Manage people${reports > 0 ? ` (${reports})` : ''}`,
  settings: 'You and your devices',
  title: (forYou: number, room: string) => `${forYou > 0 ? `(${forYou}) ` : ''}${room || 'Natter'}`,
}
