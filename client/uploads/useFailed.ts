import { useEffect, useState } from 'react'
import { useOnline } from '../socket/useOnline.ts'

/** Whether something could not be loaded, to be tried again as soon as the connection is back: without one nothing can be. */
export function useFailed() {
  const [failed, setFailed] = useState(false)
  const online = useOnline()
  useEffect(() => {
    if (online) setFailed(false)
  }, [online])
  return [failed, setFailed] as const
}
