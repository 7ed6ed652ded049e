import type { AuditEntry } from '../../protocol/audit.ts'
import { count } from './words.ts'

/** What is said of looking after a place, and of hearing nothing more of somebody. */
export const moderationWords = {
  writeAgainFrom: (time: string) => `You can read here, and write again from ${time}.`,
  fromBlocked: 'Message from somebody you blocked',
  show: 'Show',
  aboutName: (name: string) => `About ${name}`,
  report: 'Report',
  reportMessage: 'Report this message',
  reportMeans:
    'Those who look after this place see the message as it stands, your name and what you write here. Nobody else learns of it.',
  reason: 'What is wrong with it? You need not say.',
  reportIt: 'Report it',
  reported: 'Those who look after this place have it now.',
  blockMeans: (name: string) =>
    `Blocked, ${name} cannot begin a conversation with you, and you see nothing of theirs unless you ask for it. ${name} is not told.`,
  isBlocked: (name: string) => `You have blocked ${name}, who was not told.`,
  block: (name: string) => `Block ${name}`,
  unblock: (name: string) => `Unblock ${name}`,
  mute: (name: string) => `Mute ${name}`,
  letWrite: (name: string) => `Let ${name} write`,
  isMuted: (room: string | null, time: string) =>
    `Reads and does not write, ${room === null ? 'anywhere here' : `in ${room}`}, until ${time}.`,
  anotherRoom: 'another room',
  muteWhere: 'Reads and does not write',
  inRoom: (room: string) => `In ${room}`,
  everywhere: 'Anywhere in this place',
  muteLasts: 'For',
  tenMinutes: 'Ten minutes',
  deleteWhat: (name: string) => `Delete what ${name} wrote`,
  within: { day: 'In the last day', week: 'In the last week', ever: 'All of it' },
  purge: (name: string) => `Delete messages of ${name}`,
  purgeMeans: (name: string, room: string | null) =>
    `Delete what ${name} wrote ${room === null ? 'in all rooms that you look after' : `in ${room}`}? It is gone for everybody at once. For a day you can put it back.`,
  keepThem: 'Keep them',
  deleteThem: 'Delete them',
  deleting: (n: number) => `${count(n, 'message', 'messages')} deleted so far.`,
  deletedMany: (n: number) => `${count(n, 'message', 'messages')} deleted.`,
  restoring: (n: number) => `${count(n, 'message', 'messages')} put back so far.`,
  restoredMany: (n: number) => `${count(n, 'message', 'messages')} put back.`,
  putBack: 'Put them back',
  untilTime: (time: string) => `Until ${time}`,
  ban: (name: string) => `Ban ${name}`,
  banMeans: (name: string) =>
    `Ban ${name}? ${name} is signed out everywhere and cannot come back. What ${name} wrote stays.`,
  banAddress: (days: number) => `For ${days} days, let nobody else in from where they are now`,
  noAddress: (name: string) =>
    `${name} is not here just now, or where somebody is who looks after this place: no address was shut.`,
  isBanned: (name: string) => `${name} is banned.`,
  lift: (name: string) => `Let ${name} come back`,
  bannedPeople: 'Banned people',
  nobodyBanned: 'Nobody is banned.',
  reports: 'Reports',
  reportsToRead: (n: number) => (n === 0 ? 'Reports' : `Reports (${n})`),
  noReports: 'Nothing has been reported.',
  reportedBy: (name: string, room: string | null, time: string) =>
    `reported by ${name}${room === null ? '' : `, in ${room}`}, ${time}`,
  because: (reason: string) => `“${reason}”`,
  inContext: 'Show it in its room',
  outcomes: { nothing: 'Nothing to do', muted: 'Muted', banned: 'Banned' },
  moderate: 'More',
  moderateName: (name: string) => `More about ${name}`,
  auditLog: 'What was done',
  auditMeans:
    'By those who look after this place and its rooms. Nobody can change it, and nothing that people wrote is in it.',
  onlyAbout: 'Only about',
  everybody: 'Everybody',
  nothingDone: 'Nothing was done yet.',
  download: 'Download all of it',
  act: (
    { action, details }: AuditEntry,
    { by, whom, room, until }: Record<'by' | 'whom' | 'room' | 'until', string>,
  ) => {
    const there = room ? ` in ${room}` : ''
    const acts: Record<string, string> = {
      'message:delete': `${by} deleted a message of ${whom}${there}`,
      'message:restore': `${by} put a message of ${whom} back${there}`,
      'moderation:mute': `${by} muted ${whom}${there} until ${until}`,
      'moderation:unmute': `${by} let ${whom} write again${there}`,
      'moderation:ban': `${by} banned ${whom}`,
      'moderation:lift': `${by} let ${whom} come back`,
      'moderation:purge': `${by} deleted messages of ${whom}${there}`,
      'moderation:undo': `${by} put messages of ${whom} back${there}`,
      'report:resolve': `${by} dealt with a report about ${whom}${there}`,
      'people:role': `${by} made ${whom} ${details['to']}, who was ${details['from']}`,
      'people:remove': `${by} removed ${whom}`,
      'invite:create': `${by} made a link that lets people in`,
      'invite:revoke': `${by} stopped a link`,
      'place:change': `${by} changed the ${details['what'] === 'join' ? 'door' : 'name'} from ${details['from']} to ${details['to']}`,
      'emoji:add': `${by} added the emoji :${details['name']}:`,
      'emoji:remove': `${by} removed the emoji :${details['name']}:`,
      'room:rename': `${by} renamed ${details['from']} to ${details['to']}`,
      'room:writing': `${by} changed who writes${there}, and how often`,
      'preview:allow': `${by} ${details['on'] === true ? 'let links say where they lead' : 'let links stand for themselves'}${there}`,
      'room:archive': `${by} ${details['archived'] === true ? 'archived' : 'brought back'} ${room}`,
      'room:delete': `${by} deleted ${room || 'a private room'}`,
      'account:link': `${by} made a link that signs ${whom} in`,
      'room:remove': `${by} took ${whom} out${there}`,
    }
    return acts[action] ?? `${by}: ${action}`
  },
}
