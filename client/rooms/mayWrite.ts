import { manages } from '../people/ranks.ts'
import type { State } from '../socket/state.ts'

type Known = Pick<State, 'rooms' | 'me' | 'moderation'>

/** Whether I may take part in a room just now: react, vote. The server is asked all the same. */
export function mayTakePartIn({ rooms, moderation }: Known, roomId: string): boolean {
  const room = rooms[roomId]?.room
  return (
    room !== undefined &&
    !room.archived &&
    !moderation.mutes.some((mute) => mute.roomId === null || mute.roomId === roomId)
  )
}

/** Whether I may write there. */
export function mayWriteIn(state: Known, roomId: string): boolean {
  const room = state.rooms[roomId]?.room
  const writes = room !== undefined && (room.whoWrites === 'everybody' || manages(room, state.me))
  return writes && mayTakePartIn(state, roomId)
}
