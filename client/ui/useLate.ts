import { useEffect, useState } from 'react'

/** What takes less than this shows nothing of waiting. Milliseconds. */
const LATE = 400
/** What was shown once stays this long, so that it does not flicker. Milliseconds. */
const STAYS = 300

/** Whether waiting is worth showing. */
export function useLate(waiting: boolean): boolean {
  const [since, setSince] = useState<number | null>(null)
  const shown = since !== null
  useEffect(() => {
    if (waiting === shown) return
    const left = waiting ? LATE : STAYS - (performance.now() - (since ?? 0))
    const timer = setTimeout(() => setSince(waiting ? performance.now() : null), left)
    return () => clearTimeout(timer)
  }, [waiting, shown, since])
  return shown
}
