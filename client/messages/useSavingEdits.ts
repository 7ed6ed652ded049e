import { useEffect } from 'react'
import { useSocket } from '../socket/useSocket.ts'
import { saveEdits } from './edits.ts'

/** Once in a page: what was edited is saved wherever one is. */
export function useSavingEdits(): void {
  const connection = useSocket()
  useEffect(() => saveEdits(connection), [connection])
}
