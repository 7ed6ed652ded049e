import { randomBytes } from 'node:crypto'
import { noPerson, noRoom } from './authority.ts'
import type { Database } from './database.ts'
import type { Changes } from './gathering.ts'
import { toMember } from './queries.ts'
import { createFileOperations } from './fileOperations.ts'
import { createAccountOperations } from './accountOperations.ts'
import { createDraftOperations } from './draftOperations.ts'
import { createEmojiOperations } from './emojiOperations.ts'
import { createIdentityOperations } from './identityOperations.ts'
import { createInviteOperations } from './inviteOperations.ts'
import { createMessageOperations } from './messageOperations.ts'
import { createModerationOperations } from './moderationOperations.ts'
import { createPeopleOperations } from './peopleOperations.ts'
import { createPlaceOperations } from './placeOperations.ts'
import { createPushOperations } from './pushOperations.ts'
import { createPinOperations } from './pinOperations.ts'
import { createPreviewOperations } from './previewOperations.ts'
import { createProfileOperations } from './profileOperations.ts'
import { createOrderOperations } from './orderOperations.ts'
import { createReactionOperations } from './reactionOperations.ts'
import { createReadOperations } from './readOperations.ts'
import { createPurgeOperations } from './purgeOperations.ts'
import { createReminderOperations } from './reminderOperations.ts'
import { createReportOperations } from './reportOperations.ts'
import { createRoomOperations } from './roomOperations.ts'
import { createScheduledOperations } from './scheduledOperations.ts'
import { createSavedOperations } from './savedOperations.ts'
import { createSessionOperations } from './sessionOperations.ts'
import { createSettingsOperations } from './settingsOperations.ts'
import { KEPT_FOR } from './withdrawn.ts'

/** Everything that changes something, run inside the writer's transaction: one after the other, never interleaved. `keptFor`: see SqliteOptions. */
export function createOperations(database: Database, changes: Changes, keptFor = KEPT_FOR) {
  /** The room's next revision. Only here, and with a new message, does a room's `rev` rise. */
  function nextRev(roomId: string): number {
    const row = database.get(`UPDATE rooms SET rev = rev + 1 WHERE id = ? AND kind <> 'deleted' RETURNING rev`, roomId)
    if (!row) throw noRoom()
    return Number(row['rev'])
  }

  /** In, from the newest message on; or as before for somebody who is in already. */
  function enter(roomId: string, personId: string, readFromStart = false): void {
    const before = database.get('SELECT present FROM members WHERE room_id = ? AND person_id = ?', roomId, personId)
    if (before?.['present'] === 1) return
    if (database.get('SELECT 1 FROM people WHERE id = ? AND gone = 1', personId)) throw noPerson()
    const row = database.get(
      `INSERT INTO members (room_id, person_id, rev, present, read_up_to)
       VALUES (?1, ?2, ?3, 1, (SELECT CASE WHEN ?4 = 1 THEN 0 ELSE seq END FROM rooms WHERE id = ?1))
       ON CONFLICT (room_id, person_id) DO UPDATE SET rev = excluded.rev, present = 1, read_up_to = excluded.read_up_to RETURNING *`,
      roomId,
      personId,
      nextRev(roomId),
      readFromStart ? 1 : 0,
    )
    if (row) changes.inRoom(roomId, { type: 'member:changed', member: toMember(row) })
  }

  const { forget, over, ...drafts } = createDraftOperations(database, changes)

  function leave(roomId: string, personId: string): void {
    forget(roomId, personId)
    const row = database.get(
      `UPDATE members SET present = 0, read_up_to = 0, favourite = NULL, rev = ?
       WHERE room_id = ? AND person_id = ? RETURNING *`,
      nextRev(roomId),
      roomId,
      personId,
    )
    if (row) changes.inRoom(roomId, { type: 'member:changed', member: toMember(row) })
  }

  const people = createPeopleOperations(database, changes, { enter, leave })
  const sessions = createSessionOperations(database, changes)
  const { firstCode, ...accounts } = createAccountOperations(database, sessions)
  const invites = createInviteOperations(database, people, enter)
  const { leaveTombstone, putBack, changed, ...messages } = createMessageOperations(database, changes, {
    nextRev,
    over,
    keptFor,
  })
  return {
    ...people,
    ...createProfileOperations(database, changes),
    ...createSettingsOperations(database, changes),
    ...createScheduledOperations(database, changes),
    ...createReminderOperations(database, changes),
    ...drafts,
    ...sessions,
    ...accounts,
    ...createIdentityOperations(database, { people, sessions, invites, firstCode }),
    ...createPlaceOperations(database, changes, people, sessions),
    ...createPushOperations(database, changes),
    ...invites,
    ...createModerationOperations(database, changes, people),
    ...createReportOperations(database, changes),
    ...createPurgeOperations(database, { leaveTombstone, putBack }),

    /** Writes what nobody looks at, as much as the longest message needs: on a full disk less may still fit. */
    probe(): void {
      database.run(
        `INSERT INTO meta VALUES ('probe', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
        randomBytes(75_000).toString('base64'),
      )
    },

    ...createRoomOperations(database, changes, { nextRev, enter, leave }),
    ...createOrderOperations(database, changes),
    ...messages,
    ...createPinOperations(database, changes, nextRev),
    ...createSavedOperations(database, changes),
    ...createReactionOperations(database, nextRev, changed),
    ...createEmojiOperations(database, changes),
    ...createFileOperations(database),
    ...createPreviewOperations(database, { nextRev, changed }),
    ...createReadOperations(database, changes),
  }
}

export type Operations = ReturnType<typeof createOperations>
export type OperationName = keyof Operations
