import { z } from 'zod'
import { RoomId } from './rooms.ts'

export const ReadPosition = z
  .object({
    roomId: RoomId,
    readUpTo: z.int().min(0),
    /** How often it was put back. Of two positions the one with the larger `rev` counts, of two with the same one the larger. */
    rev: z.int().min(0),
    /** Messages above `readUpTo` that are not mine, counted up to 100, as of `seq`. */
    unread: z.int().min(0),
    /** Those of them that mention me; in a direct room all of them. */
    forYou: z.int().min(0),
    seq: z.int().min(0),
  })
  .meta({ id: 'ReadPosition', description: 'How far I have read in a room, and what is unread above it as of `seq`.' })
export type ReadPosition = z.infer<typeof ReadPosition>

export const unreadRequests = {
  'read:advance': {
    summary:
      'I have read up to here. Over several devices the largest position counts; it falls by a larger `rev` alone. Whoever says a smaller one has not heard that it was put back, and changes nothing.',
    input: z.object({
      roomId: RoomId,
      seq: z.int().min(0),
      /** As I know it; one more means: what is above `seq` is unread again. Left out: as it is. */
      rev: z.int().min(0).optional(),
    }),
    output: ReadPosition,
  },
}

export const unreadEvents = {
  'read:advanced': {
    summary: 'I have read further, or put my position back, on this device or another.',
    payload: ReadPosition,
  },
}
