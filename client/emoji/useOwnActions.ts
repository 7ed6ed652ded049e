import type { OwnEmoji } from '../../protocol/emoji.ts'
import { call } from '../place/api.ts'
import { useSocket } from '../socket/useSocket.ts'

/** What those do with the place's own emoji who look after it. What comes of it, everybody is told. */
export function useOwnActions() {
  const { request } = useSocket()
  return {
    add: (name: string, picture: File) =>
      call<OwnEmoji>(`/api/emoji/${encodeURIComponent(name)}`, { method: 'PUT', body: picture }),
    remove: (name: string) => request('emoji:remove', { name }),
  }
}
