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
    find: (query: string) => request('people:list', { query }),
    async rename(name: string) {
      const answer = await request('people:rename', { name })
      if (answer.ok) store.dispatch({ type: 'people', people: [answer.data] })
      return answer
    },
  }
}
