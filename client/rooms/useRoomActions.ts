import type { Answer, Input } from '../../protocol/index.ts'
import type { MyRoom } from '../../protocol/rooms.ts'
import { useSocket } from '../socket/useSocket.ts'

/** What is done with rooms in dialogs and beside the conversation. */
export function useRoomActions() {
  const { store, request } = useSocket()
  const entered = (answer: Answer<MyRoom>): Answer<MyRoom> => {
    if (answer.ok) store.dispatch({ type: 'mine', mine: answer.data })
    return answer
  }
  return {
    /** The conversation of all of them. */
    gather: async ([personId = '', ...others]: readonly string[]) =>
      entered(await request('room:direct', { personId, others })),
    create: async (name: string, isPrivate: boolean) =>
      entered(await request('room:create', { name, private: isPrivate })),
    join: async (roomId: string) => entered(await request('room:join', { roomId })),
    leave: (roomId: string) => request('room:leave', { roomId }),
    rename: (roomId: string, name: string) => request('room:rename', { roomId, name }),
    setTopic: (roomId: string, topic: string) => request('room:topic', { roomId, topic }),
    setWriting: (roomId: string, writing: Omit<Input<'room:writing'>, 'roomId'>) =>
      request('room:writing', { roomId, ...writing }),
    allowPreviews: (roomId: string, on: boolean) => request('preview:allow', { roomId, on }),
    archive: (roomId: string, archived: boolean) => request('room:archive', { roomId, archived }),
    remove: (roomId: string) => request('room:delete', { roomId }),
    add: (roomId: string, personId: string) => request('room:add', { roomId, personId }),
    takeOut: (roomId: string, personId: string) => request('room:remove', { roomId, personId }),
    browse: (query: string, archived: boolean, after?: string) => request('room:list', { query, archived, after }),
    members: (roomId: string, after?: string, query?: string) => request('room:members', { roomId, query, after }),
  }
}
