import type { Database } from './database.ts'
import type { Changes } from './gathering.ts'

/** In which order somebody has their rooms: theirs alone, without a revision of the room. */
export function createOrderOperations(database: Database, changes: Changes) {
  return {
    'rooms.arrange'(personId: string, roomIds: readonly string[]): string[] {
      database.run('UPDATE members SET favourite = NULL WHERE person_id = ? AND favourite IS NOT NULL', personId)
      const arranged = [...new Set(roomIds)].filter(
        (roomId, i) =>
          database.get(
            'UPDATE members SET favourite = ? WHERE room_id = ? AND person_id = ? AND present = 1 RETURNING 1',
            i + 1,
            roomId,
            personId,
          ) !== undefined,
      )
      changes.alone({ personId, event: 'room:arranged', payload: { roomIds: arranged } })
      return arranged
    },
  }
}
