import { useEffect } from 'react'
import { navigate } from 'wouter/use-browser-location'
import { useSocket } from '../socket/useSocket.ts'
import { tellDue } from './due.ts'

/** Once in a page: reminders are told wherever one is. */
export function useDue(): void {
  const connection = useSocket()
  useEffect(() => tellDue(connection, navigate), [connection])
}
