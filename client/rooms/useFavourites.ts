import { useSocket, useStore } from '../socket/useSocket.ts'

/** My favourites in the order in which I have them, and the way to another one. */
export function useFavourites() {
  const { request } = useSocket()
  const rooms = useStore((state) => state.rooms)
  return {
    favourites: Object.values(rooms)
      .filter(({ favourite, room }) => favourite && !room.archived)
      .sort((a, b) => Number(a.favourite) - Number(b.favourite))
      .map(({ room }) => room.id),
    /** All my devices hear of it, this one too. */
    arrange: (roomIds: readonly string[]) => request('room:arrange', { roomIds: [...roomIds] }),
  }
}
