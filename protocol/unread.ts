import { z } from 'zod'
import { RoomId } from './rooms.ts'

export const ReadPosition = z
  .object({
    roomId: RoomId,
    readUpTo: z.int().min(0),
    /** Messages above `readUpTo` that are not mine, counted up to 100, as of `seq`. */
    unread: z.int().min(0),
    seq: z.int().min(0),
  })
  .meta({ id: 'ReadPosition', description: 'How far I have read in a room, and what is unread above it as of `seq`.' })
export type ReadPosition = z.infer<typeof ReadPosition>

export const unreadRequests = {
  'read:advance': {
    summary: 'I have read up to here. The position only rises; over several devices the largest counts.',
    input: z.object({ roomId: RoomId, seq: z.int().min(0) }),
    output: ReadPosition,
  },
}

export const unreadEvents = {
  'read:advanced': { summary: 'I have read further, on this device or another.', payload: ReadPosition },
}
