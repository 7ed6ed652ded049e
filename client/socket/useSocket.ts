import { createContext, use, useSyncExternalStore } from 'react'
import type { Connection } from './connect.ts'
import type { State } from './state.ts'

export const SocketContext = createContext<Connection | null>(null)

/** This tab's connection, opened once when somebody has come in. */
export function useSocket(): Connection {
  const connection = use(SocketContext)
  if (!connection) throw new Error('useSocket needs <SocketContext value={connect()}> above it')
  return connection
}

/** The part of the state that `select` picks; renders again only when that part is another object. */
export function useStore<T>(select: (state: State) => T): T {
  const { store } = useSocket()
  return useSyncExternalStore(store.show, () => select(store.getState()))
}
