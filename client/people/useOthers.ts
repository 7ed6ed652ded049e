import { useRoomActions } from '../rooms/useRoomActions.ts'
import { usePages } from '../socket/usePages.ts'
import { useStore } from '../socket/useSocket.ts'
import { useMe, usePeopleActions } from './usePeople.ts'

/** Whom one can write to or bring along, by the beginning of their name; and which of them are `inside` of this room already. */
export function useOthers(roomId?: string) {
  const { find } = usePeopleActions()
  const { members } = useRoomActions()
  const me = useMe()
  const rev = useStore(({ rooms }) => rooms[roomId ?? '']?.membersRev)
  const list = usePages(async (query, after?: string) => {
    // Both pages go on after the same name and are of the same length: nobody who is on the one and inside is missing on the other.
    const [found, within] = await Promise.all([find(query, after), roomId ? members(roomId, after, query) : null])
    if (!found.ok) return found
    if (within && !within.ok) return within
    return { ok: true, data: { ...found.data, inside: within?.data.people ?? [] } }
  }, rev)
  const people = list.pages?.flatMap((page) => page.people)
  return {
    ...list,
    people: people?.filter(({ id, role }) => id !== me?.id && role !== 'visitor') ?? [],
    inside: new Set(list.pages?.flatMap((page) => page.inside).map(({ id }) => id)),
  }
}
