import type { Store } from '../store.ts'
import { createAccountReads } from './accountReads.ts'
import type { Database } from './database.ts'
import { createDraftReads } from './draftReads.ts'
import { createEmojiReads } from './emojiReads.ts'
import { createFileReads } from './fileReads.ts'
import { createForYouReads } from './forYouReads.ts'
import { createIdentityReads } from './identityReads.ts'
import { createInviteReads } from './inviteReads.ts'
import { createMessageReads } from './messageReads.ts'
import { createModerationReads } from './moderationReads.ts'
import { createPeopleReads } from './peopleReads.ts'
import { createPinReads } from './pinReads.ts'
import { createPreviewReads } from './previewReads.ts'
import { createProfileReads } from './profileReads.ts'
import { createPushReads } from './pushReads.ts'
import { settingsOf } from './placeSettings.ts'
import { createReminderReads } from './reminderReads.ts'
import { createReplyReads } from './replyReads.ts'
import { createRoomReads } from './roomReads.ts'
import { createScheduledReads } from './scheduledReads.ts'
import { createSavedReads } from './savedReads.ts'
import { createSearchStore } from './searchStore.ts'
import { createSessionReads } from './sessionReads.ts'
import { createSettingsReads } from './settingsReads.ts'
import { createVersionReads } from './versionReads.ts'

/** Runs several queries on the data of one moment: what the writer commits meanwhile is not seen in half of them. */
export type AtOnce = <T>(read: () => T) => T

/**
 * Everything that only reads: on the main thread, through a connection of its own, because each is a short indexed query. Only
 * what is searched for is looked for elsewhere.
 */
export function createReads(database: Database) {
  const atOnce: AtOnce = (read) => {
    database.run(database.dialect.beginReading)
    try {
      return read()
    } finally {
      // Some troubles end it by themselves; one that is left open would be in the way of every read after it.
      if (database.inTransaction()) database.run('COMMIT')
    }
  }

  return {
    place: { get: async () => settingsOf(database) } satisfies Pick<Store['place'], 'get'>,
    people: createPeopleReads(database, atOnce),
    profiles: createProfileReads(database),
    settings: createSettingsReads(database),
    scheduled: createScheduledReads(database),
    reminders: createReminderReads(database),
    drafts: createDraftReads(database),
    sessions: createSessionReads(database),
    accounts: createAccountReads(database),
    identities: createIdentityReads(database),
    invites: createInviteReads(database),
    rooms: createRoomReads(database, atOnce),
    messages: createMessageReads(database, atOnce),
    files: createFileReads(database),
    emoji: createEmojiReads(database, atOnce),
    versions: createVersionReads(database, atOnce),
    replies: createReplyReads(database, atOnce),
    pins: createPinReads(database, atOnce),
    saved: createSavedReads(database),
    previews: createPreviewReads(database),
    forYou: createForYouReads(database, atOnce),
    search: createSearchStore(database, atOnce),
    push: createPushReads(database),
    ...createModerationReads(database),
  }
}
