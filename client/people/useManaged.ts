import { useSocket } from '../socket/useSocket.ts'
import { usePages } from '../socket/usePages.ts'

/** The people of the place as those see them who look after it: with when they were last here. */
export function useManaged() {
  const { request } = useSocket()
  return usePages(async (query, after?: string) => {
    const answer = await request('people:list', { query, after })
    if (!answer.ok) return answer
    const seen = await request('people:seen', { ids: answer.data.people.map(({ id }) => id) })
    return seen.ok ? { ok: true as const, data: { ...answer.data, seen: seen.data } } : seen
  })
}
