import { Skeleton } from '../ui/Skeleton.tsx'
import { useLate } from '../ui/useLate.ts'
import { words } from '../ui/words.ts'

/** Before anything is known. Nothing at first, because mostly it takes no time. */
export function Loading() {
  const late = useLate(true)
  return (
    <main className="loading" aria-busy="true">
      <h1 className="unseen">{words.loading}</h1>
      {late && <Skeleton />}
    </main>
  )
}
