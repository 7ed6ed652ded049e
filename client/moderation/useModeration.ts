import type { Input } from '../../protocol/index.ts'
import type { Person } from '../../protocol/people.ts'
import type { Room } from '../../protocol/rooms.ts'
import { isAbove, looksAfter } from '../people/ranks.ts'
import { useSocket, useStore } from '../socket/useSocket.ts'

type Where = { personId: string; roomId: string | null }

export function useModerationActions() {
  const { request } = useSocket()
  return {
    remove: (roomId: string, seq: number) => request('message:delete', { roomId, seq }),
    report: (roomId: string, seq: number, reason: string) => request('report:make', { roomId, seq, reason }),
    block: (personId: string, blocked: boolean) => request('block:set', { personId, blocked }),
    about: (where: Where) => request('moderation:about', where),
    mute: (mute: Input<'moderation:mute'>) => request('moderation:mute', mute),
    unmute: (where: Where) => request('moderation:unmute', where),
    ban: (personId: string, addressDays: number | null) => request('moderation:ban', { personId, addressDays }),
    lift: (personId: string) => request('moderation:lift', { personId }),
    bans: (after?: string) => request('moderation:bans', { after }),
    purge: (purge: Input<'moderation:purge'>) => request('moderation:purge', purge),
    undo: (id: string) => request('moderation:undo', { id }),
    reports: (after?: string) => request('report:list', { after }),
    resolve: (end: Input<'report:resolve'>) => request('report:resolve', end),
    log: (personId: string | undefined, after?: number) => request('audit:list', { personId, after }),
  }
}

export const useAuthority = (other: Pick<Person, 'id' | 'role'>, room: Room | null) =>
  authorityOver(
    useStore((state) => state.me),
    other,
    room,
  )

/** As the server sees it: what this person may do to that one, in this room. The server is asked all the same. */
export function authorityOver(me: Person | null, other: Pick<Person, 'id' | 'role'>, room: Room | null) {
  const isOther = me !== null && me.id !== other.id
  const place = isOther && looksAfter(me) && isAbove(me, other.role)
  const isMaker = isOther && room?.madeBy === me.id && !looksAfter(other)
  return {
    isOther,
    /** Everywhere in the place. */
    place,
    /** In this room. */
    room: room !== null && room.kind !== 'direct' && (place || isMaker),
  }
}
