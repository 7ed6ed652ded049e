import type { Person } from '../../protocol/people.ts'

const language = 'en'
// Without the comma before "and".
const list = new Intl.ListFormat('en-GB', { type: 'conjunction' })
const plural = new Intl.PluralRules(language)
const small = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine']
const inWords = (n: number) => small[n] ?? String(n)
const count = (n: number, one: string, other: string) => `${n} ${plural.select(n) === 'one' ? one : other}`
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

/** "Ada, Sam and three others": two names at most, then a number. */
function names(people: readonly Person[], all = people.length): string {
  const shown = all > 3 ? 2 : people.length
  const others = all - shown
  return list.format([
    ...people.slice(0, shown).map(({ name }) => name),
    ...(others > 0 ? [others === 1 ? 'one other' : `${inWords(others)} others`] : []),
  ])
}

/** Everything that Natter says, in one place. */
export const words = {
  callYou: 'What should people call you?',
  comeIn: 'Come in',
  fine: 'No account and no email. This browser remembers you.',
  talking: 'is talking.',
  quiet: 'is quiet right now.',
  closed: 'This place is closed to newcomers.',
  hereNow: (people: readonly Person[], all: number) => `${names(people, all)} ${all === 1 ? 'is' : 'are'} here now`,
  nameTaken: (name: string) =>
    `There's already a ${name} here. Add something to tell you apart: ${name.split(' ')[0]} O.`,
  loading: 'Opening Natter',
  unreachable: 'Natter cannot be reached just now.',
  tryAgain: 'Try again',
  signedOut: 'This browser is not signed in any more.',
  comeInAgain: 'Come in again',
  skip: 'Skip to the conversation',
  roomsAndPeople: 'Rooms and people',
  rooms: 'Rooms',
  people: 'People',
  newRoom: 'Make or find a room',
  roomName: 'Name of the new room',
  makeRoom: 'Make room',
  publicRooms: 'Public rooms',
  open: 'Open',
  join: 'Join',
  cancel: 'Cancel',
  close: 'Close',
  members: (n: number) => count(n, 'person', 'people'),
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
  emptyRoom: (room: string) => `Nobody has said a word in ${room}.`,
  emptyRoomHint: 'Rooms are for one subject. Say what this one is for, and people will know what belongs here.',
  emptyDirectHint: (name: string) => `What you write here is between you and ${name}. Nobody else can read it.`,
  sayWhatFor: 'Say what it’s for',
  noRoom: 'There is no such room, or you are not in it.',
  backToRooms: 'Back to the rooms',
  sending: 'Sending',
  waiting: 'Waiting',
  notSent: (reason: string | undefined) => `Not sent${reason ? `: ${reason}` : ''}`,
  notSentAloud: (text: string) => `Not sent: ${text.slice(0, 40)}`,
  edit: 'Edit',
  copy: 'Copy',
  discard: 'Discard',
  edited: '(edited)',
  editedAt: (time: string) => `Edited ${time}`,
  deleted: (names: readonly string[], n: number) =>
    `${list.format(names)} deleted ${n === 1 ? 'a message' : `${inWords(n)} messages`}.`,
  you: 'You',
  new: 'New',
  newSince: (time: string) => `New messages since ${time}`,
  latest: 'Latest',
  newBelow: (n: number, forYou: boolean) => `${n > 99 ? '99+' : n} new${forYou ? ' for you' : ''}`,
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
  said: (name: string, text: string) => `${name}: ${text}`,
  wroteToYou: (name: string) => `${name} wrote to you`,
  newMessages: (n: number) => count(n, 'new message', 'new messages'),
  unread: (n: number) => (n > 99 ? '99+' : String(n)),
  unreadLabel: (n: number) => `, ${n > 99 ? 'more than 99' : n} unread`,
  draft: ', draft',
  draftOf: (text: string) => `Draft: ${text}`,
  nothingSaid: 'Nothing said yet',
  here: 'here',
  away: 'away',
  offlineMe: 'Offline',
  hereMe: 'Here',
  awayMe: 'Away',
  guest: 'Guest',
  hereNowHeading: 'Here now',
  notHereHeading: 'Not here',
  more: 'Show more',
  writeToSomebody: 'Write to somebody',
  theirName: 'Their name',
  nobodyCalled: (name: string) => `Nobody here is called ${name}.`,
  nobodyElse: 'Nobody else has been here yet.',
  details: 'People and topic',
  topic: 'Topic',
  topicHint: 'What is this room for?',
  save: 'Save',
  leave: 'Leave room',
  rename: 'Change your name',
  yourName: 'Your name',
  title: (forYou: number, room: string) => `${forYou > 0 ? `(${forYou}) ` : ''}${room || 'Natter'}`,
}
