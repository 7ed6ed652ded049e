import type { Input } from '../../protocol/index.ts'
import type { Person } from '../../protocol/people.ts'
import type { Presence } from '../../protocol/presence.ts'
import { useSocket, useStore } from '../socket/useSocket.ts'

export const useMe = (): Person | null => useStore(({ me }) => me)

/** Everybody who is here, by name, oneself included. */
export function useHere(): { person: Person; presence: Presence }[] {
  const presence = useStore((state) => state.presence)
  const people = useStore((state) => state.people)
  return Object.entries(presence)
    .flatMap(([id, how]) => (people[id] ? [{ person: people[id], presence: how }] : []))
    .sort((a, b) => a.person.name.localeCompare(b.person.name))
}

export function usePeopleActions() {
  const { store, request } = useSocket()
  return {
    /** Asks who this is: not everybody was introduced to this page. */
    async meet(personId: string) {
      const answer = await request('people:get', { ids: [personId] })
      if (answer.ok) store.dispatch({ type: 'people', people: answer.data })
    },
    find: (query: string, after?: string) => request('people:list', { query, after }),
    /** A link by which they choose a new password. */
    async link(personId: string) {
      const answer = await request('account:link', { personId })
      return answer.ok ? { ok: true as const, link: `${location.origin}/reset#${answer.data.token}` } : answer
    },
    async setRole(personId: string, role: Input<'people:role'>['role']) {
      const answer = await request('people:role', { personId, role })
      if (answer.ok) store.dispatch({ type: 'people', people: [answer.data] })
      return answer
    },
    async remove(personId: string) {
      const answer = await request('people:remove', { personId })
      if (answer.ok) store.dispatch({ type: 'people', people: [answer.data] })
      return answer
    },
    async rename(name: string) {
      const answer = await request('people:rename', { name })
      if (answer.ok) store.dispatch({ type: 'people', people: [answer.data] })
      return answer
    },
  }
}
