import { openShelf, OWN_EMOJI_KEPT, OWNER } from '../socket/shelf.ts'
import { withDatabase } from '../socket/storage.ts'
import { useMe } from '../people/usePeople.ts'
import { useSocket } from '../socket/useSocket.ts'

export function useDeviceActions() {
  const { request } = useSocket()
  const me = useMe()
  return {
    /** A link that signs another device in. */
    async link() {
      const answer = await request('device:link', {})
      return answer.ok ? { ok: true as const, link: `${location.origin}/here#${answer.data.token}` } : answer
    },
    list: () => request('device:list', {}),
    revoke: (id: string) => request('device:revoke', { id }),
    revokeOthers: () => request('device:revokeOthers', {}),
    /** Leaves nothing of this person in this browser. Resolves to whether the server has heard of it. */
    async signOut(): Promise<boolean> {
      const answer = await fetch('/api/sign-out', { method: 'POST' }).catch(() => null)
      if (!answer?.ok) return false
      const shelf = openShelf()
      for (const prefix of [`natter.draft.${me?.id}.`, `natter.synced.${me?.id}.`, OWN_EMOJI_KEPT, OWNER]) {
        for (const [rest] of shelf.all(prefix)) shelf.drop(prefix + rest)
      }
      await withDatabase((database) => database.forgetPerson(me?.id ?? '')).catch(() => {})
      location.assign('/')
      return true
    },
  }
}
