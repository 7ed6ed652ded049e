import { startTransition, useEffect, useState } from 'react'
import type { useRoom } from './useRoom.ts'

type View = ReturnType<typeof useRoom>

/** No row is lower than this. Pixels. */
const ROW = 24

/**
 * A room that is opened shows what fits on the screen at once, and what stands above it when that is drawn: to lay out all of
 * it takes twice as long. `isFurtherUp`: somebody comes to something that stands above.
 */
export function useWhole(view: View, isFurtherUp: boolean): View {
  const [most] = useState(() => Math.ceil(innerHeight / ROW))
  const [whole, setWhole] = useState(isFurtherUp || view.unread > most / 2)
  useEffect(() => {
    requestAnimationFrame(() => startTransition(() => setWhole(true)))
  }, [])
  // Nothing older is asked for meanwhile.
  return whole || view.rows.length <= most ? view : { ...view, rows: view.rows.slice(-most), atStart: true }
}
