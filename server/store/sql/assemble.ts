import type { Store } from '../store.ts'
import type { OperationName, Operations } from './operations.ts'
import type { createReads } from './reads.ts'
import type { Asked, Outcome } from './searchReads.ts'

/** Has something written by the one who writes; resolves once it is durable. */
export type Write = <K extends OperationName>(
  operation: K,
  ...values: Parameters<Operations[K]>
) => Promise<ReturnType<Operations[K]>>

type Parts = {
  reads: ReturnType<typeof createReads>
  write: Write
  /** Finds, in another thread; what it found is told by what reads. */
  search: (asked: Asked) => Promise<Outcome>
  /** People are asked for too often to read them each time. */
  peopleOf: Store['people']['get']
}

/** Each call of the store, by what reads and what writes. */
export function assemble({ reads, write, search, peopleOf }: Parts) {
  return {
    place: {
      ...reads.place,
      change: (settings, by) => write('place.change', settings, by),
      ownerLink: () => write('place.ownerLink'),
      found: (founding) => write('place.found', founding),
    },
    invites: {
      ...reads.invites,
      create: (invite) => write('invites.create', invite),
      revoke: (id, by) => write('invites.revoke', id, by),
      use: (token, name) => write('invites.use', token, name),
      accept: (token, personId) => write('invites.accept', token, personId),
    },
    forYou: reads.forYou,
    replies: reads.replies,
    saved: { ...reads.saved, set: (saving) => write('saved.set', saving) },
    pins: { ...reads.pins, set: (pin) => write('pins.set', pin) },
    search: {
      firstSince: reads.search.firstSince,
      find: async (asked) => reads.search.tell(asked, await search(asked)),
    },
    people: {
      ...reads.people,
      get: peopleOf,
      create: (person) => write('people.create', person),
      rename: (id, name) => write('people.rename', id, name),
      remove: (id, by) => write('people.remove', id, by),
      setRole: (id, role, by) => write('people.setRole', id, role, by),
    },
    profiles: {
      ...reads.profiles,
      change: (personId, profile) => write('profiles.change', personId, profile),
      setPicture: (personId, picture) => write('profiles.setPicture', personId, picture),
      endUntil: (now) => write('profiles.endUntil', now),
    },
    settings: {
      ...reads.settings,
      change: (personId, settings) => write('settings.change', personId, settings),
      endUntil: (now) => write('settings.endUntil', now),
    },
    scheduled: {
      ...reads.scheduled,
      set: (message) => write('scheduled.set', message),
      cancel: (personId, id) => write('scheduled.cancel', personId, id),
      sent: (which) => write('scheduled.sent', which),
      postpone: (which, at) => write('scheduled.postpone', which, at),
      fail: (which, reason) => write('scheduled.fail', which, reason),
    },
    reminders: {
      ...reads.reminders,
      set: (reminder) => write('reminders.set', reminder),
      end: (which) => write('reminders.end', which),
      come: (which) => write('reminders.come', which),
    },
    drafts: { ...reads.drafts, set: (draft) => write('drafts.set', draft) },
    sessions: {
      ...reads.sessions,
      create: (personId, options) => write('sessions.create', personId, options),
      link: (personId, expiresAt) => write('sessions.link', personId, expiresAt),
      useLink: (token, agent) => write('sessions.useLink', token, agent),
      seen: (id) => write('sessions.seen', id),
      revoke: (personId, which) => write('sessions.revoke', personId, which),
    },
    accounts: {
      ...reads.accounts,
      setPassword: (change) => write('accounts.setPassword', change),
      addPasskey: (passkey) => write('accounts.addPasskey', passkey),
      remove: (personId, way, issuer) => write('accounts.remove', personId, way, issuer),
      newCode: (personId) => write('accounts.newCode', personId),
      signIn: (entry) => write('accounts.signIn', entry),
      resetLink: (link) => write('accounts.resetLink', link),
      reset: (key, entry) => write('accounts.reset', key, entry),
      mark: (personId, marks) => write('accounts.mark', personId, marks),
    },
    identities: {
      ...reads.identities,
      add: (adding) => write('identities.add', adding),
      enter: (entry) => write('identities.enter', entry),
    },
    rooms: {
      ...reads.rooms,
      create: (room) => write('rooms.create', room),
      rename: (roomId, name, by) => write('rooms.rename', roomId, name, by),
      add: (roomId, personId, by) => write('rooms.add', roomId, personId, by),
      join: (roomId, personId) => write('rooms.join', roomId, personId),
      leave: (roomId, personId, by) => write('rooms.leave', roomId, personId, by),
      setTopic: (roomId, topic) => write('rooms.setTopic', roomId, topic),
      setWriting: (room) => write('rooms.setWriting', room),
      setPreviews: (room) => write('rooms.setPreviews', room),
      archive: (roomId, archived, by) => write('rooms.archive', roomId, archived, by),
      remove: (roomId, by) => write('rooms.remove', roomId, by),
      arrange: (personId, roomIds) => write('rooms.arrange', personId, roomIds),
      direct: (personId, ...otherIds) => write('rooms.direct', personId, ...otherIds),
    },
    messages: {
      ...reads.messages,
      append: (draft) => write('messages.append', draft),
      edit: (change) => write('messages.edit', change),
      remove: (message) => write('messages.remove', message),
      restore: (message) => write('messages.restore', message),
    },
    files: {
      ...reads.files,
      begin: (upload) => write('files.begin', upload),
      finish: (id, finished) => write('files.finish', id, finished),
      drop: (id) => write('files.drop', id),
      dropUnsent: (before) => write('files.dropUnsent', before),
      forget: (ids) => write('files.forget', ids),
    },
    emoji: {
      ...reads.emoji,
      add: (emoji) => write('emoji.add', emoji),
      remove: (name, by) => write('emoji.remove', name, by),
    },
    versions: reads.versions,
    reactions: { set: (reaction) => write('reactions.set', reaction) },
    polls: { vote: (vote) => write('polls.vote', vote), close: (poll) => write('polls.close', poll) },
    previews: {
      ...reads.previews,
      remove: (message) => write('previews.remove', message),
      found: (page) => write('previews.found', page),
    },
    push: {
      ...reads.push,
      keys: (made) => write('push.keys', made),
      subscribe: (browser) => write('push.subscribe', browser),
      forget: (endpoint, personId) => write('push.forget', endpoint, personId),
      told: (roomId, upTo) => write('push.told', roomId, upTo),
      withdraw: (roomId, personId) => write('push.withdraw', roomId, personId),
      setAlerts: (change) => write('push.setAlerts', change),
    },
    moderation: {
      ...reads.moderation,
      mute: (mute) => write('moderation.mute', mute),
      unmute: (mute) => write('moderation.unmute', mute),
      ban: (ban) => write('moderation.ban', ban),
      lift: (personId, by) => write('moderation.lift', personId, by),
      purge: (purge) => write('moderation.purge', purge),
      step: (id) => write('moderation.step', id),
      undo: (id, by) => write('moderation.undo', id, by),
    },
    reports: {
      ...reads.reports,
      make: (report) => write('reports.make', report),
      resolve: (end) => write('reports.resolve', end),
    },
    blocks: { ...reads.blocks, set: (block) => write('blocks.set', block) },
    audit: reads.audit,
    reads: { advance: (position) => write('reads.advance', position) },
  } satisfies Partial<Store>
}
