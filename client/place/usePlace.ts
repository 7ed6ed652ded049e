import type { Input } from '../../protocol/index.ts'
import { useSocket, useStore } from '../socket/useSocket.ts'

/** The place as the server last told of it; null before it has spoken. */
export const usePlace = () => useStore((state) => state.place)

export function usePlaceActions() {
  const { request } = useSocket()
  return {
    change: (wanted: Input<'place:change'>) => request('place:change', wanted),
    health: () => request('place:health', {}),
  }
}
