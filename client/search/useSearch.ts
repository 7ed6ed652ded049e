import type { Answer, Input, Output } from '../../protocol/index.ts'
import { useSocket } from '../socket/useSocket.ts'

export type Found = Output<'search:messages'>
export type Hit = Found['hits'][number]

const { timeZone: zone } = Intl.DateTimeFormat().resolvedOptions()

/** Asks for messages, and gets to know whom they speak of. */
export function useSearch() {
  const { request, store } = useSocket()
  const known = <T extends { people: Output<'people:get'> }>(answer: Answer<T>): Answer<T> => {
    if (answer.ok) store.dispatch({ type: 'people', people: answer.data.people })
    return answer
  }
  return {
    search: async (asked: Input<'search:messages'>) => known(await request('search:messages', { zone, ...asked })),
    firstSince: (roomId: string, time: number) => request('message:at', { roomId, time }),
    findPeople: async (query: string) => known(await request('people:list', { query: query.slice(0, 64) })),
  }
}
