import type { Answer, Input } from '../../protocol/index.ts'
import type { Person } from '../../protocol/people.ts'
import { call } from '../place/api.ts'
import { useSocket } from '../socket/useSocket.ts'
import { more } from '../ui/moreWords.ts'
import { scaled } from './picture.ts'

/** What one says of oneself. */
export function useProfile() {
  const { store, request } = useSocket()
  const known = (answer: Answer<Person>): Answer<Person> => {
    if (answer.ok) store.dispatch({ type: 'people', people: [answer.data] })
    return answer
  }
  return {
    change: async (profile: Input<'profile:change'>) => known(await request('profile:change', profile)),
    async setPicture(file: File) {
      const picture = await scaled(file).catch(() => null)
      return picture ? known(await send({ method: 'PUT', body: picture })) : failed(more.noPicture)
    },
    removePicture: async () => known(await send({ method: 'DELETE' })),
  }
}

const failed = (message: string): Answer<Person> => ({ ok: false, error: { code: 'invalid', message } })

const send = (what: RequestInit) => call<Person>('/api/me/picture', what)
