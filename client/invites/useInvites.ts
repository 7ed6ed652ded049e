import type { Input } from '../../protocol/index.ts'
import { useSocket } from '../socket/useSocket.ts'

export function useInviteActions() {
  const { request } = useSocket()
  return {
    create: (invite: Input<'invite:create'>) => request('invite:create', invite),
    list: (after?: string) => request('invite:list', { after }),
    revoke: (id: string) => request('invite:revoke', { id }),
  }
}

/** As it is sent to somebody. What comes after the '#' reaches no server and no log before they have opened it. */
export const linkOf = (token: string): string => `${location.origin}/join#${token}`
