import { useEffect } from 'react'
import { openShelf } from '../socket/shelf.ts'
import { useSocket } from '../socket/useSocket.ts'
import { syncDrafts } from './syncDrafts.ts'

/** Once in a page: what is being written is there on every device. */
export function useSyncedDrafts(): void {
  const connection = useSocket()
  useEffect(() => syncDrafts(connection, openShelf()), [connection])
}
